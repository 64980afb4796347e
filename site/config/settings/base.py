"""Settings every installation shares. What differs comes from the environment (docs/operations.md)."""

from pathlib import Path

import bootstrap_wrapper
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from config.databases import with_options
from config.environment import Environment

from .sign_in import *  # noqa: F403
from .sign_in import LOGIN_URL

ROOT = Path(__file__).resolve().parents[3]
VAR = ROOT / "var"
env = Environment()

SITE_URL = env("SITE_URL", default="http://127.0.0.1:8000")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])  # what SECRET_KEY was before

INSTALLED_APPS = [
    "daphne",
    # the portal
    "config.apps.HouseConfig",
    "vietnamese",
    "trust",
    "editing",
    "obligations",
    "notifications",
    "people",
    "scoring",
    "papers",
    "portal",
    "rights",
    "ideas",
    "training",
    "competitions",
    "plan",
    "operations",
    # what it stands on
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "channels",
    "guardian",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_tasks",
    "django_tasks_db",
    "django_htmx",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
]

MIDDLEWARE = [
    "config.metrics.requests.measured",
    "trust.audit.middleware.audited",
    "config.middleware.permissions_policy",
    "config.middleware.own_resources",
    "django.middleware.security.SecurityMiddleware",
    "config.middleware.PolicyByPath",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.preferences.chosen_language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.middleware.no_nul",
    "portal.editor_limits.EditorDoor",
    "competitions.middleware.SayWhatIsMissing",
    "portal.redirects.PortalRedirects",
    "people.middleware.activity",
    "people.middleware.first_things_first",
    "config.middleware.stay_sync",
]

ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.portal",
                "notifications.context.bell",
            ],
            "builtins": ["config.templatetags.house"],
        },
    }
]
FORM_RENDERER = "config.forms.PortalFormRenderer"

# ---- database: SQLite embedded by default, PostgreSQL by DATABASE_URL (config.databases has the options)
DATABASES = {"default": with_options(env.db("DATABASE_URL", default=f"sqlite:///{VAR / 'portal.sqlite3'}"))}

# ---- Redis, where several processes serve; in-process otherwise
REDIS_URL = env("REDIS_URL", default="")
if REDIS_URL:
    # redis-py's default socket timeout ends a consumer that waits; the capacity is shared by all
    # sockets of one process.
    CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels_redis.core.RedisChannelLayer",
            "CONFIG": {
                "hosts": [{"address": REDIS_URL, "socket_timeout": None}],
                "capacity": 20000,
                "prefix": "hungdao",
            },
        }
    }
    CACHES = {
        "default": {
            "BACKEND": "config.steady_cache.SteadyRedisCache",
            "LOCATION": REDIS_URL,
            "KEY_PREFIX": "hungdao",
        }
    }
else:
    CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
    # Many entries, since the counts of rate limits are among them: what is too many is forgotten at random.
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "OPTIONS": {"MAX_ENTRIES": 10_000},
        }
    }

# ---- language and time
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "ngon_ngu"
LOCALE_PATHS = [ROOT / "locale", ROOT / "locale" / "libraries"]  # the second: what libraries lack
FORMAT_MODULE_PATH = ["config.formats"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

# ---- files
STATIC_URL = "/static/"
STATIC_ROOT = Path(env("STATIC_ROOT", default=str(ROOT / "staticfiles")))
_BOOTSTRAP = Path(bootstrap_wrapper.__file__).parent.parent / "bootstrap"
STATICFILES_DIRS = [
    ROOT / "static",
    ("bootstrap/css", _BOOTSTRAP / "css"),
    ("bootstrap/js", _BOOTSTRAP / "js"),
]
STATIC_FROM_FINDERS = False
MEDIA_ROOT = Path(env("MEDIA_ROOT", default=str(VAR / "media")))  # what editors publish
MEDIA_URL = "/media/"
PRIVATE_ROOT = MEDIA_ROOT / "private"  # dossiers and papers: never served but through an access check
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640
STORAGES = {
    "default": {"BACKEND": "trust.full_disk.WholeFiles"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
UPLOAD_MAX_BYTES = 20 * 1024 * 1024
UPLOAD_MAX_FILES = 20
FILE_UPLOAD_HANDLERS = [
    "trust.uploads.RefuseHugeUploads",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "trust.full_disk.RoomForUploads",
]

# Where ClamAV's daemon listens: unix:///run/clamav/clamd.ctl or tcp://127.0.0.1:3310; empty without one.
CLAMAV = env("CLAMAV", default="")
# nginx hands out private files itself once the portal allowed it (deploy/nginx); off where it stands alone.
PRIVATE_FILES_BY_NGINX = env.bool("PRIVATE_FILES_BY_NGINX", default=False)

# ---- mail (sent from the outbox by the worker, never from a request)
EMAIL_CONFIG = env.email("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="doimoisangtao@hungdao.example")

# ---- walls
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "config.cookies.MessageStorage"
CSRF_FAILURE_VIEW = "config.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "object-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

# ---- Wagtail
WAGTAIL_SITE_NAME = "Cổng Đổi mới sáng tạo phường Hưng Đạo"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILEMBEDS_FINDERS = []  # nothing is fetched from a site elsewhere, whatever address an editor pastes
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_FRONTEND_LOGIN_URL = LOGIN_URL
WAGTAILADMIN_PERMITTED_LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
WAGTAIL_DATE_FORMAT, WAGTAIL_TIME_FORMAT, WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y", "%H:%M", "%d/%m/%Y %H:%M"
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_MAX_UPLOAD_SIZE = UPLOAD_MAX_BYTES
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAIL_CONTENT_LANGUAGES = [("vi", "Tiếng Việt")]

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

# ---- what names the ward on every page (one place to change for another ward)
PORTAL = {
    "ward_name": "Phường Hưng Đạo",
    "ward_committee": "UBND phường Hưng Đạo",
    "city_name": "Hải Phòng",
    "parent_name": env("PARENT_PORTAL_NAME", default="Cổng thành phố Hải Phòng"),
    "parent_url": env("PARENT_PORTAL_URL", default="https://haiphong.gov.vn"),
    "address": "Trụ sở UBND phường Hưng Đạo, thành phố Hải Phòng",
    "email": env("CONTACT_EMAIL", default=""),
    "phone": env("CONTACT_PHONE", default=""),
    "responsible": env("RESPONSIBLE_PERSON", default=""),
}
WARD_CODE = "HD"
# Working days within which an idea of a resident is answered; the ward may set a shorter term.
IDEA_ANSWER_WORKING_DAYS = env.int("IDEA_ANSWER_WORKING_DAYS", default=15)
# The same for a difficulty a unit or a resident raises.
DIFFICULTY_ANSWER_WORKING_DAYS = env.int("DIFFICULTY_ANSWER_WORKING_DAYS", default=15)
# What stays undone is told further up: (working days late, who is told then), up to three of each kind.
OBLIGATION_ESCALATIONS = {
    "ideas.formality": [(1, "chair"), (5, "head")],
    "ideas.scoring": [(1, "secretary"), (3, "chair")],
    "ideas.decision": [(1, "chair"), (3, "head")],
    "ideas.complaint": [(1, "secretary"), (3, "chair")],
    "ideas.measurement": [(5, "secretary"), (10, "chair")],
    "ideas.answer_idea": [(1, "head")],
    "plan.task": [(3, "coordinator")],
    "plan.report": [(1, "unit_head"), (3, "coordinator"), (5, "leaders")],
    "plan.difficulty": [(1, "coordinator"), (5, "head")],
    "rights.first_answer": [(1, "head")],
    "rights.carry_out": [(1, "head")],
    "rights.breach": [(1, "head")],
}
# Units report figures as of the end of the month before the last day; or so many days before it.
PLAN_REPORT_CUT_OFF_DAYS = env.int("PLAN_REPORT_CUT_OFF_DAYS", default=0)
# On what terms open data may be used: the ward decides; this is what is shown until it says otherwise.
OPEN_DATA_LICENCE = env("OPEN_DATA_LICENCE", default="") or _("Free to use when the source is named")
REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],  # no page that invites to try
    "DEFAULT_PARSER_CLASSES": [],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,
    "EXCEPTION_HANDLER": "portal.opendata.problems.as_problem",
}
SPECTACULAR_SETTINGS = {
    "TITLE": _("Open data of the ward"),
    "DESCRIPTION": _("What the ward publishes for machines: read only, without a key."),
    "VERSION": "1",
    "SERVERS": [{"url": SITE_URL.rstrip("/")}],
}
SAMPLE_PASSWORD_FILE = Path(env("SAMPLE_PASSWORD_FILE", default=str(VAR / "sample_password")))
# The head of official papers: who issues, as its lines read, and the place of the date (NĐ 30/2020).
PAPERS_BODY_LINES = env.list("PAPERS_BODY_LINES", default=["ỦY BAN NHÂN DÂN", "PHƯỜNG HƯNG ĐẠO"])
PAPERS_PARENT_LINES = env.list("PAPERS_PARENT_LINES", default=[])  # a ward writes none above itself
PAPERS_BODY_NAME = env("PAPERS_BODY_NAME", default="Ủy ban nhân dân phường Hưng Đạo")  # in a sentence
PAPERS_SYMBOL = env("PAPERS_SYMBOL", default="UBND")
PAPERS_PLACE = env("PAPERS_PLACE", default="Hưng Đạo")
# NĐ 30 asks for Times New Roman. PDFs use it, or a face made to its measures, where the office names it and
# the folder with its files; the built-in Libertinus Serif otherwise.
PAPERS_FONT = env("PAPERS_FONT", default="")
PAPERS_FONT_FOLDER = env("PAPERS_FONT_FOLDER", default="")
PAPERS_COUNCIL_LINES = env.list("PAPERS_COUNCIL_LINES", default=["HỘI ĐỒNG SÁNG KIẾN"])
PAPERS_COUNCIL_PARENT_LINES = env.list("PAPERS_COUNCIL_PARENT_LINES", default=["UBND PHƯỜNG HƯNG ĐẠO"])
PAPERS_COUNCIL_NAME = env("PAPERS_COUNCIL_NAME", default="Hội đồng sáng kiến phường Hưng Đạo")
PAPERS_CITY_COUNCIL = env("PAPERS_CITY_COUNCIL", default="Hội đồng sáng kiến thành phố Hải Phòng")
CITY_PACKAGE_MAX_BYTES = env.int("CITY_PACKAGE_MAX_BYTES", default=2 * 1024**3)  # of all files in one package
PAPERS_COUNCIL_SYMBOL = env("PAPERS_COUNCIL_SYMBOL", default="HĐSK")
# A club or team counts as active where it did something within so many months (plan targets C6, C9).
PLAN_ACTIVE_MONTHS = env.int("PLAN_ACTIVE_MONTHS", default=6)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"django.request": {"level": "ERROR"}},
}

# ---- the audit trail: the key of its chain, where its anchors stand, how long it is kept
AUDIT_KEY = env("AUDIT_KEY", default="")  # empty: made from SECRET_KEY
# What AUDIT_KEY, or SECRET_KEY in its place, was before.
AUDIT_OLD_KEYS = env.list("AUDIT_OLD_KEYS", default=[])
_DATABASE = Path(str(DATABASES["default"]["NAME"])).stem  # each database has a chain of its own
AUDIT_ANCHOR_FILE = Path(env("AUDIT_ANCHOR_FILE", default=str(VAR / f"audit-anchors-{_DATABASE}.jsonl")))
AUDIT_KEEP_MONTHS = env.int("AUDIT_KEEP_MONTHS", default=24)
if AUDIT_KEEP_MONTHS < 12:  # NĐ 333/2026 Đ.16.6
    raise ImproperlyConfigured("AUDIT_KEEP_MONTHS: at least 12, as the law asks")

# ---- the log: words for people here, JSON in production
LOGS_FOR_MACHINES = False

# ---- backup and planned outage (docs/operations.md)
# The key that opens backups, an age identity: `manage.py backup --make-key` makes one.
BACKUP_KEY = env("BACKUP_KEY", default="")
# While this file is there every process answers 503; all must see the same one.
OUTAGE_FILE = Path(env("OUTAGE_FILE", default=str(MEDIA_ROOT.parent / "outage.json")))

# ---- operations (docs/operations.md, "Watching")
# Opens /metrics from elsewhere than this machine; without one it answers only here.
METRICS_TOKEN = env("METRICS_TOKEN", default="")
BACKUP_FOLDER = env("BACKUP_FOLDER", default="")  # where the nightly backup writes: its age is watched
ALARM_EMAIL = env.list("ALARM_EMAIL", default=[])  # who hears of `manage.py watch`

# ---- bad days (docs/bad-days.md)
# Sockets one web process takes; keep it below half of the unit's LimitNOFILE.
SOCKETS_MOST = env.int("SOCKETS_MOST", default=5000)
