"""The council's board: 300 dossiers × 5 sheets, 50 rows a page, on a database file of its own."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOSSIERS, SEATS, PAGES, RUNS = 300, 5, 6, 12


def run():
    """Queries, milliseconds of CPU and bytes of one page of 50 rows; measured in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "DATABASE_URL": f"sqlite:///{folder}/board.sqlite3",
            "DJANGO_SETTINGS_MODULE": "config.settings.local",
            "MEDIA_ROOT": f"{folder}/media",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "site"), str(ROOT)]),
        }
        done = subprocess.run(
            [sys.executable, "-m", "bench.board"],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
    return json.loads(done.stdout.strip().splitlines()[-1])


def measure():
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    secretary = fill()
    pages = [f"/sang-kien/hoi-dong/?page={number}" for number in range(1, PAGES + 1)]
    pages += ["/sang-kien/hoi-dong/?q=sang+kien", "/sang-kien/hoi-dong/?loc=lech"]
    figures = {"dossiers": DOSSIERS, "sheets": DOSSIERS * SEATS}
    return figures | _ask(secretary, pages)


def _ask(secretary, pages):
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client()
    client.force_login(secretary)
    for _ in range(3):
        client.get(pages[0])
    queries, sizes, times = [], [], []
    for page in pages:
        with CaptureQueriesContext(connection) as caught:
            answer = client.get(page)
        assert answer.status_code == 200, page
        queries.append(len(caught))
        sizes.append(len(answer.content))
    for _ in range(RUNS):
        for page in pages[:PAGES]:
            began = time.process_time()
            client.get(page)
            times.append((time.process_time() - began) * 1000)
    return {
        "rows_a_page": 50,
        "queries_most": max(queries),
        "cpu_ms_median": round(statistics.median(times), 1),
        "cpu_ms_p95": round(sorted(times)[int(len(times) * 0.95)], 1),
        "html_bytes_most": max(sizes),
    }


def fill():
    """A council of five, 300 dossiers in scoring or closed, five sheets each; the secretary's account."""
    from datetime import date, timedelta

    from django.utils import timezone

    from ideas.models import Appointment, Round, Rubric, Seat
    from people.models import Staff, Unit, User

    now = timezone.now()
    appointment = Appointment.objects.create(
        decision_number="1/QĐ-UBND", decided_on=date(2026, 1, 5), start_on=date(2026, 1, 5)
    )
    people = []
    for number, role in enumerate(["chair", "vice_chair", "secretary", "member", "member"], start=1):
        user = User.objects.create_user(f"hd{number}", f"hd{number}@bench.example", is_sample=True)
        staff = Staff.objects.create(staff_code=f"B{number}", full_name=f"Ủy viên {number}", user=user)
        people.append(Seat.objects.create(appointment=appointment, number=number, role=role, staff=staff))
    units = [Unit.objects.create(code=f"U{n}", name=f"Phòng chuyên môn số {n}") for n in range(7)]
    round_ = Round.objects.create(
        year=2026,
        number=1,
        opens_at=now - timedelta(days=60),
        closes_at=now + timedelta(days=30),
        scoring_due_on=timezone.localdate() + timedelta(days=2),
        rubric=Rubric.objects.default(),
        appointment=appointment,
    )
    _dossiers(round_, people, units, now)
    return people[2].staff.user


def _dossiers(round_, seats, units, now):
    from ideas.application.keeping import template_in_force
    from ideas.models import FrozenResult, Initiative, ScoreSheet, SheetPoint, SubmittedVersion
    from ideas.text import title_key

    titles = [
        f"Sáng kiến số {n}: số hóa hồ sơ hộ tịch theo lô bằng máy quét dùng chung" for n in range(DOSSIERS)
    ]
    template = template_in_force()
    initiatives = Initiative.objects.bulk_create(
        Initiative(
            code=f"SK-2026-HD{n:02d}",
            state="evaluated" if n % 3 == 0 else "evaluating",
            state_since=now,
            round=round_,
            rubric=round_.rubric,
            unit=units[n % 7],
            form_template=template,
            title=title,
            title_key=title_key(title),
            submitted_at=now,
            evaluation_number=1,
        )
        for n, title in enumerate(titles)
    )
    versions = SubmittedVersion.objects.bulk_create(
        SubmittedVersion(initiative=i, number=1, payload="{}", sha256="0" * 64, submitted_at=now)
        for i in initiatives
    )
    sheets = ScoreSheet.objects.bulk_create(
        ScoreSheet(
            initiative=initiative,
            evaluation_number=1,
            seat=seat,
            staff=seat.staff,
            version=version,
            **({"state": "submitted", "submitted_at": now} if (n + s) % 3 or n % 3 == 0 else {}),
        )
        for n, (initiative, version) in enumerate(zip(initiatives, versions, strict=True))
        for s, seat in enumerate(seats)
    )
    SheetPoint.objects.bulk_create(
        SheetPoint(sheet=sheet, criterion=criterion.code, points=criterion.max_points / 2)
        for sheet in sheets
        if sheet.state == "submitted"
        for criterion in round_.rubric.rubric.scored
    )
    FrozenResult.objects.bulk_create(
        FrozenResult(
            initiative=initiative,
            evaluation_number=1,
            sequence=1,
            frozen_at=now,
            payload="{}",
            sha256="0" * 64,
            submitted=5,
            expected=5,
            mean="68.20",
            median="70",
            spread="27",
            has_disagreement=n % 2 == 0,
            for_city=n % 5 == 0,
        )
        for n, initiative in enumerate(initiatives)
        if n % 3 == 0
    )


if __name__ == "__main__":
    print(json.dumps(measure()))
