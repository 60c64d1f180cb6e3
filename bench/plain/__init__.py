"""Plain Django models whose every change django-simple-history keeps: what an act is measured beside."""
