"""Search over 50,000 published things: rare words, words that stand in everything, a word just begun.

A thing has a title of 8 words and a text of 30; the milliseconds are of the whole page of results, as the
server makes it (without the network).
"""

import json
import random
import statistics
import tempfile
import time
from datetime import date, timedelta

from .databases import on_both

THINGS, RUNS = 50_000, 7
SYLLABLES = """
đổi mới sáng tạo số hóa hồ sơ hộ tịch công dân kiến nghị phường dữ liệu trợ lý ảo họp không giấy văn
bản thủ tục hành chính một cửa trẻ em môi trường rác thải phân loại tổ dân phố an ninh trật tự học
tập kỹ năng quét mã thanh toán trực tuyến bản đồ quy hoạch đất đai thuế phí chợ truyền thống giao
thông đèn chiếu sáng
""".split()  # noqa: SIM905 a list of them would be a page long
ASKED = {
    "rare": "qzx",
    "common": "số hóa",
    "without_accents": "doi moi sang tao",
    "begun": "k",
    "two_letters": "tr",
    "narrowed": "hồ sơ&loai=news&nam=2025",
    "nothing": "khongcogi",
}
LIMIT_MS = 100
BUDGETS = {f"sqlite.{name}_ms": ("<=", LIMIT_MS) for name in ASKED} | {"sqlite.queries_most": ("<=", 5)}
_WITH_POSTGRESQL = {path.replace("sqlite", "postgresql"): budget for path, budget in BUDGETS.items()}


def run():
    with tempfile.TemporaryDirectory() as folder:
        figures = on_both("bench.search", folder)
    if "postgresql" in figures:
        BUDGETS.update(_WITH_POSTGRESQL)
    return figures


# ---- inside the process of one database


def measure():
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    settings.ALLOWED_HOSTS = ["testserver"]
    began = time.monotonic()
    _fill()
    return {"things": THINGS, "filled_s": round(time.monotonic() - began, 1)} | _asked()


def _fill():
    from django.db import connection

    from portal.models import SearchEntry
    from portal.search.index import row_of
    from portal.search.registry import Found

    chance, first = random.Random(178), date(2022, 1, 1)
    kinds = ("news", "document", "page", "initiative", "session")

    def words(count):
        return " ".join(chance.choices(SYLLABLES, k=count))

    rows = (
        row_of(
            kinds[number % len(kinds)],
            Found(
                object_id=f"bench-{number}",
                title=words(8) + (" qzx" if number % 5_000 == 0 else ""),
                url=f"/bench/{number}/",
                text=words(30),
                day=first + timedelta(days=number % 1_700),
            ),
        )
        for number in range(THINGS)
    )
    SearchEntry.objects.bulk_create(rows, batch_size=1_000)
    if connection.vendor == "postgresql":  # as autovacuum leaves it a minute later
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE portal_searchentry")


def _asked():
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client, figures, queries = Client(), {}, []
    client.get("/tim-kiem/")  # as any page before it: the links of the frame are known
    for name, query in ASKED.items():
        address = f"/tim-kiem/?q={query}"
        with CaptureQueriesContext(connection) as caught:
            client.get(address)
        queries.append(len(caught))
        spent = []
        for _ in range(RUNS):
            began = time.perf_counter()
            answer = client.get(address)
            spent.append((time.perf_counter() - began) * 1000)
            assert answer.status_code == 200, address
        figures[f"{name}_ms"] = round(statistics.median(spent), 1)
    return figures | {"queries_most": max(queries)}


if __name__ == "__main__":
    print(json.dumps(measure()))
