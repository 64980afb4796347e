"""The roll of 200 people on a phone, and 200 people scanning one code, over HTTP against a real server.

A tick is stored within 100 ms; of 200 people who scan within 30 seconds, each pressing twice, all are stored
and none twice. `python -m bench.roll` prints JSON.
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
from datetime import datetime, timedelta

from .server import ROOT, Daphne

PEOPLE = 200
WITHIN = 20.0  # seconds over which the scans begin; the last answers come within 30
BUDGETS = {
    "tick_ms.p95": ("<=", 100),
    "ticks_stored": ("==", PEOPLE),
    "scans.stored": ("==", PEOPLE),
    "scans.twice": ("==", 0),
    "scans.refused": ("==", 0),
    "scans.all_within_s": ("<=", 30),
}


def run() -> dict:
    """Measures in a child process, so that the caller's settings and database are left alone."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
            "REDIS_URL": "",
            "SECRET_KEY": "only-for-the-bench-" + "0123456789abcdef" * 4,
            "PYTHONPATH": os.pathsep.join([str(ROOT / "site"), str(ROOT)]),
        }
        done = subprocess.run(
            [sys.executable, "-m", "bench.roll", "--inside"],
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
    organiser, people = _people()
    with Daphne({}) as server:
        return _ticks(server, organiser, people) | {"scans": _scans(server, organiser, people)}


def _people():
    """The organiser, and [(staff key, cookie)]."""
    from people.models import ServiceSpell, Staff, User

    from .live import make_people

    accounts = make_people(PEOPLE + 1)
    staff = [
        Staff(staff_code=f"B{n:04d}", full_name=f"Người {n}", user_id=key)
        for n, (key, _c) in enumerate(accounts)
    ]
    for person in staff:
        person.set_keys()
    Staff.objects.bulk_create(staff)
    ServiceSpell.objects.bulk_create(
        ServiceSpell(staff=person, category="CC", start_on="2020-01-01") for person in staff
    )
    (key, cookie), *rest = accounts
    people = [(person.pk, cookie) for person, (_key, cookie) in zip(staff[1:], rest, strict=True)]
    return (User.objects.get(pk=key), cookie), people


def _session(code, organiser, people):
    """Held right now, everybody on the list."""
    from django.utils import timezone

    from training.models import Course, Enrolment, Session

    now = timezone.localtime()
    first, last = (now - timedelta(minutes=10)), (now + timedelta(hours=2))
    same_day = datetime.combine(now.date(), datetime.min.time(), now.tzinfo)
    begins = max(first, same_day).time().replace(second=0, microsecond=0)
    ends = min(last, same_day + timedelta(hours=23, minutes=59)).time().replace(second=0, microsecond=0)
    course, _made = Course.objects.get_or_create(code="BENCH", defaults={"name": "Bench", "topics": [1]})
    session = Session.objects.create(
        code=code,
        course=course,
        held_on=now.date(),
        starts_at=begins,
        ends_at=ends,
        credit_minutes=1,
        state="open",
        organiser=organiser,
    )
    Enrolment.objects.bulk_create(
        Enrolment(session=session, staff_id=key, state="invited", asked_at=now, changed_at=now)
        for key, _cookie in people
    )
    return session


def _ticks(server, organiser, people):
    from django.urls import reverse

    from training.models import Attendance

    (user, cookie), times = organiser, []
    session = _session("BENCH-ROLL", user, people)
    address = reverse("training:roll_tick", args=[session.code])
    browser = Browser(server, cookie)
    for key, _cookie in people:
        began = time.perf_counter()
        browser.post(address, {"staff": key, "status": "present"})
        times.append((time.perf_counter() - began) * 1000)
    return {
        "tick_ms": {
            "median": round(statistics.median(times), 1),
            "p95": round(sorted(times)[int(len(times) * 0.95)], 1),
        },
        "ticks_stored": Attendance.objects.filter(session=session).count(),
    }


def _scans(server, organiser, people):
    from django.db.models import Count
    from django.urls import reverse
    from django.utils import timezone

    from training import checkin
    from training.models import Attendance, AttendanceEvent

    session = _session("BENCH-QR", organiser[0], people)
    rng = random.Random(2026)
    waits = [rng.uniform(0, WITHIN) for _person in people]
    began = time.monotonic()

    def scan(cookie, wait):
        """What the phone does: opens the address of the code, follows to the claim, presses twice."""
        time.sleep(wait)
        browser = Browser(server, cookie)
        token = checkin.token_at(session.code, timezone.now())
        try:
            claim = browser.get(reverse("training:scan", args=[session.code, token]))
            for _press in range(2):
                browser.post(claim, {})
        except urllib.error.HTTPError as refused:
            return refused.code
        return 200

    with ThreadPoolExecutor(PEOPLE) as phones:
        answers = list(phones.map(scan, (cookie for _key, cookie in people), waits))
    events = AttendanceEvent.objects.filter(session=session)
    return {
        "stored": Attendance.objects.filter(session=session, status="present").count(),
        "twice": events.values("staff").annotate(n=Count("pk")).filter(n__gt=1).count(),
        "refused": sum(answer != 200 for answer in answers),
        "all_within_s": round(time.monotonic() - began, 1),
    }


class Browser:
    """A signed-in browser, just enough of one."""

    TOKEN = "0123456789abcdefghijklmnopqrstuv"  # of a cookie we set ourselves

    def __init__(self, server, cookie):
        self.origin, self.headers = server.origin, {"Cookie": f"{cookie}; csrftoken={self.TOKEN}"}

    def get(self, path):
        """The path where redirects end."""
        return self._ask(urllib.request.Request(self.origin + path, headers=self.headers))

    def post(self, path, data):
        body = urllib.parse.urlencode(data | {"csrfmiddlewaretoken": self.TOKEN}).encode()
        return self._ask(urllib.request.Request(self.origin + path, data=body, headers=self.headers))

    def _ask(self, request):
        with urllib.request.urlopen(request, timeout=60) as answer:
            answer.read()
            return urllib.parse.urlsplit(answer.url).path


if __name__ == "__main__":
    print(json.dumps(measure() if sys.argv[1:] == ["--inside"] else run()))
