"""Was this page useful? Asked at the end of every page that has an address of its own (`portal.sharing`),
answered without a sign-in.

The page is kept for everybody, so its form holds no token and sets no cookie. In the token's place stands
where the browser says the request comes from: a page elsewhere cannot send one that says "from here". Which
page it is, is signed: nobody can make up addresses to be counted. All that is kept is a number for each page,
day and answer.
"""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.signing import BadSignature, Signer
from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from trust.limits import WrongTries

from .models import Answer, PageRating, RatedPage

SHOWN_DAYS = 90
THANKS = "#cam-on"  # the sentence of thanks in the page
ANSWERS_OF_ONE = WrongTries("page-rating", most=20, seconds=600)  # here every answer counts, none is wrong
_SIGNER = Signer(salt="portal.rating")
_LONGEST_PATH = RatedPage._meta.get_field("path").max_length
_LONGEST_TITLE = RatedPage._meta.get_field("title").max_length


def key_of(path, title) -> str:
    """What the form of the page at `path` sends along; the same for everybody. Empty where nobody is asked,
    and where the address is too long to be kept."""
    if not 0 < len(path) <= _LONGEST_PATH:
        return ""
    return _SIGNER.sign_object([path, str(title)[:_LONGEST_TITLE]])


def _page_of(key):
    """[path, title] of a key of ours, or None."""
    try:
        return _SIGNER.unsign_object(key)
    except BadSignature:
        return None


@csrf_exempt  # see above
@require_POST
def rate(request):
    """Counts `answer` for `page` and leads back to it; 204 where the page's own script asks."""
    if not comes_from_here(request):
        raise PermissionDenied
    page = _page_of(request.POST.get("page", ""))
    answer = request.POST.get("answer", "")
    if page is None or answer not in Answer.values:
        raise Http404
    if ANSWERS_OF_ONE.used_up(request):
        response = render(request, "errors/429.html", {"minutes": ANSWERS_OF_ONE.minutes}, status=429)
        response.headers["Retry-After"] = str(ANSWERS_OF_ONE.seconds)
        return response
    ANSWERS_OF_ONE.add(request)
    path, title = page
    count(path, title, answer, timezone.localdate())
    if request.headers.get("Sec-Fetch-Mode") == "cors":
        return HttpResponse(status=204)
    return HttpResponseRedirect(f"{path}{THANKS}", status=303)


def comes_from_here(request):
    """By Sec-Fetch-Site, which no script can set; by Origin in browsers that do not send it. Neither: no."""
    fetched_from = request.headers.get("Sec-Fetch-Site")
    if fetched_from is not None:
        return fetched_from == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def count(path, title, answer, day):
    """One more: the database adds, so answers sent at once all count."""
    page, _created = RatedPage.objects.get_or_create(path=path, defaults={"title": title})
    if page.title != title and translation.get_language() == settings.LANGUAGE_CODE:
        RatedPage.objects.filter(pk=page.pk).update(title=title)  # editors read it as it stands there now
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
    rows = RatedPage.objects.filter(pk__in=PageRating.objects.filter(day__gt=since).values("page"))
    return rows.annotate(**sums).order_by(-(F("yes") + F("partly") + F("no")), "pk")
