"""Was this page useful? Asked at the end of every public page, answered without a sign-in.

The page is kept for everybody, so its form holds no token and sets no cookie. In the token's place stands
where the browser says the request comes from: a page elsewhere cannot send one that says "from here". All
that is kept is a number for each page, day and answer.
"""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from wagtail.models import Page

from trust.limits import WrongTries

from .models import Answer, PageRating

SHOWN_DAYS = 90
THANKS = "#cam-on"  # the sentence of thanks in the page
ANSWERS_OF_ONE = WrongTries("page-rating", most=20, seconds=600)  # here every answer counts, none is wrong


@csrf_exempt  # see above
@require_POST
def rate(request):
    """Counts `answer` for `page` and leads back to it; 204 where the page's own script asks."""
    if not comes_from_here(request):
        raise PermissionDenied
    page = _rated_page(request.POST.get("page", ""))
    answer = request.POST.get("answer", "")
    if page is None or answer not in Answer.values:
        raise Http404
    if ANSWERS_OF_ONE.used_up(request):
        response = render(request, "errors/429.html", {"minutes": ANSWERS_OF_ONE.minutes}, status=429)
        response.headers["Retry-After"] = str(ANSWERS_OF_ONE.seconds)
        return response
    ANSWERS_OF_ONE.add(request)
    count(page, answer, timezone.localdate())
    if request.headers.get("Sec-Fetch-Mode") == "cors":
        return HttpResponse(status=204)
    return HttpResponseRedirect(f"{page.url}{THANKS}", status=303)


def comes_from_here(request):
    """By Sec-Fetch-Site, which no script can set; by Origin in browsers that do not send it. Neither: no."""
    fetched_from = request.headers.get("Sec-Fetch-Site")
    if fetched_from is not None:
        return fetched_from == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def _rated_page(key):
    if not (key.isascii() and key.isdigit() and len(key) < 10):
        return None
    return Page.objects.live().public().filter(pk=key, depth__gt=1).first()


def count(page, answer, day):
    """One more: the database adds, so answers sent at once all count."""
    key = {"page": page, "day": day, "answer": answer}
    PageRating.objects.get_or_create(**key)
    PageRating.objects.filter(**key).update(count=F("count") + 1)


def rated_pages(today=None):
    """Pages rated within the last 90 days with `yes`, `partly`, `no`; most answers first."""
    since = (today or timezone.localdate()) - timedelta(days=SHOWN_DAYS)
    recent = Q(ratings__day__gt=since)
    sums = {
        code: Coalesce(Sum("ratings__count", filter=recent & Q(ratings__answer=code)), 0)
        for code in Answer.values
    }
    rows = Page.objects.filter(pk__in=PageRating.objects.filter(day__gt=since).values("page"))
    return rows.annotate(**sums).order_by(-(F("yes") + F("partly") + F("no")), "pk")
