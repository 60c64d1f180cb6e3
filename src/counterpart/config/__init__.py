"""How one installation is set up: its environment, its keys, its settings and the checks before it starts.

What it must not do: hold anything about cases or people, or have a default for a secret. Only this room reads
environment variables. Begin reading in `environment` (what may be set), then `settings`.
"""
