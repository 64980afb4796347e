#!/bin/sh
# Deploy checks with the settings of production, on values made up for the check.
set -eu
SECRET_KEY=$(.venv/bin/python -c "import secrets; print(secrets.token_urlsafe(60))") \
DATABASE_URL=sqlite://:memory: \
SITE_URL=https://portal.example ALLOWED_HOSTS=portal.example EMAIL_URL=smtp://localhost:25 \
DJANGO_SETTINGS_MODULE=config.settings.production .venv/bin/python manage.py check --deploy --fail-level WARNING
