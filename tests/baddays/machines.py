"""What the portal stands on, each of the test's own and to be killed: PostgreSQL, Redis, a worker."""

import contextlib
import fcntl
import getpass
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

from bench.server import ROOT, free_port

PATIENCE = 60.0  # seconds; a busy machine is slow, not wrong
KEPT = ROOT / "var" / "baddays"  # migrated databases, kept until a migration changes


def until(check, what, patience=PATIENCE):
    """Waits until `check()` holds and returns what it said."""
    deadline = time.monotonic() + patience
    while not (found := check()):
        assert time.monotonic() < deadline, what
        time.sleep(0.05)
    return found


def program(name):
    """A program of Debian's, PostgreSQL's among them; the test fails where it is missing."""
    found = shutil.which(name)
    beside = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    if not found and not beside:
        pytest.fail(f"{name} is missing: apt-get install postgresql redis-server")
    return found or str(beside[-1])


def is_open(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class PostgreSQL:
    """A cluster in a folder of its own. PostgreSQL refuses to run as root, so it runs as `postgres` there."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="baddays-pg-"))
        self.port = free_port()
        self.data = self.folder / "data"
        self.as_whom = {}
        if getpass.getuser() == "root":
            self.as_whom = {"user": "postgres", "group": "postgres", "extra_groups": ()}
            shutil.chown(self.folder, "postgres", "postgres")
        self._run("initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
        self.start()

    def _run(self, name, *arguments):
        subprocess.run(
            [program(name), *map(str, arguments)],
            check=True,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **self.as_whom,
        )

    def start(self):
        # A kill -9 of the server loses nothing of what the kernel has, so no write waits for the disk.
        options = (
            f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off "
            "-c max_connections=200 -c shared_buffers=32MB"
        )
        until(lambda: self._started(options), "PostgreSQL did not start")

    def _started(self, options):
        """After a kill the kernel may take a moment to give back what the server had."""
        log = self.folder / "log"
        try:
            self._run("pg_ctl", "-D", self.data, "-l", log, "-w", "-t", PATIENCE, "-o", options, "start")
        except subprocess.CalledProcessError:
            time.sleep(0.5)
            return False
        return True

    @property
    def pid(self):
        return int((self.data / "postmaster.pid").read_text().split()[0])

    def kill(self):
        """kill -9 of the server and of every process of it, as a machine that runs out of memory does."""
        of_this_server = [self.pid, *_children(self.pid)]
        for pid in of_this_server:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        until(lambda: not is_open(self.port), "PostgreSQL did not die")

    def remove(self):
        with contextlib.suppress(subprocess.CalledProcessError):
            self._run("pg_ctl", "-D", self.data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, name):
        return f"postgres://postgres@127.0.0.1:{self.port}/{name}"

    def ask(self, *statements):
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)


def _children(pid):
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(child) for child in found.split()]


class Redis:
    """A server without a file: killed and started again it knows nothing."""

    def __init__(self):
        self.port = free_port()
        self.process = None
        self.start()

    @property
    def url(self):
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self):
        arguments = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen(
            [program("redis-server"), *arguments], stdout=subprocess.DEVNULL, cwd=tempfile.gettempdir()
        )
        until(lambda: is_open(self.port), "Redis did not start")

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop_answering(self):
        """It hangs: connections are taken, nothing is answered."""
        self.process.send_signal(signal.SIGSTOP)

    def answer_again(self):
        self.process.send_signal(signal.SIGCONT)


class Worker:
    """`manage.py work`, or any other long command of the portal."""

    def __init__(self, environment, log, *command):
        self.environment = os.environ | environment
        self.log, self.command = log, command or ("work",)
        self.process = None

    def start(self):
        with Path(self.log).open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, str(ROOT / "manage.py"), *self.command],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
            )
        return self

    def stop(self, how=signal.SIGTERM):
        if self.process and self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait(PATIENCE)

    def kill(self):
        self.stop(signal.SIGKILL)


def migrated(folder, name, fill):
    """The kept migrated database `name`: made by `fill(folder)` where a migration has changed since."""
    files = [path for path in ROOT.glob("**/migrations/*.py") if ".venv" not in path.parts]
    files += [ROOT / "constraints.txt"]
    mark = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(files))).hexdigest()[:16]
    KEPT.mkdir(parents=True, exist_ok=True)
    kept = KEPT / f"{mark}-{name}"
    with (KEPT / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two test processes make it once
        if not kept.exists():
            for old in KEPT.glob(f"*-{name}"):
                old.unlink()
            made = fill(folder)
            shutil.move(made, kept)
    return kept


def manage(environment, *command):
    subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *command],
        cwd=ROOT,
        env=os.environ | environment,
        check=True,
        stdout=subprocess.DEVNULL,
    )
