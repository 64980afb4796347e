"""A daphne of our own on a free port of the loopback address, for measurements and tests."""

import os
import signal
import socket
import subprocess
import sys
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

    def __init__(self, environment, port=None, options=(), log=os.devnull):
        self.port = port or free_port()
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
        arguments = ["-b", "127.0.0.1", "-p", str(self.port), "--no-server-name", *self.options]
        with Path(self.log).open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "daphne", *arguments, "config.asgi:application"],
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

    def stop(self, how=signal.SIGTERM):
        if self.process and self.process.poll() is None:
            self.process.send_signal(how)
        if self.process:
            self.process.wait(START_PATIENCE)

    def _answers(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def memory(self):
        """Resident bytes of the process (Linux)."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")

    @property
    def socket_address(self):
        return f"ws://127.0.0.1:{self.port}/ws/notifications/"

    @property
    def origin(self):
        return f"http://127.0.0.1:{self.port}"
