"""What a person agreed to: everything in one place, withdrawn as easily as given, with the proof to print."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from people.letter_forms import ChangeConsentsForm
from trust import audit
from trust.answers import by_code as answer_by_code
from trust.answers import limited, too_many
from trust.consents import holders, proof_of, purpose_of
from trust.limits import Requests
from trust.persons import Person, find_person

from .. import codes
from ..forms.request import AnyCodeForm
from .public import ASKS, way_to

CHOICES = Requests("rights-consents", most=60, seconds=3600)  # of consents given and withdrawn


def _person(request):
    """Whoever asks: by the account, else by the mailbox proved in this session."""
    if request.user.is_authenticated:
        return find_person(user={request.user.pk})
    known = {}
    for holder in holders():
        known |= holder.keys_of(request)
    return find_person(**known) if known else Person()


@limited(CHOICES)
@require_http_methods(ASKS)
@never_cache
def mine(request):
    """Of the account, or of the mailbox proved in this session; others learn how to make themselves known."""
    person = _person(request)
    return _page(request, person, reverse("rights:consents"))


@require_safe
@never_cache
def by_typed_code(request):
    """Where a tracking code is typed."""
    given = request.GET.get("ma", "").strip()
    if given:
        return redirect("rights:consents_by_code", given[:60])
    form = AnyCodeForm(request.GET) if "ma" in request.GET else AnyCodeForm()
    context = {"form": form, "crumbs": way_to((_("What I agreed to"), ""))}
    return answer_by_code(request, "rights/consents_code.html", context)


@limited(CHOICES)
@require_http_methods(ASKS)
@never_cache
def by_code(request, code):
    if codes.WRONG_CODES.used_up(request):
        return too_many(request, codes.WRONG_CODES)
    keys = next(filter(None, (holder.by_code(code) for holder in holders())), None)
    if keys is None:
        codes.WRONG_CODES.add(request)
        context = {"form": AnyCodeForm(), "crumbs": way_to((_("What I agreed to"), ""))}
        return answer_by_code(request, "rights/consents_code.html", context | {"unknown": True}, status=404)
    # The code opens what was asked with that letter, and no more: it is no proof of a person.
    return _page(request, Person(keys), reverse("rights:consents_by_code", args=[code]), code=code)


def _page(request, person, here, code=""):
    blocks = [(holder, held) for holder in holders() for held in holder.of_person(person)]
    proofs = proof_of([held.subject for _holder, held in blocks])
    if request.method == "POST" and _change(request, blocks, proofs):
        return redirect(here)
    context = {
        "blocks": [_block(held, proofs[held.subject]) for _holder, held in blocks],
        "is_known": bool(code) or not person.is_nobody,
        "code": code,
        "here": here,
        "ways": [
            (holder.way_in(here), str(holder.way_in_label))
            for holder in holders()
            if holder.way_in is not None
        ],
        "form": AnyCodeForm(),
        "now": timezone.now(),
        "crumbs": way_to((_("What I agreed to"), "")),
    }
    return answer_by_code(request, "rights/consents.html", context)


def _change(request, blocks, proofs):
    """Takes the boxes of the block that was sent; whether one was."""
    subject = request.POST.get("subject", "")
    for holder, held in blocks:
        if held.subject != subject:
            continue
        standing = {row.purpose for row in proofs[subject] if row.withdrawn_at is None}
        asked = [purpose for purpose in held.purposes if purpose not in held.ends_with]
        form = ChangeConsentsForm(request.POST, codes=asked, standing=standing)
        form.full_clean()
        wanted = form.agreed | (standing & held.ends_with.keys())
        if holder.change(held, wanted, timezone.now()):
            audit.record("consent.changed", request=request, target=("consents", subject))
            messages.success(request, _("Saved. What is no longer agreed to was erased."))
        else:
            messages.info(request, _("Nothing was changed."))
        return True
    return False


def _block(held, proof):
    standing = {row.purpose for row in proof if row.withdrawn_at is None}
    asked = [purpose for purpose in held.purposes if purpose not in held.ends_with]
    ends = [(purpose_of(code), url) for code, url in held.ends_with.items() if code in standing]
    form = ChangeConsentsForm(
        None, codes=asked, standing=standing, auto_id=f"{held.subject}-%s".replace(":", "-")
    )
    return {"held": held, "form": form, "ends": ends, "proof": proof}
