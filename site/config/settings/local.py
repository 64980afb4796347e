"""`make run`: one machine, the loopback address, samples allowed. The secret is made on first use."""

import secrets

from .base import *  # noqa: F403
from .base import DATABASES, PORTAL, VAR, env

SAMPLES_ALLOWED = True


def _install_secret():
    """The secret of this install, random and readable by its owner alone."""
    path = VAR / "secret_key"
    if not path.exists():
        VAR.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text().strip()


SECRET_KEY = env("SECRET_KEY", default="") or _install_secret()
STATIC_FROM_FINDERS = True
if "sqlite" in DATABASES["default"]["ENGINE"]:
    VAR.mkdir(parents=True, exist_ok=True)
PORTAL = PORTAL | {
    "email": PORTAL["email"] or "doimoisangtao@hungdao.example",
    "phone": PORTAL["phone"] or "0225 000 0000",
    "responsible": PORTAL["responsible"] or "Nguyễn Văn An (dữ liệu mẫu), Trưởng phòng Văn hóa - Xã hội",
}
