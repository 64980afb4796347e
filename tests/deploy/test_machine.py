"""docs/operations.md carried out word by word on a machine of its own: an empty portal is installed, upgraded
and taken back by the commands printed there.

The machine is made of namespaces: own mounts over /etc, /var, /srv, /run, own network of the loopback address
alone, own processes. What stands for something else is named in STAND_INS and in `systemctl_stand_in.py`.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .front import NAME, NGINX, REDIS, make_certificate

ROOT = Path(__file__).resolve().parents[2]
BOOK = (ROOT / "docs/operations.md").read_text()
BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
PATIENCE = 900  # seconds; a busy machine is slow, not wrong

# A line of the book → what is done in its place, and why.
STAND_INS = {
    r"apt-get .*": ":  # the packages are what the tests need themselves",
    r"python3 -m venv \.venv": f"ln -s {ROOT}/.venv .venv  # no network in here",
    r"\.venv/bin/python -m pip install .*": ":  # as above",
    r'su postgres -c "createuser --pwprompt hungdao"': (
        'printf "%s\\n" matkhau14 matkhau14 | '
        'setsid su postgres -c "createuser --pwprompt hungdao" 2>/dev/null'
    ),
    r"editor /etc/hungdao/environment": (
        "sed -i "
        "-e s/^SECRET_KEY=.*/SECRET_KEY=$(python3 -c 'import secrets; print(secrets.token_urlsafe(60))')/ "
        "-e s/PASSWORD@127/matkhau14@127/ -e s/^ALARM_EMAIL=.*/ALARM_EMAIL=it@hungdao.example/ "
        "/etc/hungdao/environment"
    ),
    r"systemctl start hungdao-backup": (
        "hungdao backup /var/backups/hungdao --keep 14 8 12  # what the unit starts"
    ),
}


def blocks(heading):
    """The shell blocks of a section of the book."""
    section = re.search(rf"^## {re.escape(heading)}\n(.*?)^## ", BOOK, re.MULTILINE | re.DOTALL)[1]
    return re.findall(r"^```sh\n(.*?)^```", section, re.MULTILINE | re.DOTALL)


def carried_out(heading):
    lines = []
    for line in "".join(blocks(heading)).splitlines():
        stand_in = next((new for old, new in STAND_INS.items() if re.fullmatch(old, line)), line)
        lines.append(stand_in)
    return "\n".join(lines)


def may_make_a_machine():
    if os.geteuid() or not shutil.which("unshare") or not (NGINX and REDIS and BINARIES):
        return False
    tried = (
        "mount -t tmpfs tmpfs /mnt && mkdir /mnt/u /mnt/w && "
        "mount -t overlay o -o lowerdir=/etc,upperdir=/mnt/u,workdir=/mnt/w /etc"
    )
    return subprocess.run(["unshare", "-m", "-n", "sh", "-c", tried], capture_output=True).returncode == 0


MACHINE = r"""
set -eu
mount -t tmpfs -o mode=755 tmpfs /mnt
for place in etc var usr/local/sbin root; do
  mkdir -p /mnt/$place/upper /mnt/$place/work
  mount -t overlay overlay -o lowerdir=/$place,upperdir=/mnt/$place/upper,workdir=/mnt/$place/work /$place
done
chmod 755 /root  # where this machine keeps its Python
mount -t tmpfs -o mode=755 tmpfs /srv
mount -t tmpfs -o mode=755 tmpfs /run
mkdir -p /run/postgresql && chown postgres:postgres /run/postgresql
ip link set lo up
echo "127.0.0.1 {name}" >> /etc/hosts
rm -rf /etc/nginx/sites-enabled/* /etc/hungdao /var/lib/hungdao
printf '#!/bin/sh\nexec {python} {root}/tests/deploy/systemctl_stand_in.py "$@"\n' > /usr/local/sbin/systemctl
chmod 755 /usr/local/sbin/systemctl
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
unset DJANGO_ALLOW_ASYNC_UNSAFE  # the browser tests'
export CURL_CA_BUNDLE={scratch}/fullchain.pem LC_ALL=C.UTF-8
redis-server --daemonize yes --bind 127.0.0.1 --port 6379 --save "" --appendonly no > /dev/null
install -d -o postgres -g postgres /mnt/data
su postgres -c "{binaries}/initdb -D /mnt/data --auth-local=peer --auth-host=scram-sha-256 > /dev/null"
su postgres -c "{binaries}/pg_ctl -D /mnt/data -w -l /mnt/data/log \
  -o '-c listen_addresses=127.0.0.1 -c fsync=off' start > /dev/null"
for release in 0.1.0 0.2.0; do
  mkdir -p /mnt/releases/$release && tar -x -f {scratch}/release.tar -C /mnt/releases/$release
done
install -d /srv/hungdao-releases
cp -r /mnt/releases/0.1.0 /mnt/releases/0.2.0 /srv/hungdao-releases/
install -d /etc/ssl/hungdao && cp {scratch}/fullchain.pem {scratch}/privkey.pem /etc/ssl/hungdao/
cd /
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What the machine printed: the book's commands, and what the test asks between them after a mark."""
    if not may_make_a_machine():
        pytest.skip("needs root, namespaces with overlays, PostgreSQL, Redis and nginx")
    scratch = tmp_path_factory.mktemp("machine")
    make_certificate(scratch)
    files = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    subprocess.run(
        ["tar", "-c", "-f", str(scratch / "release.tar"), "--null", "--verbatim-files-from", "-T", "-"],
        cwd=ROOT,
        input=files,
        check=True,
    )
    facts = {
        "name": NAME,
        "python": sys.executable,
        "root": ROOT,
        "scratch": scratch,
        "binaries": BINARIES[-1],
    }
    prelude = MACHINE
    for key, value in facts.items():
        prelude = prelude.replace(f"{{{key}}}", str(value))
    ask = f"curl -sS -o /dev/null -o /dev/null -w '%{{http_code}} ' https://{NAME}/xac-minh/ https://{NAME}/static/portal.css\n"
    story = "\n".join(
        [
            prelude,
            "echo '== install'; set -x",
            carried_out("A production machine, from nothing"),
            "set +x; echo; echo '== installed'",
            ask,
            "echo; echo '== upgrade'; set -x",
            carried_out("Upgrading"),
            "set +x; echo; echo '== upgraded'; readlink -f /proc/$(cat /run/stand-in/hungdao-web@2.pid)/cwd",
            ask,
            "echo; echo '== back'; set -x",
            carried_out("Going back"),
            "set +x; echo; echo '== gone back'; readlink -f /proc/$(cat /run/stand-in/hungdao-web@2.pid)/cwd",
            ask,
            "echo; echo '== modes'; stat -c '%U:%G %a %n' /etc/hungdao/environment /var/lib/hungdao/media "
            "/var/lib/hungdao/static/portal.css /var/backups/hungdao",
            "for account in www-data; do setpriv --reuid $account --regid $account --init-groups "
            "cat /var/lib/hungdao/static/portal.css > /dev/null && echo readable; done",
            "echo '== end'",
        ]
    )
    (scratch / "story.sh").write_text(story)
    done = subprocess.run(
        [
            "unshare",
            "-m",
            "-n",
            "-p",
            "-f",
            "--kill-child",
            "--mount-proc",
            "bash",
            str(scratch / "story.sh"),
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=PATIENCE,
    )
    assert done.returncode == 0 and "== end" in done.stdout, done.stdout[-6000:]
    return done.stdout


def between(told, mark):
    return re.search(rf"^== {mark}\n(.*?)^== ", told, re.MULTILINE | re.DOTALL)[1]


def test_the_book_alone_leads_from_an_empty_machine_to_the_running_portal(told):
    installing = between(told, "install")
    assert "System check identified no issues" in installing
    assert re.search(
        r'^\{"status": "ok", "database": "ok", "cache": "ok", "channels": "ok", "worker": "ok"\}',
        installing,
        re.M,
    )
    assert between(told, "installed").split() == ["200", "200"]


def test_the_upgrade_of_the_book_moves_every_process_to_the_new_release(told):
    assert between(told, "upgraded").split() == ["/srv/hungdao-releases/0.2.0", "200", "200"]
    assert "Mọi bộ phận hoạt động bình thường." in between(told, "upgrade")


def test_going_back_by_the_book_serves_the_old_release_on_the_same_data(told):
    assert between(told, "gone back").split() == ["/srv/hungdao-releases/0.1.0", "200", "200"]


def test_secrets_are_for_the_account_and_static_files_for_nginx_too(told):
    lines = between(told, "modes").splitlines()
    assert lines == [
        "root:hungdao 640 /etc/hungdao/environment",
        "hungdao:hungdao 750 /var/lib/hungdao/media",
        "hungdao:hungdao 640 /var/lib/hungdao/static/portal.css",
        "hungdao:hungdao 700 /var/backups/hungdao",
        "readable",
    ]


@pytest.mark.parametrize("old", STAND_INS)
def test_every_stand_in_stands_for_a_line_of_the_book(old):
    lines = "".join(
        each for heading in ("A production machine, from nothing", "Upgrading") for each in blocks(heading)
    )
    assert [line for line in lines.splitlines() if re.fullmatch(old, line)]
