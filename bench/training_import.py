"""An office's file of 5,000 rows of attendance: 1,000 people, five sessions; preview, then writing."""

import io
import json
import os
import resource
import subprocess
import sys
import time
from datetime import date, timedelta
from datetime import time as clock
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PEOPLE, SESSIONS = 1_000, 5
BUDGETS = {"preview_s": ("<=", 10), "rss_mb": ("<=", 250), "apply_s": ("<=", 5)}


def run():
    """Seconds and peak memory of preview and writing, in a process of its own so that the peak is its own."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.training_import"],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT / "site"), str(ROOT)])},
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
    user, content = fill()
    return _through_the_page(user, content)


def _through_the_page(user, content):
    from training.imports import apply, begin, read

    began = time.perf_counter()
    batch = begin(user, io.BytesIO(content), "diem-danh.xlsx")
    read(batch.pk)
    previewed = time.perf_counter()
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    batch.refresh_from_db()
    started = time.perf_counter()
    outcome = apply(user, batch.pk)
    applied = time.perf_counter()
    assert outcome.is_written, outcome
    return {
        "rows": batch.rows_total,
        "file_kb": round(len(content) / 1024),
        "preview_s": round(previewed - began, 2),
        "rss_mb": round(rss),
        "apply_s": round(applied - started, 2),
    }


def fill():
    """People in service, a course and its confirmed sessions; the file that marks everybody present."""
    from people.models import ServiceSpell, Staff, User
    from people.roles import Role, set_up_role
    from people.workbook import write_workbook
    from training.models import Course, Session
    from training.workbook.sheets import ATTENDANCE

    user = User.objects.create_user("daotao", "daotao@bench.example", is_sample=True)
    set_up_role(user, Role.TRAINING_OFFICER, "bench")
    people = [Staff(staff_code=f"HD-{n:04d}", full_name=f"Nguyễn Thị Người Số {n}") for n in range(PEOPLE)]
    for one in people:
        one.set_keys()
    Staff.objects.bulk_create(people)
    since = date(2020, 1, 1)
    ServiceSpell.objects.bulk_create(
        ServiceSpell(staff=one, category="CC", start_on=since) for one in Staff.objects.all()
    )
    course = Course.objects.create(code="KNS", name="Kỹ năng số", topics=[1])
    codes = [f"KNS-{n:02d}" for n in range(SESSIONS)]
    Session.objects.bulk_create(
        Session(
            code=code,
            course=course,
            held_on=date(2026, 1, 1) + timedelta(days=n),
            starts_at=clock(8),
            ends_at=clock(11),
            credit_minutes=180,
            state="confirmed",
        )
        for n, code in enumerate(codes)
    )
    rows = [
        [code, one.staff_code, one.full_name, "có mặt" if n % 7 else "muộn", None if n % 7 else 120]
        for code in codes
        for n, one in enumerate(people)
    ]
    headings = [(column.heading, column.width) for column in ATTENDANCE.columns]
    return user, write_workbook([(ATTENDANCE.title, headings, rows)])


if __name__ == "__main__":
    print(json.dumps(measure()))
