"""What production does not start with, each as a sentence that names the setting. Plain functions over plain
values: nothing here needs Django to be set up."""

from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

# Passwords the examples, the packages and the first guess have.
_KNOWN_PASSWORDS = {"", "password", "postgres", "admin", "hungdao", "changeme", "secret", "matkhau", "123456"}


def refusals(values):
    """The reasons not to start, none for a safe mapping of settings."""
    return [reason for refuse in _RULES if (reason := refuse(values))]


def is_here(host):
    """Whether a host is this machine itself."""
    try:
        return ip_address(host or "").is_loopback
    except ValueError:
        return host == "localhost"


def _secret_key(values):
    key = values["SECRET_KEY"]
    if len(key) < 50 or len(set(key)) < 10 or key.startswith("django-insecure-"):
        return "SECRET_KEY: at least 50 random characters"


def _debug(values):
    if values["DEBUG"]:
        return "DEBUG: must be off"


def _hosts(values):
    hosts = values["ALLOWED_HOSTS"]
    if not hosts or any(host == "*" or host.startswith(".") for host in hosts):
        return "ALLOWED_HOSTS: name the hosts, '*' and '.domain' are refused: others could ask in our name"
    if urlsplit(values["SITE_URL"]).hostname not in hosts:
        return "ALLOWED_HOSTS: the host of SITE_URL must be among them"


def _site_url(values):
    url = urlsplit(values["SITE_URL"])
    if url.scheme != "https" or not url.hostname or url.path.strip("/") or url.query:
        return "SITE_URL: must begin with https:// and name the host alone"


def _working_days(name):
    def refuse(values):
        if not 1 <= values[name] <= 60:
            return f"{name}: from 1 to 60"

    return refuse


def _mail(values):
    if not values["EMAIL_URL"]:
        return "EMAIL_URL: the mail server, e.g. smtp+tls://user:password@host:587"
    mail = values["EMAIL_CONFIG"]
    if mail["EMAIL_BACKEND"] != "django.core.mail.backends.smtp.EmailBackend":
        return "EMAIL_URL: a mail server (smtp+tls:// or smtp+ssl://); anything else sends no mail"
    is_sealed = mail.get("EMAIL_USE_TLS") or mail.get("EMAIL_USE_SSL")
    if not is_sealed and not is_here(mail["EMAIL_HOST"]):
        return "EMAIL_URL: smtp+tls:// or smtp+ssl://; without TLS only a mail server on this machine"


def _database(values):
    database = values["DATABASES"]["default"]
    if "sqlite" in database["ENGINE"]:
        return None
    host, password = database.get("HOST") or "", database.get("PASSWORD") or ""
    if not host or host.startswith("/"):
        return None  # by the machine's own account, through a socket
    if password.lower() in _KNOWN_PASSWORDS | {database.get("USER", "").lower()}:
        return "DATABASE_URL: the database account needs a password of its own, not one anybody would guess"
    if not is_here(host) and database.get("OPTIONS", {}).get("sslmode") != "verify-full":
        return "DATABASE_URL: beyond this machine only with ?sslmode=verify-full, so that nobody reads along"


def _redis(values):
    url = urlsplit(values["REDIS_URL"])
    if url.hostname and not is_here(url.hostname) and (not url.password or url.scheme != "rediss"):
        return (
            "REDIS_URL: beyond this machine Redis needs rediss:// and a password; it keeps limits and notices"
        )


def _folders(values):
    media, static = (Path(values[name]).resolve() for name in ("MEDIA_ROOT", "STATIC_ROOT"))
    if media.is_relative_to(static) or static.is_relative_to(media):
        return "MEDIA_ROOT, STATIC_ROOT: neither may lie in the other; static files are open to everybody"


def _scanner(values):
    if not values["CLAMAV"]:
        return None
    url = urlsplit(values["CLAMAV"])
    is_a_socket = url.scheme == "unix" and not url.netloc and url.path.startswith("/")
    if not is_a_socket and not (url.scheme == "tcp" and is_here(url.hostname)):
        return "CLAMAV: unix:///path/to/clamd.ctl or tcp://127.0.0.1:3310, a scanner on this machine"


def _other_sign_in(values):
    if values["OIDC_MATCH"] not in ("email", "staff_code"):
        return "OIDC_MATCH: email or staff_code"
    if not values["OIDC_ISSUER"]:
        return None
    if not values["OIDC_ISSUER"].startswith("https://"):
        return "OIDC_ISSUER: must begin with https://, or be empty"
    if not (values["OIDC_CLIENT_ID"] and values["OIDC_CLIENT_SECRET"]):
        return "OIDC_CLIENT_ID, OIDC_CLIENT_SECRET: needed where OIDC_ISSUER is set"


_RULES = (
    _secret_key,
    _debug,
    _hosts,
    _site_url,
    _working_days("IDEA_ANSWER_WORKING_DAYS"),
    _working_days("DIFFICULTY_ANSWER_WORKING_DAYS"),
    _mail,
    _database,
    _redis,
    _folders,
    _scanner,
    _other_sign_in,
)
