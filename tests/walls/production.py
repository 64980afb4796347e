"""What an office sets, with values made up for a test."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "PYTHONPATH": f"{ROOT / 'site'}:{ROOT}",
    "SECRET_KEY": "kJ3-made-up-for-a-test-9fQ2xZ7vB1nM5cR8tY4uW6pL0sD",
    "SITE_URL": "https://portal.example",
    "ALLOWED_HOSTS": "portal.example",
    "EMAIL_URL": "smtp+tls://portal:mat-khau-thu@mail.example:587",
    "REDIS_URL": "",
}
