"""The register to Excel: 1,000 and 10,000 dossiers, each file written in a process of its own, so that its
peak of memory is its own."""

import json
import os
import sys
import tempfile
from pathlib import Path

from .databases import printed_by

ROOT = Path(__file__).resolve().parent.parent
FEW, MANY = 1_000, 10_000
BUDGETS = {
    "many.s": ("<=", 10),
    "page_queries_most": ("<=", 25),
    "growth_of_peak_mb": ("<=", 16),  # ten times the rows; flat from a few chunks on
}


def run():
    """Seconds, bytes and peak memory of the file, queries and milliseconds of pages."""
    few, many = _measured(FEW), _measured(MANY)
    return {
        "few": few,
        "many": many,
        "growth_of_peak_mb": round(many["peak_mb"] - few["peak_mb"], 1),
        "page_queries_most": max(few["page_queries"], many["page_queries"]),
    }


def _measured(count):
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "DATABASE_URL": f"sqlite:///{folder}/register.sqlite3",
            "DJANGO_SETTINGS_MODULE": "config.settings.local",
            "MEDIA_ROOT": f"{folder}/media",
            "REDIS_URL": "",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "site"), str(ROOT)]),
        }
        printed_by("bench.register", environment | {"BENCH_FILL": str(count)})
        return printed_by("bench.register", environment)


def fill(count):
    """`count` dossiers received over five years, half of them recognised, with two authors each."""
    from datetime import date, timedelta

    from django.core.management import call_command
    from django.utils import timezone

    from ideas.application.keeping import template_in_force
    from ideas.models import Field, Initiative, Round
    from ideas.text import title_key
    from people.models import Unit

    from .board import fill as fill_board

    call_command("migrate", verbosity=0)
    fill_board()
    now, today, template = timezone.now(), timezone.localdate(), template_in_force()
    round_, units, fields = Round.objects.get(), list(Unit.objects.all()), list(Field.objects.all())
    for start in range(0, count, 1_000):
        made = []
        for n in range(start, min(start + 1_000, count)):
            title = f"Sáng kiến số {n}: số hóa hồ sơ hộ tịch theo lô bằng máy quét dùng chung của tổ dân phố"
            made.append(
                Initiative(
                    code=f"SK-{2022 + n % 5}-BE{n}",
                    state="recognised" if n % 2 else ("declined", "withdrawn", "refused")[n % 3],
                    state_since=now,
                    round=round_,
                    unit=units[n % len(units)],
                    field=fields[n % len(fields)],
                    form_template=template,
                    title=title,
                    title_key=title_key(title),
                    investor="Ủy ban nhân dân phường Hưng Đạo",
                    description="Quét theo lô. " * 300,
                    submitted_at=now,
                    received_on=date(2022 + n % 5, 1 + n % 12, 1 + n % 28),
                    receipt_number=n + 1,
                    accepted_on=today - timedelta(days=90),
                    decision_due_on=today,
                    first_applied_on=today - timedelta(days=200),
                    evaluation_number=1,
                    public_reason="" if n % 2 else "Trùng với quy trình đã ban hành.",
                )
            )
        _around(Initiative.objects.bulk_create(made), today, now)
    return {"dossiers": count}


def _around(initiatives, today, now):
    """Authors, results, decisions and certificates of a batch."""
    from ideas.models import Author, Decision, FrozenResult, InitiativeCertificate
    from papers.models import Certificate

    authors = Author.objects.bulk_create(
        Author(
            initiative=one,
            order=place,
            full_name=f"Nguyễn Thị Ngọc Quỳnh {one.pk}",
            share=share,
            is_main=not place,
        )
        for one in initiatives
        for place, share in enumerate((60, 40))
    )
    FrozenResult.objects.bulk_create(
        FrozenResult(
            initiative=one,
            evaluation_number=1,
            sequence=1,
            frozen_at=now,
            payload="{}",
            sha256="0" * 64,
            submitted=5,
            expected=5,
            mean="86.40",
        )
        for one in initiatives
    )
    recognised = {one.pk: one for one in initiatives if one.state == "recognised"}
    Decision.objects.bulk_create(
        Decision(initiative=one, kind="recognise", number=f"{one.pk}/QĐ-UBND", decided_on=today)
        for one in recognised.values()
    )
    papers = Certificate.objects.bulk_create(
        Certificate(
            kind="initiative",
            year=today.year,
            sequence=author.pk,
            number=f"{author.pk}/GCN-UBND",
            issued_on=today,
            code=f"{author.pk:08d}",
            holder_name=author.full_name,
            title="Sáng kiến",
            data={"title": "Sáng kiến", "summary": "Tóm tắt. " * 50},
        )
        for author in authors
        if author.initiative_id in recognised
    )
    InitiativeCertificate.objects.bulk_create(
        InitiativeCertificate(author_id=paper.sequence, certificate=paper) for paper in papers
    )


def measure():
    """One file written as the view writes it, then pages and the yearly report through a client."""
    import resource
    import time

    from ideas.register.asking import Asked, rows
    from ideas.register.lines import Lines
    from ideas.register.workbook import write_register
    from people.models import User

    secretary, asked = User.objects.get(username="hd3"), Asked()
    began = time.perf_counter()
    with tempfile.TemporaryFile() as file:
        write_register(file, Lines(secretary).all_of(rows(asked)), asked)
        seconds, size = time.perf_counter() - began, file.seek(0, 2)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"s": round(seconds, 2), "bytes": size, "peak_mb": round(peak, 1)} | _pages(secretary)


def _pages(secretary):
    import time

    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client()
    client.force_login(secretary)
    book = "/sang-kien/so-theo-doi/"
    queries, figures = [], {}
    for name, address in (
        ("page_ms", f"{book}?nam="),
        ("last_page_ms", f"{book}?nam=&page=9999"),
        ("report_ms", f"{book}bao-cao/{timezone.localdate().year}/"),
    ):
        client.get(address)
        with CaptureQueriesContext(connection) as caught:
            answer = client.get(address)
        assert answer.status_code == 200, address
        queries += [len(caught)] if name != "report_ms" else []
        began = time.perf_counter()
        client.get(address)
        figures[name] = round((time.perf_counter() - began) * 1000)
    return figures | {"page_queries": max(queries)}


if __name__ == "__main__":
    import django

    django.setup()
    count = int(os.environ.get("BENCH_FILL", "0"))
    print(json.dumps(fill(count) if count else measure()))
    sys.exit(0)
