"""Who has looked at cases, for data protection leads and the desk: a reference to enter, and what was unusual."""
