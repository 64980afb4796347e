#!/usr/bin/env python
"""The entry point; puts site/ on the import path."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent


def main():
    sys.path.insert(1, str(ROOT / "site"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    from trust.audit.commanding import AuditedUtility

    AuditedUtility(sys.argv).execute()


if __name__ == "__main__":
    main()
