"""What everybody meets: the rights, the register of processing, sending a request, following it by a code."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from papers.qr import qr_code
from portal.public_page import public_page
from portal.sharing import address, shared
from trust import letterbox
from trust.answers import by_code, found_by_code, limited, too_many
from trust.limits import Requests
from trust.processing import activities
from trust.storage import serve_private

from .. import clocks, codes, copies, following, handling, identity, sending
from ..forms.request import AddForm, LookUpForm, RequestForm
from ..guard import BOX
from ..models import RequestKind
from ..refusing import SENTENCES, Refused

ASKS = ["GET", "HEAD", "POST"]
HOME = "/quyen-du-lieu/"
CONFIRMS = Requests("rights-confirm", most=60, seconds=3600)


def way_to(*more):
    title = _("Personal data")
    return [(title, HOME), *more] if more else [(title, "")]


@require_safe
@public_page()
def index(request):
    """What one may ask for, by when it is done, where to ask."""
    terms = [
        (kind.label, clocks.TERMS[kind].days, clocks.TERMS[kind].with_processor, clocks.TERMS[kind].more)
        for kind in RequestKind
    ]
    context = {"terms": terms, "first": clocks.FIRST_ANSWER_WORKING_DAYS, "crumbs": way_to()} | shared(
        HOME,
        _("Your rights about your data"),
        _("What the portal keeps about you, and what you may ask for."),
    )
    return render(request, "rights/index.html", context)


@require_safe
@public_page()
def processing(request):
    """The register of processing as everybody reads it."""
    title = _("What the portal keeps about people")
    context = {"activities": activities(), "crumbs": way_to((title, ""))} | shared(
        reverse("rights:processing"), title, _("Each activity: which data, of whom, for what, how long.")
    )
    return render(request, "rights/processing.html", context)


# ---- the letter box


@require_http_methods(ASKS)
@never_cache
def send(request):
    """GET draws the form; a good POST leads to the page with the tracking code."""
    signed_in = request.user.is_authenticated
    if request.method != "POST":
        chosen = request.GET.get("viec", "")
        start = {"stamp": BOX.new_stamp()} | ({"kind": chosen} if chosen in RequestKind else {})
        return _send_page(request, RequestForm(initial=start, signed_in=signed_in))
    form = RequestForm(request.POST, signed_in=signed_in)
    stamp = request.POST.get("stamp", "")
    if BOX.sent_by_one.used_up(request):
        form.add_error(None, SENTENCES["too_many"])
        response = _send_page(request, form, status=429)
        response.headers["Retry-After"] = str(BOX.sent_by_one.seconds)
        return response
    if request.POST.get("letter_code") and codes.WRONG_CODES.used_up(request):
        return too_many(request, codes.WRONG_CODES)
    if not form.is_valid():
        if "letter_code" in form.errors:
            codes.WRONG_CODES.add(request)
        return _send_page(request, form, status=422)
    if why := BOX.refusal_of(stamp, request.POST.get(letterbox.TRAP)):
        form.add_error(None, letterbox.SENTENCES[why])
        return _send_page(request, form, status=422)
    user = request.user if signed_in else None
    sent, is_new = sending.send(form.sent(), BOX.read_stamp(stamp)[0], user=user)
    if is_new:
        BOX.sent_by_one.add(request)
    return redirect("rights:receipt", codes.shown(sent.code))


def _send_page(request, form, status=200):
    if form.is_bound:
        form.data = BOX.fit_to_send_again(form.data)
    title = _("Ask about your data")
    context = {"form": form, "look_up": LookUpForm(), "crumbs": way_to((title, ""))} | shared(
        reverse("rights:send"),
        title,
        _("View, correct, get, erase, restrict; answered within two working days."),
    )
    return render(request, "rights/send.html", context, status=status)


# ---- by the code


@require_safe
@never_cache
def look_up(request):
    """Asks for a code; with one (`?ma=`), leads to its page."""
    given = request.GET.get("ma", "")
    if code := codes.typed(given):
        return redirect("rights:track", codes.shown(code))
    if not given.strip():
        form = LookUpForm(request.GET) if "ma" in request.GET else LookUpForm()
        context = {"form": form, "crumbs": way_to((_("Follow a request"), ""))}
        return by_code(request, "rights/look_up.html", context)
    return found_by(request, given)[1]


def found_by(request, given):
    return found_by_code(
        request,
        lambda: following.by_code(codes.typed(given)),
        codes.WRONG_CODES,
        "rights/unknown.html",
        {"form": LookUpForm(), "crumbs": way_to((_("Follow a request"), ""))},
    )


@require_safe
@never_cache
def track(request, code):
    found, refused = found_by(request, code)
    return refused or _track_page(request, found, AddForm())


def _track_page(request, found, form, status=200):
    copy = following.copy_of(found)
    context = {
        "found": found,
        "code": codes.shown(found.code),
        "line": list(following.line_of(found)),
        "asks": found.state == "rights_waiting",
        "copy": copy,
        "form": form,
        "crumbs": way_to((codes.shown(found.code), "")),
    }
    return by_code(request, "rights/track.html", context, status=status)


@require_safe
@never_cache
def receipt(request, code):
    """The page to print or to write down."""
    found, refused = found_by(request, code)
    if refused:
        return refused
    url = address(codes.address(found.code))
    context = {
        "found": found,
        "code": codes.shown(found.code),
        "url": url,
        "qr": qr_code(url),
        "crumbs": way_to((codes.shown(found.code), "")),
    }
    return by_code(request, "rights/receipt.html", context)


@require_http_methods(ASKS)
@never_cache
def add(request, code):
    """The sender's answer to what was asked; the form stands on the page of the request."""
    found, refused = found_by(request, code)
    if refused:
        return refused
    if request.method != "POST":
        return redirect("rights:track", codes.shown(found.code))
    form = AddForm(request.POST)
    if not form.is_valid():
        return _track_page(request, found, form, status=422)
    try:
        handling.add(found, form.cleaned_data["text"])
    except Refused as refused:
        form.refuse(refused)
        found.refresh_from_db()
        return _track_page(request, found, form, status=422)
    messages.success(request, _("Sent to the data-protection officer."))
    return redirect("rights:track", codes.shown(found.code))


@require_http_methods(ASKS)
@never_cache
def drop(request, code):
    """Taking a request back, asked once more before it is done."""
    found, refused = found_by(request, code)
    if refused:
        return refused
    if request.method == "POST":
        try:
            handling.drop(found)
        except Refused as refused:
            messages.warning(request, refused.sentence)
        else:
            messages.success(request, _("The request was taken back."))
        return redirect("rights:track", codes.shown(found.code))
    context = {
        "found": found,
        "code": codes.shown(found.code),
        "crumbs": way_to((codes.shown(found.code), "")),
    }
    return by_code(request, "rights/drop.html", context)


@require_safe
@never_cache
def take_copy(request, code):
    found, refused = found_by(request, code)
    if refused:
        return refused
    copy = following.copy_of(found)
    if copy is None:
        context = {"code": codes.shown(found.code), "crumbs": way_to((codes.shown(found.code), ""))}
        return by_code(request, "rights/no_copy.html", context, status=404)
    return hand_out(copy)


def hand_out(copy, actor=None):
    copies.taken(copy, actor)
    name = f"du-lieu-ca-nhan-{timezone.localdate(copy.made_at):%Y-%m-%d}.zip"
    return serve_private(copy.file, name, "application/zip")


# ---- the mailbox


@limited(CONFIRMS)
@require_http_methods(ASKS)
@never_cache
def confirm(request, key):
    """The link of the letter asks once more: programs that look into mail open links, they press no
    button."""
    found = identity.confirmed_by(key)
    if found is None:
        context = {"crumbs": way_to((_("Confirm the mailbox"), ""))}
        return by_code(request, "rights/confirm_unknown.html", context, status=404)
    if request.method == "POST":
        identity.confirm_mailbox(found)
        messages.success(request, _("The mailbox is confirmed. The ward acts on your request."))
        return redirect("rights:track", codes.shown(found.code))
    context = {"found": found, "crumbs": way_to((_("Confirm the mailbox"), ""))}
    return by_code(request, "rights/confirm.html", context)
