#!/bin/sh
# Every test: unit, property, workflow, concurrency, then the browser journeys in a call of their own
# (Playwright's event loop would disturb async_to_sync in later tests of the same process).
set -eu
cd "$(dirname "$0")/.."
PYTEST=".venv/bin/python -m pytest"

# The test database is kept between runs until a migration changes.
mkdir -p var
MARK="var/test-migrations-$(echo "${DATABASE_URL:-sqlite}" | cksum | cut -d' ' -f1)"
HASH=$(cat $(find . -path ./.venv -prune -o -path '*/migrations/*.py' -print | sort) requirements.txt | cksum)
if [ -f "$MARK" ] && [ "$(cat "$MARK")" = "$HASH" ]; then DB=--reuse-db; else DB="--reuse-db --create-db"; fi

if [ ! -x "${CHROMIUM:-/usr/bin/chromium}" ]; then
  echo "The browser tests need Chromium: apt-get install chromium (or set CHROMIUM=/path)." >&2
  exit 1
fi
$PYTEST $DB -n "${TEST_PROCESSES:-2}" --ignore tests/e2e "$@"
echo "$HASH" > "$MARK"
if [ -d tests/e2e ]; then DJANGO_ALLOW_ASYNC_UNSAFE=1 $PYTEST --reuse-db -n "${TEST_PROCESSES:-2}" tests/e2e "$@"; fi
