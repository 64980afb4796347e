"""The survey as people meet it: on their telephone or at a kiosk. No account, no cookie, no script needed.

No token of ours stands in these forms: it would need a cookie. What the page carries is signed instead
(`survey.answering`), and an answer does nothing in anybody's name.
"""

from urllib.parse import urlencode

from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from papers.codes import typed
from trust.answers import by_code, too_many

from ..forms.survey import SurveyForm
from ..models import Way
from ..survey import answering, points
from ..survey.refusing import SENTENCES, Refused

KEY = "may"  # which kiosk it is (`answering.kiosk_key`)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def answer(request, code):
    return _asked(request, code, Way.QR)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def kiosk(request, code):
    return _asked(request, code, Way.KIOSK)


@require_safe
@never_cache
def thanks(request, code):
    return _thanked(request, code, "plan/survey/thanks.html")


@require_safe
@never_cache
def kiosk_thanks(request, code):
    return _thanked(request, code, "plan/survey/kiosk_thanks.html")


_PAGES = {
    Way.QR: ("plan/survey/answer.html", "survey:thanks"),
    Way.KIOSK: ("plan/survey/kiosk.html", "survey:kiosk_thanks"),
}


def _asked(request, code, way):
    point, refused = _found_by(request, code)
    if refused:
        return refused
    if request.method != "POST":
        return _page(request, point, way, SurveyForm(initial={"stamp": answering.new_stamp()}))
    form = SurveyForm(request.POST)
    limit = answering.limit_of(point, way, request.GET.get(KEY, ""))
    if limit.used_up(request):
        form.add_error(None, SENTENCES["too_many"])
        response = _page(request, point, way, form, status=429)
        response.headers["Retry-After"] = str(limit.seconds)
        return response
    if not form.is_valid():
        return _page(request, point, way, form, status=422)
    given = dict(form.cleaned_data)
    try:
        if answering.take(point, way, given.pop("stamp"), **given):
            limit.add(request)
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return _page(request, point, way, form, status=422)
    return redirect(reverse(_PAGES[way][1], args=[point.code]) + _kept_key(request))


def _kept_key(request):
    """A kiosk comes back to the address it was opened by."""
    key = request.GET.get(KEY, "")
    return f"?{urlencode({KEY: key})}" if key else ""


def _page(request, point, way, form, status=200):
    if form.is_bound and answering.page_of(form.data.get("stamp")) is None:
        form.data = form.data.copy()
        form.data["stamp"] = answering.new_stamp()
    context = {"point": point, "form": form, "crumbs": [(point.name, "")]}
    return by_code(request, _PAGES[way][0], context, status=status)


def _thanked(request, code, template):
    point, refused = _found_by(request, code)
    if refused:
        return refused
    context = {"point": point, "key": _kept_key(request), "crumbs": [(point.name, "")]}
    return by_code(request, template, context)


def _found_by(request, code):
    """(point, None), or (None, the answer): one page for unknown and malformed codes, 410 for a point that
    takes no answers any more, since its poster may still hang."""
    if answering.WRONG_CODES.used_up(request):
        return None, too_many(request, answering.WRONG_CODES)
    point = points.by_code(typed(code))
    if point is not None and point.is_active:
        return point, None
    if point is None:
        answering.WRONG_CODES.add(request)
    context = {"point": point, "crumbs": []}
    return None, by_code(request, "plan/survey/over.html", context, status=410 if point else 404)
