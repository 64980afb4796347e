"""The systemd units: accepted by systemd, shut in, and of one mind with the rest of what is shipped."""

import configparser
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
UNITS = ROOT / "deploy" / "systemd"
ANALYZE = shutil.which("systemd-analyze")
SERVICES = sorted(unit.name for unit in UNITS.glob("*.service"))
MOST_EXPOSED = 2.0  # of 10, by systemd-analyze's own count

needs_systemd = pytest.mark.skipif(not ANALYZE, reason="needs systemd-analyze")


def unit(name):
    parser = configparser.ConfigParser(strict=False, interpolation=None, delimiters=("=",))
    parser.optionxform = str
    parser.read(UNITS / name)
    return parser


@pytest.fixture(scope="module")
def machine(tmp_path_factory):
    """A root folder as docs/operations.md has it laid out, as far as units look."""
    root = tmp_path_factory.mktemp("machine")
    places = [
        "etc/systemd/system",
        "etc/hungdao",
        "srv/hungdao/.venv/bin",
        "srv/hungdao/deploy",
        "bin",
        "usr/bin",
    ]
    for place in places:
        (root / place).mkdir(parents=True, exist_ok=True)
    for path in UNITS.iterdir():
        shutil.copy(path, root / "etc/systemd/system")
    for program in ("srv/hungdao/.venv/bin/python", "bin/sh"):
        (root / program).write_text("#!/bin/sh\n")
        (root / program).chmod(0o755)
    base = Path("/usr/lib/systemd/system")
    for path in base.iterdir():  # targets the units name
        if path.suffix == ".target" and path.is_file():
            (root / "usr/lib/systemd/system").mkdir(parents=True, exist_ok=True)
            shutil.copy(path, root / "usr/lib/systemd/system")
    return root


@needs_systemd
@pytest.mark.parametrize("name", sorted(path.name for path in UNITS.iterdir()))
def test_systemd_accepts_the_unit(machine, name):
    name = name.replace("@.", "@1.")
    done = subprocess.run(
        [
            ANALYZE,
            "verify",
            f"--root={machine}",
            "--man=no",
            "--generators=no",
            f"/etc/systemd/system/{name}",
        ],
        capture_output=True,
        text=True,
        env=os.environ | {"SYSTEMD_LOG_LEVEL": "warning"},
    )
    ours = [line for line in done.stderr.splitlines() if "hungdao" in line]
    assert (done.returncode, ours) == (0, []), done.stderr


@needs_systemd
@pytest.mark.parametrize("name", SERVICES)
def test_a_service_is_shut_in(name):
    done = subprocess.run(
        [ANALYZE, "security", "--offline=true", "--no-pager", str(UNITS / name)],
        capture_output=True,
        text=True,
    )
    exposed = re.search(r"Overall exposure level for \S+: ([\d.]+)", done.stdout)
    assert exposed, done.stdout + done.stderr
    assert float(exposed[1]) <= MOST_EXPOSED


def test_every_timer_has_its_service_and_the_target_starts_them_all():
    timers = {path.stem for path in UNITS.glob("*.timer")}
    assert {f"{timer}.service" for timer in timers} <= set(SERVICES)
    wanted = set(re.findall(r"hungdao-[\w@]+\.\w+", (UNITS / "hungdao.target").read_text()))
    assert wanted == {"hungdao-web@1.service", "hungdao-web@2.service", "hungdao-worker.service"} | {
        f"{timer}.timer" for timer in timers
    }


def test_ports_of_the_processes_the_front_and_the_watch_agree():
    assert "-p 800%i " in unit("hungdao-web@.service")["Service"]["ExecStart"]
    front = re.findall(
        r"^server 127\.0\.0\.1:(\d+)", (ROOT / "deploy/nginx/hungdao-processes.conf").read_text(), re.M
    )
    started = re.findall(r"hungdao-web@(\d)", (UNITS / "hungdao.target").read_text())
    watched = re.search(r"--web ([\d ]+) ", unit("hungdao-watch.service")["Service"]["ExecStart"])[1].split()
    assert front == watched == [f"800{number}" for number in started]


def test_a_web_process_has_longer_to_stop_than_it_takes():
    from config.server import CLOSING, GRACE

    assert float(unit("hungdao-web@.service")["Service"]["TimeoutStopSec"]) > GRACE + 2 * CLOSING


def test_what_the_environment_example_names_is_read_by_the_settings():
    example = (ROOT / "deploy/environment.example").read_text()
    named = set(re.findall(r"^([A-Z_]+)=", example, re.M)) - {"DJANGO_SETTINGS_MODULE", "PYTHONPATH"}
    read = "\n".join(path.read_text() for path in (ROOT / "site").rglob("*.py"))
    assert {name for name in named if f'"{name}"' not in read} == set()


def test_no_limit_of_the_watch_and_of_prometheus_differ():
    from config.metrics import alarms

    rules = (ROOT / "deploy/prometheus/hungdao.rules.yml").read_text()
    ours = set(re.findall(r'Alarm\(\s*"(\w+)"', Path(alarms.__file__).read_text()))
    theirs = set(re.findall(r"alert: (\w+)", rules))
    assert theirs - ours == {"errors", "slow"}
    assert ours <= theirs
    limits = [alarms.WORKER_SILENT, alarms.QUEUE_OLD, alarms.MAIL_OLD, alarms.BACKUP_OLD, alarms.DISK_LEAST]
    assert [limit for limit in limits if not re.search(rf"[<>] {limit}\b", rules)] == []
    assert f"< {alarms.DISK_SHARE:.2f}" in rules and f"> {alarms.CONNECTIONS_SHARE:.2f} *" in rules


def test_every_alarm_has_its_answer_in_the_operators_book():
    from config.metrics import alarms

    book = (ROOT / "docs/operations.md").read_text()
    codes = set(re.findall(r'Alarm\(\s*"(\w+)"', Path(alarms.__file__).read_text())) | {"errors", "slow"}
    assert [code for code in sorted(codes) if f"| `{code}` |" not in book] == []
