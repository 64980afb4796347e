#!/bin/sh
# Every test: unit, property, workflow, concurrency, then the browser journeys in a call of their own
# (Playwright's event loop would disturb async_to_sync in later tests of the same process).
set -eu
cd "$(dirname "$0")/.."
# Many processes load the same code: it is compiled once, not by each of them.
unset PYTHONDONTWRITEBYTECODE
PYTEST=".venv/bin/python -m pytest --reuse-db -n ${TEST_PROCESSES:-2}"

if [ ! -x "${CHROMIUM:-/usr/bin/chromium}" ]; then
  echo "The browser tests need Chromium: apt-get install chromium (or set CHROMIUM=/path)." >&2
  exit 1
fi
# The test databases are kept between runs until a migration changes.
.venv/bin/python -m tests.databases "${TEST_PROCESSES:-2}"
$PYTEST --ignore tests/e2e "$@"
if [ -d tests/e2e ]; then DJANGO_ALLOW_ASYNC_UNSAFE=1 $PYTEST tests/e2e "$@"; fi
