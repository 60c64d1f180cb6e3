"""The web application as a server runs it. Refuses to start without its keys."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "counterpart.config.settings")

from counterpart.config import startup

startup.require_ready()
application = get_wsgi_application()
