"""Stands for systemd where it does not run: the services of the portal by their own unit files, each with its
environment file, folder, account and ExecStart; `Type=notify` is waited for. Timers and what shuts a service
in are systemd's alone (tests/deploy/test_units.py)."""

import os
import pwd
import shlex
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

UNITS = Path("/etc/systemd/system")
RUN = Path("/run/stand-in")
PATIENCE = 240  # seconds


def read(name):
    """{key: last value} of a service, `%i` filled in."""
    stem, _at, instance = name.removesuffix(".service").partition("@")
    text = (UNITS / (f"{stem}@.service" if instance else f"{stem}.service")).read_text()
    pairs = (line.partition("=") for line in text.splitlines() if "=" in line and not line.startswith("#"))
    return {key: value.replace("%i", instance) for key, _sign, value in pairs}


def environment(file):
    """As systemd.exec(5) reads an environment file."""
    lines = (line.strip() for line in Path(file).read_text().splitlines())
    pairs = (line.partition("=") for line in lines if line and not line.startswith(("#", ";")))
    return {name: "".join(shlex.split(value)) for name, _sign, value in pairs}


def start(name):
    unit, own = read(name), RUN / f"{name}.notify"
    own.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as heard:
        heard.bind(str(own))
        own.chmod(0o777)
        heard.settimeout(PATIENCE)
        with (RUN / f"{name}.log").open("ab") as log:
            child = subprocess.Popen(
                shlex.split(unit["ExecStart"]),
                cwd=unit["WorkingDirectory"],
                env={"PATH": os.environ["PATH"], "NOTIFY_SOCKET": str(own)}
                | environment(unit["EnvironmentFile"]),
                user=pwd.getpwnam(unit["User"]).pw_uid,
                group=unit["Group"],
                extra_groups=[],
                umask=int(unit["UMask"], 8),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        (RUN / f"{name}.pid").write_text(str(child.pid))
        if unit["Type"] == "notify":
            assert heard.recv(100) == b"READY=1"
        elif unit["Type"] == "oneshot":
            allowed = {0, *map(int, unit.get("SuccessExitStatus", "0").split())}
            assert child.wait(PATIENCE) in allowed, (RUN / f"{name}.log").read_text()
        assert child.poll() is None or unit["Type"] == "oneshot", (RUN / f"{name}.log").read_text()


def stop(name):
    pid = int((RUN / f"{name}.pid").read_text())
    os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + float(read(name)["TimeoutStopSec"])
    while lives(pid):
        assert time.monotonic() < deadline, f"{name} does not stop in its time"
        time.sleep(0.1)


def lives(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def main(command, *names):
    names = [name for name in names if not name.startswith("--")]
    if command == "daemon-reload" or names == ["systemd-journald"]:
        return
    if names == ["nginx"]:
        pid = Path("/run/nginx.pid")  # empty where `nginx -t` made it
        running = pid.exists() and pid.read_text().strip()
        subprocess.run(["nginx", "-s", "reload"] if running else ["nginx"], check=True)
    elif names == ["hungdao.target"]:
        wanted = [
            word
            for line in (UNITS / names[0]).read_text().splitlines()
            if line.startswith("Wants=")
            for word in line.removeprefix("Wants=").split()
        ]
        for name in wanted:
            assert (UNITS / name.replace("@1.", "@.").replace("@2.", "@.")).exists()
            if name.endswith(".service"):
                start(name.removesuffix(".service"))
    elif command == "restart":
        for name in names:
            stop(name)
            start(name)
    elif command == "start":
        for name in names:
            start(name)
    elif command != "list-units":
        sys.exit(f"the stand-in does not know: {command} {names}")


if __name__ == "__main__":
    RUN.mkdir(exist_ok=True)
    RUN.chmod(0o755)
    main(*sys.argv[1:])
