"""A plain Django model of a case, whose every change django-simple-history keeps: what an act is measured beside."""
