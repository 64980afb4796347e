"""A daphne of our own on a free port of the loopback address, for measurements and tests."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
START_PATIENCE = 120.0  # seconds


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Daphne:
    """Started by `with`; `stop` and `start` again keep the port, as a restart does. `options` are daphne's
    own; what it says goes to the file `log`, or nowhere."""

    def __init__(self, environment, port=None, certificate=None, options=(), log=os.devnull):
        """`certificate`: (key, certificate) as PEM files; then TLS is spoken."""
        self.port, self.certificate = port or free_port(), certificate
        self.options, self.log = options, log
        self.environment = os.environ | environment
        self.environment["PYTHONPATH"] = os.pathsep.join([str(ROOT / "site"), str(ROOT)])
        self.process = None

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *exc):
        self.stop(signal.SIGKILL)

    def start(self):
        arguments = [*self._listening(), "--no-server-name", *self.options]
        with Path(self.log).open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "config.server", *arguments],
                cwd=ROOT,
                env=self.environment,
                stdout=subprocess.DEVNULL,
                stderr=log,
            )
        deadline = time.monotonic() + START_PATIENCE
        while not self._answers():
            if time.monotonic() > deadline or self.process.poll() is not None:
                raise RuntimeError("daphne did not start")
            time.sleep(0.05)

    def _listening(self):
        if self.certificate is None:
            return ["-b", "127.0.0.1", "-p", str(self.port)]
        key, certificate = self.certificate
        return ["-e", f"ssl:{self.port}:privateKey={key}:certKey={certificate}:interface=127.0.0.1"]

    def stop(self, how=signal.SIGTERM):
        if self.process and self.process.poll() is None:
            self.process.send_signal(how)
        if self.process:
            self.process.wait(START_PATIENCE)

    def _answers(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def cpu(self):
        """Seconds of processor time so far (Linux)."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self):
        """Resident bytes of the process (Linux)."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")

    @property
    def socket_address(self):
        return f"ws://127.0.0.1:{self.port}/ws/notifications/"

    @property
    def origin(self):
        return f"{'https' if self.certificate else 'http'}://127.0.0.1:{self.port}"


class OwnRedis:
    """A redis-server of our own on a free port, empty, started by `with`; gone without a trace."""

    def __init__(self):
        self.port, self.process = free_port(), None

    def __enter__(self):
        program = shutil.which("redis-server")
        if not program:
            raise RuntimeError("redis-server is not installed")
        arguments = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen(
            [program, *arguments], stdout=subprocess.DEVNULL, cwd=tempfile.gettempdir()
        )
        deadline = time.monotonic() + START_PATIENCE
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return self
            if time.monotonic() > deadline:
                raise RuntimeError("redis-server did not start")
            time.sleep(0.05)

    def __exit__(self, *exc):
        self.process.kill()
        self.process.wait()

    @property
    def address(self):
        return f"redis://127.0.0.1:{self.port}/0"
