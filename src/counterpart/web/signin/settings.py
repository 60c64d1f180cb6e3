"""Django's and allauth's settings for signing in, taken whole into `config.settings`.

Values only: nothing may be imported here that needs Django to be set up.
"""

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]

# OWASP ASVS 5.0, 6.2: long, not common, and no other rule.
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/me"
LOGOUT_REDIRECT_URL = "/"

# 7.3: idle and absolute, in seconds. `sessions` holds a session to both.
SESSION_IDLE_SECONDS = 30 * 60
SESSION_ABSOLUTE_SECONDS = 12 * 60 * 60

ACCOUNT_ADAPTER = "counterpart.web.signin.adapter.SignInAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an account's address is given by whoever invited its owner
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = (
    True  # a letter either way: the same time, and a mistyped address is told
)

ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_TIMEOUT = 15 * 60

# 6.3.3: an authenticator app, or a passkey; and codes for the day it is lost. What is demanded of whom is in
# `demand`, and when it is asked for again in `stepping_up`: allauth's own rule is for fewer acts than ours.
MFA_ADAPTER = "counterpart.web.signin.adapter.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # a code is good for the half minute before and after its own, and once
MFA_REAUTHENTICATION_REQUIRED = False

# 6.8: an agency's own sign-on. Nothing its provider says is kept but the subject; nobody signs up by it.
SOCIALACCOUNT_ADAPTER = "counterpart.web.signin.sign_on.SignOnAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True}}
STEP_UP_SECONDS = 10 * 60

# 6.3.1: per address and per account, in the shared cache. Both open again by themselves within ten minutes,
# and while the password is shut the code still works: nobody is locked out for good.
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": "30/10m/ip,5/10m/key",
    "request_login_code": "60/10m/ip,5/10m/key",
}
