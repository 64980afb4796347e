"""`make run`: prepare the database, then serve web and worker together on the loopback address.

Daphne runs in this process, which has Django loaded already; the worker is its child. TERM and Ctrl-C end
both, and on Linux the worker ends with this process however that ends.
"""

import argparse
import ctypes
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
PR_SET_PDEATHSIG = 1
PATIENCE = 30  # seconds the worker gets to finish the task in progress


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    port = parser.parse_args().port
    if _is_taken(port):
        sys.exit(f"Port {port} is in use. Choose another: make run PORT={port + 1}")
    _set_environment(port)
    _prepare()
    worker = _start_worker()
    print(f"\nhttp://{HOST}:{port}\n", flush=True)  # noqa: T201
    try:
        _serve(port)
    finally:
        _stop(worker)


def _is_taken(port):
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


def _set_environment(port):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    os.environ.setdefault("SITE_URL", f"http://{HOST}:{port}")
    paths = [str(ROOT / "site"), str(ROOT)]
    os.environ["PYTHONPATH"] = os.pathsep.join(paths)  # for the worker
    sys.path[:0] = paths
    os.chdir(ROOT)


def _prepare():
    import django
    from django.core.management import CommandError, call_command
    from django.db import connections

    django.setup()
    try:
        call_command("prepare")
    except CommandError as error:
        sys.exit(str(error))
    connections.close_all()


def _start_worker():
    return subprocess.Popen(  # noqa: S603
        [sys.executable, str(ROOT / "manage.py"), "work"], preexec_fn=_end_with(os.getpid())
    )


def _end_with(parent):
    """Runs in the child before it becomes the worker: TERM comes when `parent` goes, even by KILL."""

    def ask_the_kernel():
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
            if os.getppid() != parent:  # gone in the moment before
                os._exit(1)

    return ask_the_kernel


def _serve(port):
    from config.server import serve

    serve(["-b", HOST, "-p", str(port), "--no-server-name", "-v", "0"])


def _stop(worker):
    if worker.poll() is None:
        worker.terminate()
    try:
        worker.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        worker.kill()


if __name__ == "__main__":
    main()
