"""`make run`: prepare the database, then serve web and worker together on the loopback address.

Daphne runs in this process; the worker is its child and ends with it, however it ends (Linux).
"""

import argparse
import ctypes
import os
import secrets
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PR_SET_PDEATHSIG = 1


def manage(*arguments, **environment):
    subprocess.run(  # noqa: S603
        [sys.executable, str(ROOT / "manage.py"), *arguments], check=True, env=os.environ | environment
    )


def _end_with_parent():
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=8000)
    port = parser.parse_args().port

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    os.environ.setdefault("SITE_URL", f"http://127.0.0.1:{port}")
    os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT / "site"), str(ROOT)])
    os.chdir(ROOT)
    # One process prepares everything: starting Django once saves seconds on every later run.
    manage("prepare", SAMPLE_PASSWORD=os.environ.get("SAMPLE_PASSWORD") or secrets.token_urlsafe(9))
    subprocess.Popen(  # noqa: S603
        [sys.executable, str(ROOT / "manage.py"), "work"],
        preexec_fn=_end_with_parent,
    )
    print(f"\nhttp://127.0.0.1:{port}\n", flush=True)  # noqa: T201
    daphne = ["daphne", "-b", "127.0.0.1", "-p", str(port), "--no-server-name", "config.asgi:application"]
    os.execv(sys.executable, [sys.executable, "-m", *daphne])  # noqa: S606


if __name__ == "__main__":
    main()
