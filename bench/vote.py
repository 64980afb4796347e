"""500 votes for one entry within ten seconds, over HTTP against a real server of one process.

Each voter has proven a mailbox before and presses "Vote" twice: every vote is stored once, and the second
press is answered with the first vote. The seconds grow with whatever else the machine does; what the server
itself spends on a vote stands beside them. `python -m bench.vote` prints JSON.
"""

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

from .server import ROOT, Daphne

VOTERS = 500
AT_ONCE = 50  # connections
WITHIN = 10  # seconds, from the first press to the last answer
BUDGETS = {
    "stored": ("==", VOTERS),
    "voters": ("==", VOTERS),
    "refused": ("==", 0),
    "all_within_s": ("<=", WITHIN),
    "server_cpu_ms_each": ("<=", WITHIN * 1000 / VOTERS),
    "second_press.stored": ("==", VOTERS),
    "second_press.refused": ("==", 0),
}


def run() -> dict:
    """Measures in a child process, so that the caller's settings and database are left alone."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "bench.vote_settings",
            "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
            "MEDIA_ROOT": f"{folder}/media",
            "REDIS_URL": "",
            "SECRET_KEY": "only-for-the-bench-" + "0123456789abcdef" * 4,
            "PYTHONPATH": os.pathsep.join([str(ROOT / "site"), str(ROOT)]),
        }
        done = subprocess.run(
            [sys.executable, "-m", "bench.vote", "--inside"],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            check=True,
        )
    return json.loads(done.stdout.splitlines()[-1])


def measure():
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from competitions.models import Vote

    path, cookies = _competition(), _voters()
    with Daphne({}) as server:
        _press(server, path, cookies.pop(), 0)  # the first request imports
        Vote.objects.all().delete()
        figures = _all_press(server, path, cookies)
        again = _all_press(server, path, cookies)
    return figures | {"second_press": {key: again[key] for key in ("stored", "refused", "all_within_s")}}


def _competition():
    """The address of one of 20 entries of a vote that runs."""
    from django.utils import timezone

    from competitions import consenting
    from competitions.models import (
        CompetitionIndexPage,
        CompetitionPage,
        Entry,
        EntryVersion,
        Participant,
        Participation,
        Phase,
    )
    from portal.tree import ensure_site
    from trust.consents import set_consents

    now = timezone.now().replace(second=0, microsecond=0)
    index = ensure_site().add_child(instance=CompetitionIndexPage(title="Cuộc thi", slug="cuoc-thi"))
    competition = index.add_child(
        instance=CompetitionPage(title="Bench", slug="bench", code="CT-2026-01", blueprint="ideas")
    )
    day = timedelta(days=1)
    for code, opens, closes in [("entry", -9, -3), ("vote", -1, 1)]:
        Phase.objects.create(
            competition=competition, code=code, opens_at=now + opens * day, closes_at=now + closes * day
        )
    for number in range(1, 21):
        entry = Entry.objects.create(
            competition=competition, state="submitted", number=number, code=f"CT-2026-01-{number:03d}"
        )
        payload = {"format": 1, "title": f"Bài {number}", "text": "Lời.", "files": [], "team": []}
        EntryVersion.objects.create(
            entry=entry, number=1, submitted_at=now, payload=json.dumps(payload), sha256="0" * 64
        )
        leader = Participant.objects.create(email=f"l{number}@x.example", email_key=f"l{number}@x.example")
        Participation.objects.create(
            competition=competition, entry=entry, participant=leader, role="leader", joined_at=now
        )
        publish = [consenting.PUBLISH_ENTRY]
        set_consents(consenting.subject_of(leader, competition), publish, publish, now)
    return f"/cuoc-thi/bench/binh-chon/{entry.code}/"


def _voters():
    """Cookies of people who have proven a mailbox, one more than are measured."""
    from django.conf import settings
    from django.contrib.sessions.backends.db import SessionStore

    from competitions.models import Participant
    from competitions.visitors import SESSION_ENTRY

    people = Participant.objects.bulk_create(
        Participant(email=f"v{n}@x.example", email_key=f"v{n}@x.example") for n in range(VOTERS + 1)
    )
    cookies = []
    for person in people:
        session = SessionStore()
        session[SESSION_ENTRY] = {"pk": person.pk, "at": time.time()}
        session.save()
        cookies.append(f"{settings.SESSION_COOKIE_NAME}={session.session_key}")
    return cookies


def _all_press(server, path, cookies):
    """Everybody presses within a few seconds; what became of it."""
    from competitions.models import Vote

    rng = random.Random(2026)
    jobs = list(enumerate(cookies))
    rng.shuffle(jobs)
    began, spent_before = time.perf_counter(), _cpu_seconds(server)
    with ThreadPoolExecutor(AT_ONCE) as phones:
        answers = list(phones.map(lambda job: _press(server, path, job[1], job[0]), jobs))
    took = time.perf_counter() - began
    spent = [milliseconds for _status, milliseconds in answers]
    return {
        "stored": Vote.objects.count(),
        "voters": Vote.objects.values("participant").distinct().count(),
        "refused": sum(status != 302 for status, _milliseconds in answers),
        "all_within_s": round(took, 2),
        "votes_per_s": round(len(jobs) / took, 1),
        "server_cpu_ms_each": round((_cpu_seconds(server) - spent_before) * 1000 / len(jobs), 1),
        "answer_ms": {
            "median": round(statistics.median(spent), 1),
            "p95": round(sorted(spent)[int(len(spent) * 0.95)], 1),
        },
    }


def _cpu_seconds(server):
    """What the server's process has spent so far (Linux)."""
    fields = Path(f"/proc/{server.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args, **kwargs):
        return None


_opener = urllib.request.build_opener(_NoRedirect)
TOKEN = "0123456789abcdefghijklmnopqrstuv"  # of a cookie we set ourselves


def _press(server, path, cookie, number):
    """(status, milliseconds) of one vote; the redirect is not followed."""
    data = urllib.parse.urlencode({"consent": "on", "csrfmiddlewaretoken": TOKEN}).encode()
    headers = {
        "Cookie": f"{cookie}; csrftoken={TOKEN}",
        "X-Forwarded-For": f"198.18.{number // 250}.{number % 250 + 1}",
    }
    began = time.perf_counter()
    try:
        with _opener.open(
            urllib.request.Request(server.origin + path, data=data, headers=headers), timeout=60
        ) as answer:
            status = answer.status
    except urllib.error.HTTPError as other:
        status = other.code
    return status, (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    print(json.dumps(measure() if sys.argv[1:] == ["--inside"] else run()))
