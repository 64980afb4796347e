"""Lead members: proposed, by hand, from Excel after a dry run, taken back; and their written comments."""

import secrets

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ideas import board as boards
from ideas.access import offices_of
from ideas.forms.leads import LeadCommentForm, LeadsByHandForm, LeadsFileForm, ProposalForm
from ideas.leads import assigning, commenting, looking, proposing, workbook
from ideas.leads.assigning import LeadsChanged, LeadsRefused
from ideas.models import LeadBatch
from ideas.moves import Answer
from ideas.reasons import sentence
from people.kept_post import keep_post
from people.workbook import WorkbookRefused

PAGE = "/sang-kien/hoi-dong/phu-trach/"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SALT = "ideas.leads"
_VALID_SECONDS = 3600


def _round(request):
    """The round asked for, of those this officer's councils judge."""
    if not offices_of(request.user).exists():
        raise PermissionDenied(sentence(Answer("assign_leads", False, "only_secretary")))
    rounds = list(boards.rounds_of(request.user))
    return rounds, boards.chosen_round(rounds, request.GET.get("dot", ""))


def _address(round_):
    return f"{PAGE}?dot={boards.address_of(round_)}"


def _changed():
    return _("Lead members or sheets changed meanwhile. Nothing was written; look at it again.")


# ---- the list


@never_cache
@require_safe
@keep_post
def leads(request):
    """Who presents what in a round, how evenly, and the three ways to assign."""
    rounds, chosen = _round(request)
    return _page(request, rounds, chosen)


def _page(request, rounds, chosen, status=200, **forms):
    now = timezone.now()
    kept = looking.dossiers_kept(request.user, chosen, now) if chosen else {}
    batch = assigning.last_batch(chosen) if chosen else None
    undo = assigning.may_undo(request.user, batch, now) if batch else None
    context = {
        "rounds": [(boards.address_of(r), r, r == chosen) for r in rounds],
        "round": chosen,
        "address": boards.address_of(chosen) if chosen else "",
        "dossiers": sorted(kept.values(), key=lambda dossier: dossier.code),
        "loads": looking.loads_of(kept),
        "batch": batch,
        "undo": undo,
        "undo_why": sentence(undo) if undo else "",
        "proposal": ProposalForm(),
        "upload": LeadsFileForm(),
    } | forms
    return render(request, "ideas/council/leads.html", context, status=status)


# ---- previews, and what is sent from them


@never_cache
@require_safe
@keep_post
def propose(request):
    """A balanced proposal, drawn and shown; nothing is written."""
    rounds, chosen = _round(request)
    form = ProposalForm(request.GET)
    if chosen is None or not form.is_valid():
        return _page(request, rounds, chosen, 422, proposal=form)
    kept = looking.dossiers_kept(request.user, chosen, timezone.now())
    seed = form.cleaned_data["seed"] or str(secrets.randbelow(10**9))
    plan, short = proposing.propose(kept, form.cleaned_data["each"], seed)
    context = {"each": form.cleaned_data["each"], "short": sorted(short.items())}
    return _preview(request, chosen, kept, plan, LeadBatch.How.PROPOSAL, seed, **context)


@require_POST
@never_cache
@keep_post(page=lambda request: PAGE)
def upload(request):
    """The dry run of a filled-in template: what it would change, and every row that cannot be."""
    rounds, chosen = _round(request)
    form = LeadsFileForm(request.POST, request.FILES)
    if chosen is None or not form.is_valid():
        return _page(request, rounds, chosen, 422, upload=form)
    kept = looking.dossiers_kept(request.user, chosen, timezone.now())
    try:
        found = workbook.compare(form.cleaned_data["file"], kept)
    except WorkbookRefused as refused:
        form.add_error("file", str(refused))
        return _page(request, rounds, chosen, 422, upload=form)
    how = LeadBatch.How.WORKBOOK
    return _preview(request, chosen, kept, found.plan, how, "", issues=found.issues)


def _preview(request, round_, kept, plan, how, seed, issues=(), **more):
    """What would be written, signed for this person: sent back it is checked anew."""
    lines = workbook.lines_of(plan, kept)
    payload = {
        "user": request.user.pk,
        "round": round_.pk,
        "how": str(how),
        "seed": seed,
        "plan": {str(pk): sorted(chosen) for pk, chosen in plan.items()},
        "seen": looking.fingerprint(kept),
    }
    context = {
        "round": round_,
        "back": _address(round_),
        "lines": lines,
        "seed": seed,
        "loads": looking.loads_of(kept, plan),
        "issues": issues,
        "is_proposal": how == LeadBatch.How.PROPOSAL,
        "signed": signing.dumps(payload, salt=_SALT, compress=True) if lines and not issues else "",
    }
    status = 422 if issues else 200
    return render(request, "ideas/council/leads_preview.html", context | more, status=status)


@require_POST
@keep_post(page=lambda request: PAGE)
def apply(request):
    """Writes what a preview showed."""
    rounds, _chosen = _round(request)
    try:
        sent = signing.loads(request.POST.get("signed", ""), salt=_SALT, max_age=_VALID_SECONDS)
    except signing.BadSignature:
        sent = {}
    round_ = next((r for r in rounds if r.pk == sent.get("round")), None)
    if round_ is None or sent["user"] != request.user.pk:
        messages.warning(request, _("This preview is too old. Make it again."))
        return redirect(PAGE)
    plan = {int(pk): set(chosen) for pk, chosen in sent["plan"].items()}
    return _write(request, round_, plan, sent["how"], seed=sent["seed"], seen=sent["seen"])


def _write(request, round_, plan, how, **more):
    try:
        batch = assigning.apply(request.user, round_, plan, how, **more)
    except LeadsChanged:
        messages.warning(request, _changed())
    except LeadsRefused as refused:
        messages.error(request, sentence(refused.answer))
    else:
        words = _("Assigned. Everybody concerned was told.") if batch else _("Nothing to change.")
        messages.success(request, words)
    return redirect(_address(round_))


# ---- by hand, and back


@never_cache
@keep_post
def by_hand(request, code):
    """The leads of one dossier."""
    rounds, _chosen = _round(request)
    now = timezone.now()
    found = (
        (round_, dossier)
        for round_ in rounds
        for dossier in looking.dossiers_kept(request.user, round_, now).values()
        if dossier.code == code
    )
    round_, dossier = next(found, (None, None))
    if dossier is None:
        raise Http404
    data = request.POST if request.method == "POST" else request.kept_post
    initial = {"leads": sorted(dossier.lead_ids)}
    form = LeadsByHandForm(data or None, initial=initial, dossier=dossier)
    if request.method == "POST":
        form = LeadsByHandForm(request.POST, initial=initial, dossier=dossier)
        if form.is_valid():
            plan = {dossier.initiative.pk: form.chosen}
            return _write(request, round_, plan, LeadBatch.How.HAND)
    context = {"dossier": dossier, "initiative": dossier.initiative, "form": form, "back": _address(round_)}
    return render(request, "ideas/council/leads_by_hand.html", context, status=422 if form.errors else 200)


@require_POST
@keep_post(page=lambda request, pk: PAGE)
def undo(request, pk):
    """Takes the last assignment of a round back."""
    rounds, _chosen = _round(request)
    batch = LeadBatch.objects.filter(pk=pk, round__in=rounds).select_related("round").first()
    if batch is None:
        raise Http404
    try:
        count = _undone(assigning.undo(request.user, batch))
    except LeadsRefused as refused:
        messages.error(request, sentence(refused.answer))
    else:
        messages.success(request, count)
    return redirect(_address(batch.round))


def _undone(batch):
    return _("The assignment of %(time)s is taken back. Everybody concerned was told.") % {
        "time": f"{timezone.localtime(batch.made_at):%H:%M %d/%m/%Y}"
    }


@require_safe
@never_cache
@keep_post
def template(request):
    """The workbook to fill in: what stands, and who can lead."""
    _rounds, chosen = _round(request)
    kept = looking.dossiers_kept(request.user, chosen, timezone.now()) if chosen else {}
    response = HttpResponse(workbook.template(kept), content_type=XLSX)
    name = f"phu-trach-{boards.address_of(chosen)}.xlsx" if chosen else "phu-trach.xlsx"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


# ---- the comment


@never_cache
@keep_post
def comment(request, code):
    """A lead member writes what they will say at the meeting."""
    lead = commenting.lead_of(request.user, code)
    if lead is None:
        raise Http404
    answer = commenting.can_comment(lead)
    if request.method == "POST":
        if not answer.allowed:
            raise PermissionDenied(sentence(answer))
        return _save(request, lead)
    form = LeadCommentForm(request.kept_post or None, initial={"comment": lead.comment})
    return _comment_page(request, lead, form, lead.edit_version)


def _save(request, lead):
    form = LeadCommentForm(request.POST)
    version = request.POST.get("version", "")
    version = int(version) if version.isdecimal() and len(version) < 10 else -1
    if not form.is_valid():
        return _comment_page(request, lead, form, version, 422)
    try:
        commenting.save_comment(request.user, lead, form.cleaned_data["comment"], base_version=version)
    except LeadsChanged:
        fresh = commenting.lead_of(request.user, lead.initiative.code)
        if fresh is None:
            raise Http404 from None
        return _comment_page(request, fresh, form, fresh.edit_version, 409, other=fresh.comment)
    except LeadsRefused as refused:
        raise PermissionDenied(sentence(refused.answer)) from refused
    messages.success(request, _("The comment is saved. The council reads it once scoring is closed."))
    return redirect(assigning.comment_address(lead.initiative))


def _comment_page(request, lead, form, version, status=200, other=None):
    answer = commenting.can_comment(lead)
    context = {
        "lead": lead,
        "initiative": lead.initiative,
        "form": form,
        "version": version,
        "why": sentence(answer),
        "other": other,
    }
    return render(request, "ideas/council/lead_comment.html", context, status=status)
