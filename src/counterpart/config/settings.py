"""Django's settings for one installation, worked out from its environment.

It must not have a default for any secret, turn debugging on, or do work at import beyond reading files. Each
value that is not Django's own default says why. What may be set from outside is in `environment`.
"""

from counterpart.config import databases, environment, logs, mail, security
from counterpart.config.keys import read_secret
from counterpart.web.signin.settings import *  # noqa: F403 - signing in is set up where it is written

ENVIRONMENT = environment.read()

# --- who we are -----------------------------------------------------------------------------------------------
# An empty key is never used: Django refuses to sign anything with it, and `startup` refuses to start.
SECRET_KEY = read_secret(ENVIRONMENT.secret_file)
DEBUG = False
DEMO = ENVIRONMENT.is_demo
SECOND_STEP_DEMANDED = ENVIRONMENT.is_second_step_demanded
HOME = ENVIRONMENT.home
COUNTERPART_KEY_FILE = ENVIRONMENT.key_file
CONTACTS_FILE = ENVIRONMENT.contacts_file
POLICIES = ENVIRONMENT.policies
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)

INSTALLED_APPS = [
    "counterpart.vault",
    "counterpart.journal",
    "counterpart.people",
    "counterpart.access",
    "counterpart.lists",
    "counterpart.messages",
    "counterpart.casework",
    "counterpart.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
]

# Nothing here may read the database on its own: the public pages stay up when it is down. The session and
# the account are looked up only when a view asks for them.
MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",  # before all that may answer, files and redirects among them
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "counterpart.web.plain.NoNul",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "counterpart.web.plain.PlainPages",
    "counterpart.web.signin.sessions.OneInstant",
    "counterpart.web.signin.sessions.SessionLimits",
    "counterpart.web.signin.demand.SecondStepFirst",
    "counterpart.web.visiting.visits.Visits",
    "counterpart.access.middleware.DefaultDeny",  # a page without a declared rule is not found
]

ROOT_URLCONF = "counterpart.web.urls"
WSGI_APPLICATION = "counterpart.config.wsgi.application"
APPEND_SLASH = False
CSRF_FAILURE_VIEW = "counterpart.web.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"  # touches no session

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [],
        "APP_DIRS": False,  # `web.jinja` finds a page beside its area
        "OPTIONS": {
            "environment": "counterpart.web.jinja.environment",
            "context_processors": [],
        },
    },
]

# --- what is kept ---------------------------------------------------------------------------------------------
DATABASES = {"default": databases.connection(ENVIRONMENT.database_url)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# In the database, so that throttles count over all web processes and outlive a restart.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "throttle",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# --- who looks at cases ---------------------------------------------------------------------------------------
READS_AN_HOUR = ENVIRONMENT.reads_an_hour  # more than these is unusual: see `casework.alerting`

# --- the browser ----------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = security.CONTENT_SECURITY_POLICY
globals().update(
    security.transport(
        hosts=ENVIRONMENT.hosts,
        is_demo=ENVIRONMENT.is_demo,
        is_behind_proxy=ENVIRONMENT.is_behind_proxy,
    )
)

# Nobody sends us files. What comes as one is read past, and never kept anywhere.
FILE_UPLOAD_HANDLERS: list[str] = []

# --- messages -------------------------------------------------------------------------------------------------
ADDRESS = ENVIRONMENT.address  # no slash at the end
globals().update(mail.settings(ENVIRONMENT.mail_server, is_demo=DEMO))

# --- the front end, built by `make env` and shipped in the wheel, under names that carry their hash ---------------
STATIC_URL = "/static/"
STATIC_ROOT = security.BUILT_FRONT_END
STATICFILES_FINDERS: list[str] = []
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES = {
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- where and when -------------------------------------------------------------------------------------------
USE_TZ = True
TIME_ZONE = "Europe/London"
USE_I18N = False
LANGUAGE_CODE = "en-gb"

LOGGING = logs.logging(level=ENVIRONMENT.log_level, is_demo=ENVIRONMENT.is_demo)
