"""The portal's addresses, `/bench/tell/` (an announcement made by a request of the server) and `/bench/bare/`
(a view that does nothing but answer the bytes of the file that BENCH_PAGE names)."""

import os
import time
from functools import cache
from pathlib import Path

from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from config.urls import handler403, handler404, handler500  # noqa: F401
from config.urls import urlpatterns as portal_urls
from notifications.events import Mail, announce, declare

TOLD = declare("bench.told", "Open dossier %(code)s", category="portal", mail=Mail.NEVER)


@csrf_exempt
def tell(request):
    """Announces to the accounts named; answers the moment of the commit and how long the request took."""
    began = time.time()
    committed = []
    with transaction.atomic():
        transaction.on_commit(lambda: committed.append(time.time()))
        announce(TOLD, [int(key) for key in request.POST["to"].split(",")], link="/", subject="SK-2026-HD15")
    return JsonResponse({"committed": committed[0], "took": time.time() - began})


@cache
def _page():
    return Path(os.environ["BENCH_PAGE"]).read_bytes()


def bare(request):
    return HttpResponse(_page())


urlpatterns = [path("bench/tell/", tell), path("bench/bare/", bare), *portal_urls]
