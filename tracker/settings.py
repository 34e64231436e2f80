"""Settings of the site. Everything that differs between machines comes from the environment (docs/settings.md)."""

from pathlib import Path
from typing import Any

import django_stubs_ext
import environ

from tracker.embedded import secret_key, socket_path

django_stubs_ext.monkeypatch()

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent

# Everything the running system writes lives here, so that a copy of it is a backup.
VAR_DIR = Path(env.str("TRACKER_VAR", default=str(BASE_DIR / "var"))).resolve()

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="") or secret_key(VAR_DIR)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# -- applications ------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_filters",
    "django_htmx",
    "django_tables2",
    "tracker",
    "tracker.org",
    "tracker.items",
    "tracker.meetings",
    "tracker.documents",
    "tracker.notices",
    "tracker.exchange",
    "tracker.stats",
    "tracker.desk",
    "speeches",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "tracker.middleware.WithoutNul",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "tracker.org.middleware.FirstPassword",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "tracker.urls"
WSGI_APPLICATION = "tracker.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

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
                "tracker.org.context.office",
            ],
        },
    },
]

# -- database ----------------------------------------------------------------------------------------------------
# Our own file is named outright: a folder may have marks in its name that mean something in a URL.
OWN_DATABASE = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(VAR_DIR / "db.sqlite3")}
DATABASES: dict[str, dict[str, Any]] = {
    "default": env.db("DATABASE_URL") if env.str("DATABASE_URL", default="") else OWN_DATABASE
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # WAL together with IMMEDIATE: measured 0 of 2,000 competing writes refused; either one alone refuses hundreds.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;",
    }

# -- Celery ------------------------------------------------------------------------------------------------------
# The database row is the job and the broker only a doorbell: see docs/adr/0003-database-row-is-the-job.md.
REDIS_URL = env.str("REDIS_URL", default="")
CELERY_BROKER_URL = REDIS_URL or f"redis+socket://{socket_path(VAR_DIR)}"
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_step": 0.1}
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_keepalive": True,
    "socket_connect_timeout": 2,
    "health_check_interval": 10,
}
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_BEAT_SCHEDULE = {
    "sweep-exchange": {
        "task": "tracker.exchange.celery_tasks.sweep_exchange",
        "schedule": 15.0,
        "options": {"expires": 14},
    },
    # Every beat entry expires before the next one, so a worker that was away does not wake to a pile.
    "sweep-speeches": {
        "task": "speeches.celery_tasks.sweep_speeches",
        "schedule": env.float("SWEEP_SECONDS", default=10.0),
        "options": {"expires": 9},
    },
    "sweep-documents": {
        "task": "tracker.documents.celery_tasks.sweep_documents",
        "schedule": env.float("SWEEP_SECONDS", default=10.0),
        "options": {"expires": 9},
    },
    "notice-events": {
        "task": "tracker.notices.celery_tasks.read_events",
        "schedule": 20.0,
        "options": {"expires": 19},
    },
    "notice-day": {
        "task": "tracker.notices.celery_tasks.do_the_day",
        "schedule": 60.0,
        "options": {"expires": 59},
    },
    # Every hour, not at night: an office may switch its machine off.
    "notice-prune": {
        "task": "tracker.notices.celery_tasks.prune_messages",
        "schedule": 3600.0,
        "options": {"expires": 3599},
    },
    "notice-send": {
        "task": "tracker.notices.celery_tasks.send_due",
        "schedule": 20.0,
        "options": {"expires": 19},
    },
}
# How many days a message that was read is kept; 0 keeps all. Unread ones stay.
MESSAGE_KEEP_DAYS = env.int("MESSAGE_KEEP_DAYS", default=180)

# How long a worker may be silent on one speech before the sweep hands it to another, in seconds.
SPEECH_LEASE_SECONDS = env.int("SPEECH_LEASE_SECONDS", default=30)

# How many days the file of a document can be downloaded; after that it is made again from its snapshot.
DOCUMENT_KEEP_DAYS = env.int("DOCUMENT_KEEP_DAYS", default=30)

# -- people and sessions -----------------------------------------------------------------------------------------
AUTH_USER_MODEL = "org.Person"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "tracker.org.passwords.MinimumLength"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "desk:home"
LOGOUT_REDIRECT_URL = "login"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "registration/locked.html"
AXES_RESET_ON_SUCCESS = True
# The page says 15 minutes: trying again meanwhile must not make it longer.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_VERBOSE = False
SESSION_COOKIE_AGE = 60 * 60 * 12

# -- language and time -------------------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

# -- files -------------------------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = Path(env.str("MEDIA", default=str(VAR_DIR / "media")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# The largest speech accepted, in bytes; a 92-page PDF has 0.7 MB.
UPLOAD_LIMIT_BYTES = env.int("UPLOAD_LIMIT_BYTES", default=20 * 1024 * 1024)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

# -- e-mail ------------------------------------------------------------------------------------------------------
# The server used when the administrator has named none on the settings pages; empty: none.
EMAIL_HOST = env.str("EMAIL_HOST", default="")
EMAIL_PORT = env.int("EMAIL_PORT", default=25)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", default=False)
EMAIL_USE_SSL = env.bool("EMAIL_USE_SSL", default=False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="") or EMAIL_HOST_USER or "duban@localhost"

# -- security ----------------------------------------------------------------------------------------------------
# HTTPS=1 behind a TLS proxy; an intranet without certificates runs plain HTTP.
HTTPS = env.bool("HTTPS", default=False)
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # asked on the machine itself, behind the proxy
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "tracker.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],  # Bootstrap draws the arrows of its selects as data: images
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    },
}

# -- lists -------------------------------------------------------------------------------------------------------
DJANGO_TABLES2_TEMPLATE = "tables/table.html"
FILTERS_EMPTY_CHOICE_LABEL = "全部"

# -- the log -----------------------------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "axes": {"level": "WARNING"},
        # Two lines for every sweep would bury the address and the first password within a minute.
        "celery.worker.strategy": {"level": "WARNING"},
        "celery.app.trace": {"level": "WARNING"},
    },
}
