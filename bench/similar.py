"""Similar work among 10,000 dossiers of the bulk samples: the hint while somebody types (as the server makes
the whole answer, without the network), and what the council's page asks over everything submitted.

The bulk has twenty subjects told five hundred times each, so every answer has hundreds of near duplicates to
choose among: more to compare than a ward will have.
"""

import json
import statistics
import sys
import tempfile
import time

from .databases import on_both

DOSSIERS, RUNS = 10_000, 15
LIMIT_MS = 100
TYPED = {
    "title": {"title": "Ma QR tren phieu hen, nhan tin nhac nguoi dan ngay tra ket qua"},
    "half_title": {"title": "Thu phí chợ không dùng"},
    "common_words": {"title": "Hồ sơ một cửa của người dân tại phường theo tổ dân phố"},
    "nothing": {"title": "Vườn ươm giống lan bản địa trên sân thượng nhà văn hóa"},
    "all": None,  # title, problem and solution of one of the subjects
}
BUDGETS = {f"sqlite.{name}_ms": ("<=", LIMIT_MS) for name in (*TYPED, "council")}
BUDGETS |= {"sqlite.queries_most": ("<=", 8), "sqlite.council_queries": ("<=", 4)}
_WITH_POSTGRESQL = {path.replace("sqlite", "postgresql"): budget for path, budget in BUDGETS.items()}


def run():
    with tempfile.TemporaryDirectory() as folder:
        figures = on_both("bench.similar", folder)
    if "postgresql" in figures:
        BUDGETS.update(_WITH_POSTGRESQL)
    return figures


# ---- inside the process of one database


def measure():
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    began = time.monotonic()
    call_command("load_plan", stdout=sys.stderr)
    call_command("load_samples", initiatives=DOSSIERS, years=4, stdout=sys.stderr)
    filled = round(time.monotonic() - began, 1)
    if connection.vendor == "postgresql":  # as autovacuum leaves it a minute later
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    return _compared() | {"filled_s": filled} | _hints() | _council()


def _compared():
    from ideas.models import ComparedText, Initiative

    return {
        "dossiers": Initiative.objects.count(),
        "submitted": ComparedText.objects.count(),
        "published": Initiative.objects.published().count(),
    }


def _hints():
    """Milliseconds of one answer to an author, with the limit of one a second lifted between them."""
    from django.core.cache import cache
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from ideas.samples import texts
    from people.models import User

    author, client = User.objects.get(username="tacgia"), Client()
    client.force_login(author)
    told = texts.initiatives()[3]
    everything = {"title": told["title"]} | {n: told["texts"][n] for n in ("problem", "description")}
    figures, queries = {}, []
    for name, typed in TYPED.items():
        spent = []
        for _ in range(RUNS + 1):
            cache.delete(f"similar-asked-{author.pk}")
            with CaptureQueriesContext(connection) as caught:
                began = time.perf_counter()
                answer = client.post("/sang-kien/ho-so/tuong-tu/", typed or everything)
                spent.append((time.perf_counter() - began) * 1000)
            assert answer.status_code == 200, name
        found = answer.content.count(b"<li>")
        assert (found == 0) if name == "nothing" else (name == "common_words" or 0 < found <= 3), name
        queries.append(len(caught))
        figures[f"{name}_ms"] = round(statistics.median(spent[1:]), 1)
    return figures | {"queries_most": max(queries)}


def _council():
    """What the secretary's page of one dossier asks besides: similar ones over all that was submitted."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from ideas.models import Initiative
    from ideas.similarity.showing import similar_for_judges
    from people.models import User

    secretary = User.objects.get(username="thuky")
    judged = (
        Initiative.objects.for_workflow()
        .visible_to(secretary)
        .filter(state="evaluating")
        .order_by("-pk")
        .first()
    )
    submitted = json.loads(judged.versions.get().payload)
    spent = []
    for _ in range(RUNS + 1):
        with CaptureQueriesContext(connection) as caught:
            began = time.perf_counter()
            cards = similar_for_judges(secretary, judged, submitted)
            spent.append((time.perf_counter() - began) * 1000)
    assert len(cards) == 3
    return {"council_ms": round(statistics.median(spent[1:]), 1), "council_queries": len(caught)}


if __name__ == "__main__":
    print(json.dumps(measure()))
