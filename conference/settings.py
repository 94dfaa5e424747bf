"""Every setting of the site, read from the environment only; the README lists each variable."""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from conference.logs import logging_settings
from conference.public_site import refusals
from conference.rates import RATES
from conference.secret import generated_secret_key
from conference.stores import caches, stores

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# --- Where the site lives -----------------------------------------------------------------------
DATA_DIR = Path(env("DATA_DIR", default=str(BASE_DIR / "var"))).resolve()
PORT = env.int("PORT", default=8000)
SITE_URL = env("SITE_URL", default=f"http://localhost:{PORT}").rstrip("/")
SITE_HOST = SITE_URL.split("://", 1)[-1].split("/")[0]
IS_PUBLIC = SITE_URL.startswith("https://")  # decides cookies, HSTS and what may be missing
DEBUG = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[] if IS_PUBLIC else ["localhost", "127.0.0.1"])
STAFF_SECOND_FACTOR = env.bool("STAFF_SECOND_FACTOR", default=True)
SECRET_KEY = env("SECRET_KEY", default="") or ("" if IS_PUBLIC else generated_secret_key(DATA_DIR))
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
MACHINES = env.int("MACHINES", default=1)
ADMIN_PATH = env("ADMIN_PATH", default="admin")  # the first word of every address of the administration

# --- What `make run` starts -----------------------------------------------------------------------
LOCAL_ADDRESS = f"127.0.0.1:{PORT}"
BIND = env("BIND", default=LOCAL_ADDRESS) if IS_PUBLIC else LOCAL_ADDRESS
WEB_WORKERS = env.int("WEB_WORKERS", default=2)
WEB_THREADS = env.int("WEB_THREADS", default=8)
DEMO = env.bool("DEMO", default=not IS_PUBLIC)
ORGANISER_EMAIL = env("ORGANISER_EMAIL", default="")
SECURITY_CONTACT = env.list("SECURITY_CONTACT", default=[])  # whom security.txt names

# --- Applications -------------------------------------------------------------------------------
INSTALLED_APPS = [
    "modeltranslation",  # before the admin, which it extends
    "conference",
    "speakers",
    "sessions",
    "registration",
    "conference.apps.ConferenceAdminConfig",  # django.contrib.admin on our own site
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.forms",
    "django_countries",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "simple_history",
]
MIDDLEWARE = [
    "conference.measuring.measure",
    "conference.logs.request_ids",
    "conference.proxies.believe_proxies_only",  # before anybody reads who asks, and how
    "conference.middleware.headers",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",  # outside what leads to https
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "conference.middleware.refuse_methods",
    "conference.middleware.refuse_nul",
    "conference.middleware.refuse_endless_numbers",
    "registration.figures.looking.count_views",  # outside kept pages, which are looked at too
    "conference.kept_pages.kept_pages",
    "django.middleware.gzip.GZipMiddleware",
    "conference.middleware.cache_rules",  # outside whatever may still set a cookie
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",  # so that each change says whose it is
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "registration.middleware.viewer",
]
ROOT_URLCONF = "conference.urls"
WSGI_APPLICATION = "conference.wsgi.application"
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
                "conference.context_processors.page",
            ],
            "builtins": ["conference.templatetags.texts"],
        },
    },
]
FORM_RENDERER = "conference.forms.FormRenderer"

# --- Database -----------------------------------------------------------------------------------
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR}/db.sqlite3")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["CONN_MAX_AGE"] = 60  # seconds; opening one costs a quarter of a request
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",  # an atomic block takes the write lock at once
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-20000;"
            "PRAGMA mmap_size=134217728; PRAGMA temp_store=MEMORY;"
            "PRAGMA secure_delete=ON;"  # what is deleted is overwritten, wherever SQLite came from
        ),
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        pool={
            "min_size": 1,
            "max_size": env.int("DATABASE_POOL", default=10),
            "timeout": 5,
            # Else it waits twice as long after each failure, for minutes after the database is back.
            "reconnect_timeout": 4,
        },
        options=(
            "-c statement_timeout=15s -c lock_timeout=4s -c idle_in_transaction_session_timeout=30s"
            " -c synchronous_commit=on"
        ),
    )
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = env("REDIS_URL", default="")
CACHES = caches(REDIS_URL)

PAGES_KEPT_MB = env.int("PAGES_KEPT_MB", default=32)  # of public pages, in the memory of each process

# --- People -------------------------------------------------------------------------------------
AUTH_USER_MODEL = "conference.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "conference.accounts.passwords.MaximumLengthValidator"},
    {"NAME": "conference.accounts.passwords.ContextWordsValidator"},
    {"NAME": "conference.accounts.passwords.VarietyValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
UNUSED_ACCOUNT_YEARS = env.int("UNUSED_ACCOUNT_YEARS", default=0)  # then a letter, then closed; 0: never
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "conference:home"  # in the language of the page
ACCOUNT_ADAPTER = "conference.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 3600
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 900
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_FORMS = {"reset_password_from_key": "conference.accounts.forms.NewPasswordForm"}
PASSWORD_RESET_TIMEOUT = 3600
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if IS_PUBLIC else "http"
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=0)
PROXY_ADDRESSES = env.list("PROXY_ADDRESSES", default=["127.0.0.0/8", "::1"])
SIGNUP_RATE = env("SIGNUP_RATE", default="60/h/ip")
ACCOUNT_RATE_LIMITS = RATES | {"signup": SIGNUP_RATE}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # clocks of telephones differ
MFA_ADAPTER = "conference.accounts.mfa.MFAAdapter"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_PUBLIC
USERSESSIONS_TRACK_ACTIVITY = False

# --- Languages, time, form ----------------------------------------------------------------------
LANGUAGE_CODE = "en"
# The site speaks them, organisers write in them, and the library finds their words in all their forms.
LANGUAGES = [("en", _("English")), ("nl", _("Dutch")), ("fr", _("French")), ("de", _("German"))]
LOCALE_PATHS = [BASE_DIR / "conference" / "locale"]
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
MODELTRANSLATION_PREPOPULATE_LANGUAGE = "en"  # every form has it, whichever languages its edition has
MODELTRANSLATION_FALLBACK_LANGUAGES = tuple(code for code, _name in LANGUAGES)
FORMAT_MODULE_PATH = ["conference.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env("TIME_ZONE", default="Europe/Brussels")

# --- Files --------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
# Portraits are public; presentations have no address and leave only by registration/views/downloads.py.
S3_URL = env("S3_URL", default="")  # an object store, when several machines share the files
STORAGES = {
    **stores(DATA_DIR, S3_URL, env("S3_PUBLIC_URL", default="")),
    "staticfiles": {"BACKEND": "conference.static_storage.StaticStorage"},
}
PRESENTATION_MAX_MB = env.int("PRESENTATION_MAX_MB", default=50)
SPEAKER_QUOTA_MB = env.int("SPEAKER_QUOTA_MB", default=200)  # per presentation, all versions
PACK_AT_ONCE_MB = env.int("PACK_AT_ONCE_MB", default=500)  # a larger pack is made in the background
CLAMAV_ADDRESS = env("CLAMAV_ADDRESS", default="")
LIBREOFFICE = env.bool("LIBREOFFICE", default=False)  # draws slides for their preview, if installed
X_ACCEL_PREFIX = env("X_ACCEL_PREFIX", default="")  # a location the proxy serves from DATA_DIR/private
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_HANDLERS = ["conference.uploads.BoundedUploadHandler"]

# --- Mail ---------------------------------------------------------------------------------------
EMAIL_URL = env("EMAIL_URL", default="")
if EMAIL_URL:
    globals().update(env.email_url("EMAIL_URL"))
else:
    EMAIL_BACKEND = "conference.mail.FileBackend"
EMAIL_TIMEOUT = 20
EMAIL_FILE_PATH = DATA_DIR / "mail"
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default=f"conference@{SITE_HOST.split(':')[0]}")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- Safety -------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}
COOKIE_PREFIX = "__Host-" if IS_PUBLIC else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}session"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrf"
LANGUAGE_COOKIE_NAME = f"{COOKIE_PREFIX}language"
MESSAGE_STORAGE = "conference.notices.NoticeStorage"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_PUBLIC
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = IS_PUBLIC
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^metrics$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None
SECURE_HSTS_SECONDS = 63_072_000 if IS_PUBLIC else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_PUBLIC
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_TRUSTED_ORIGINS = [SITE_URL] if IS_PUBLIC else []
CSRF_FAILURE_VIEW = "conference.errors.csrf_failure"

# --- Who watches the site -------------------------------------------------------------------------
METRICS_TOKEN = env("METRICS_TOKEN", default="")
SENTRY_DSN = env("SENTRY_DSN", default="")
LOGGING = logging_settings(
    form=env("LOG_FORMAT", default="json" if IS_PUBLIC else "line"), level=env("LOG_LEVEL", default="WARNING")
)


if reasons := refusals(globals()):
    raise ImproperlyConfigured("This site does not start. " + " ".join(reasons))
