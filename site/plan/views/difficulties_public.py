"""What residents meet: the letter box, following by code, the list of what was answered."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from papers.qr import qr_code
from people.letter_forms import ChangeConsentsForm
from portal.public_page import public_page
from portal.sharing import address, shared
from trust import letterbox
from trust.answers import by_code, found_by_code, limited
from trust.consents import standing
from trust.limits import Requests

from ..difficulties import codes, following, published, sending
from ..difficulties.guard import BOX
from ..difficulties.refusing import SENTENCES, Refused
from ..forms.difficulty import LookUpForm, SendForm
from ..models import DifficultyClosed, Origin

PAGE_SIZE = 20


# ---- the letter box


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def send(request):
    """GET draws the form; a good POST leads to the page with the tracking code."""
    if request.method != "POST":
        return _send_page(request, SendForm(initial={"stamp": BOX.new_stamp()}))
    form = SendForm(request.POST)
    stamp = request.POST.get("stamp", "")
    if BOX.sent_by_one.used_up(request):
        form.add_error(None, SENTENCES["too_many"])
        response = _send_page(request, form, status=429)
        response.headers["Retry-After"] = str(BOX.sent_by_one.seconds)
        return response
    if not form.is_valid():
        return _send_page(request, form, status=422)
    if why := BOX.refusal_of(stamp, request.POST.get(letterbox.TRAP)):
        form.add_error(None, letterbox.SENTENCES[why])
        return _send_page(request, form, status=422)
    try:
        difficulty, is_new = sending.send(form.sent(), BOX.read_stamp(stamp)[0])
    except Refused as refused:
        form.refuse(refused)
        return _send_page(request, form, status=422)
    if is_new:
        BOX.sent_by_one.add(request)
    return redirect("plan:difficulty_receipt", codes.shown(difficulty.code))


def _send_page(request, form, status=200):
    if form.is_bound:
        form.data = BOX.fit_to_send_again(form.data)
    title = _("Tell the ward of a difficulty")
    context = {
        "form": form,
        "look_up": LookUpForm(),
        "days": settings.DIFFICULTY_ANSWER_WORKING_DAYS,
        "crumbs": [*_way(), (title, "")],
    } | shared(published.SEND, title, _("What stands in the way, and what you propose; followed by a code."))
    return render(request, "plan/difficulties/send.html", context, status=status)


def _way():
    return [(_("Plan"), "/ke-hoach/"), (str(published.LABEL), published.LIST)]


# ---- following


@require_safe
@never_cache
def look_up(request):
    """Asks for a code; with one (`?ma=`), leads to its page."""
    given = request.GET.get("ma", "")
    if code := codes.typed(given):
        return redirect("plan:difficulty_track", codes.shown(code))
    if not given.strip():
        form = LookUpForm(request.GET) if "ma" in request.GET else LookUpForm()
        context = {"form": form, "crumbs": [*_way(), (_("Follow a difficulty"), "")]}
        return by_code(request, "plan/difficulties/look_up.html", context)
    return _found_by(request, given)[1]


@require_safe
@never_cache
def track(request, code):
    difficulty, refused = _found_by(request, code)
    if refused:
        return refused
    twin = difficulty.duplicate_of
    context = {
        "difficulty": difficulty,
        "code": codes.shown(difficulty.code),
        "answer": following.answer_of(difficulty),
        "line": list(following.line_of(difficulty)),
        "is_public": difficulty.state == "published",
        "public_url": published.address_of(difficulty.number),
        "is_ours": difficulty.close_reason != DifficultyClosed.NOT_OURS,
        "twin_url": published.address_of(twin.number) if twin and twin.state == "published" else "",
        "consents": _consents_form(difficulty),
        "form": LookUpForm(),
        "crumbs": [*_way(), (codes.shown(difficulty.code), "")],
    }
    return by_code(request, "plan/difficulties/track.html", context)


@require_safe
@never_cache
def receipt(request, code):
    """The page to print or to write down: code, address, QR code, the day of the answer."""
    difficulty, refused = _found_by(request, code)
    if refused:
        return refused
    url = address(codes.address(difficulty.code))
    context = {
        "difficulty": difficulty,
        "code": codes.shown(difficulty.code),
        "url": url,
        "qr": qr_code(url),
        "crumbs": [*_way(), (codes.shown(difficulty.code), "")],
    }
    return by_code(request, "plan/difficulties/receipt.html", context)


@limited(Requests("difficulty-consents", most=30, seconds=600))
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def change_consents(request, code):
    """Withdrawing is as easy as giving (Luật 91/2025 Đ.10): the same boxes, one button."""
    difficulty, refused = _found_by(request, code)
    if refused:
        return refused
    if request.method == "POST":
        form = _consents_form(difficulty, request.POST)
        form.full_clean()
        if following.change_consents(difficulty, form.agreed):
            messages.success(request, _("Saved. What is no longer agreed to was erased."))
        return redirect("plan:difficulty_track", codes.shown(difficulty.code))
    context = {
        "code": codes.shown(difficulty.code),
        "consents": _consents_form(difficulty),
        "crumbs": [*_way(), (_("What I agreed to"), "")],
    }
    return by_code(request, "plan/difficulties/consents.html", context)


def _consents_form(difficulty, data=None):
    return ChangeConsentsForm(
        data, codes=following.askable(difficulty), standing=standing(difficulty.subject)
    )


def _found_by(request, given):
    return found_by_code(
        request,
        lambda: following.by_code(codes.typed(given)),
        codes.WRONG_CODES,
        "plan/difficulties/unknown.html",
        {"form": LookUpForm(), "crumbs": [*_way(), (_("Follow a difficulty"), "")]},
    )


# ---- what was answered; the same to everybody, kept in front


@require_safe
@public_page("nam", "don-vi", "tu", "page")
def answered(request):
    """Narrowed by year, by unit that answered, by who raised it; an unknown value narrows nothing."""
    years, units = published.years(), published.units()
    year = request.GET.get("nam", "")
    year = int(year) if year in {str(one) for one in years} else None
    unit = request.GET.get("don-vi", "")
    unit = unit if unit in {code for code, _name in units} else ""
    origin = {"nguoi-dan": Origin.RESIDENT, "don-vi": Origin.UNIT}.get(request.GET.get("tu", ""))
    rows = published.published(year=year, unit=unit, origin=origin)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "cards": published.cards(page.object_list),
        "years": years,
        "units": units,
        "year": year,
        "unit": unit,
        "origin": origin or "",
        "narrowed": bool(year or unit or origin),
        "crumbs": [*_way()[:1], (str(published.LABEL), "")],
    } | shared(
        published.LIST, str(published.LABEL), _("What units and residents raised and what came of it.")
    )
    return render(request, "plan/difficulties/answered.html", context)


@require_safe
@public_page()
def answered_one(request, number):
    found = published.published().filter(number=number).first()
    if found is None:
        raise Http404
    card = published.cards([found])[0]
    context = {"card": card, "crumbs": [*_way(), (card.number, "")]} | shared(
        card.url, card.title, card.text, kind="article"
    )
    return render(request, "plan/difficulties/answered_one.html", context)
