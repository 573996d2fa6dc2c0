"""The one settings file: the environment differs, the code does not. See README, "Environment"."""

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config.env import (
    bucket_origin,
    database,
    env_bool,
    env_int,
    env_list,
    env_text,
    file_room,
    secret_file,
    smtp,
    time_authority,
)

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env_text("POSTERN_DATA", str(BASE_DIR / "var"))).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)

SECRET_KEY = env_text("POSTERN_SECRET_KEY") or secret_file(DATA_DIR / "secret_key")
KEYS_FILE = Path(env_text("POSTERN_KEYS_FILE", str(DATA_DIR / "keys.json")))
ADDRESS = env_text("POSTERN_ADDRESS", f"http://localhost:{env_int('PORT', 8000)}").rstrip("/")
ALLOWED_HOSTS = env_list("POSTERN_HOSTS", "localhost,127.0.0.1,[::1]")
HTTPS = ADDRESS.startswith("https://")
DEBUG = False

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_htmx",
    "consent",
    "posts",
]

MIDDLEWARE = [
    "consent.access.middleware.BehindProxy",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "consent.access.middleware.PrivateByDefault",
    "consent.access.middleware.NoNullCharacters",
    "consent.access.middleware.KioskWall",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "consent.access.middleware.IdleSignOut",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "consent.access.middleware.SecondFactorRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "consent.access.context.membership",
            ],
        },
    }
]

DATABASES = {"default": database(env_text("POSTERN_DATABASE", f"sqlite://{DATA_DIR / 'postern.sqlite3'}"))}
# Spent codes and counted knocks are known to every process: what one has seen, none takes again.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "postern_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Sign-in: e-mail and password, then a second factor; guessing is locked out.
AUTH_USER_MODEL = "consent.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "access:arrive"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "consent.access.adapters.MembersOnly"
ACCOUNT_FORMS = {"login": "consent.access.forms.LoginForm"}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "10/m/ip,5/300s/key"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = False
MFA_TOTP_ISSUER = "Postern"
MFA_TOTP_TOLERANCE = 1  # phones and servers disagree by some seconds
MFA_ADAPTER = "consent.access.adapters.SealedSecrets"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "login"
AXES_CLIENT_IP_CALLABLE = "consent.access.limits.caller_of"
AXES_USERNAME_CALLABLE = "consent.access.views.arriving.tried_email"
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "consent.access.views.arriving.locked_out"
AXES_VERBOSE = False

# Sessions end with the browser and after ten idle minutes (R55).
SESSION_COOKIE_NAME = "postern_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
IDLE_MINUTES = 10
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "consent.access.views.arriving.stale_form"

SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
BEHIND_PROXY = env_bool("POSTERN_BEHIND_PROXY", False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
X_FRAME_OPTIONS = "DENY"
S3_BUCKET = env_text("POSTERN_S3_BUCKET")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:", *bucket_origin(S3_BUCKET)],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "frame-src": [SELF],
        "frame-ancestors": [NONE],
    }
}

CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"
LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 300
STATICFILES_DIRS: list[Path | tuple[str, Path]] = [
    BASE_DIR / "static",
    ("bootstrap", BASE_DIR / "node_modules/bootstrap/dist"),
    ("htmx", BASE_DIR / "node_modules/htmx.org/dist"),
    ("signature_pad", BASE_DIR / "node_modules/signature_pad/dist"),
    ("fonts", BASE_DIR / "node_modules/source-sans/WOFF2"),
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
MAX_PICTURE_BYTES = 25 * 1024 * 1024
MAX_FILM_BYTES = 100 * 1024 * 1024
# Another training of the face detector, with its checksum; empty means the one that the extra `images` brings.
FACE_MODEL = env_text("POSTERN_FACE_MODEL")
FACE_MODEL_SHA256 = env_text("POSTERN_FACE_MODEL_SHA256")

# Files: private originals, what may be published, signed documents, and the wall's own copies.
FILE_ROOMS = ("originals", "renditions", "documents", "snapshots", "wall")

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    **{name: file_room(name, DATA_DIR / "files", S3_BUCKET) for name in FILE_ROOMS},
}

# The time in seals: an authority (RFC 3161) with the roots that its stamps rest on, or this machine's own clock.
TSA_URL, TSA_CERTIFICATES = time_authority(env_text("POSTERN_TSA_URL"), env_text("POSTERN_TSA_CERTIFICATES"))

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = str(DATA_DIR / "mail")
globals().update(smtp(env_text("POSTERN_SMTP_URL")))
DEFAULT_FROM_EMAIL = env_text("POSTERN_FROM_EMAIL", "postern@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"no_secrets": {"()": "consent.access.redaction.RedactPaths"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["no_secrets"]}
    },
    "root": {"handlers": ["console"], "level": env_text("POSTERN_LOG_LEVEL", "WARNING")},
}

if HTTPS and os.environ.get("POSTERN_HOSTS") is None:
    raise ImproperlyConfigured("POSTERN_ADDRESS is public: name its hosts in POSTERN_HOSTS")
