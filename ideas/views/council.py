"""The council's board and the sheets of one dossier, for chair, vice chair and secretary."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ideas import board as rules
from ideas import evaluation, workflow
from ideas.access import may_read_sheet, offices_of
from ideas.advice import advice
from ideas.capacities import CHAIR, SECRETARY, acting_capacity, council_for
from ideas.evaluation import SheetRefused
from ideas.forms.council import AlternateForm, BoardSearch
from ideas.models import Initiative, PaperSheet, ScoreSheet, Seat
from ideas.moves import Actor, Answer, Move, Refused
from ideas.reasons import sentence
from people.kept_post import keep_post
from scoring.forms import ReasonForm
from scoring.models import SheetState


def _require_officer(user):
    if not offices_of(user).exists():
        raise PermissionDenied(_("This page is for the council's chair, vice chair and secretary."))


class CountedPaginator(Paginator):
    """Pages of rows whose number the chips know already."""

    def __init__(self, rows, count):
        super().__init__(rows, rules.PAGE)
        self.count = count


# ---- the board


@never_cache
@require_safe
@keep_post
def board(request):
    """How far the scoring of a round is; figures only of what is closed."""
    rounds = list(rules.rounds_of(request.user))
    if not rounds:
        _require_officer(request.user)
    today = timezone.localdate()
    form = BoardSearch(request.GET)
    asked = {name: form.value(name) for name in ("q", "unit", "loc", "dot")}
    chosen = rules.chosen_round(rounds, asked["dot"])
    everything = rules.dossiers(request.user, chosen)
    found = rules.search(everything, asked["q"], asked["unit"])
    numbers, sent, all_sheets = rules.counts(found, today)
    shown = rules.order(found.filter(rules.conditions(today)[asked["loc"] or ""]))
    pages = CountedPaginator(shown.select_related("unit", "round"), numbers[asked["loc"] or ""])
    page = pages.get_page(request.GET.get("page"))
    lines = rules.lines(page.object_list, today)
    context = {
        "form": form,
        "round": chosen,
        "rounds": [(rules.address_of(r), r, r == chosen) for r in rounds],
        "chips": _chips(numbers, asked["loc"] or ""),
        "total": numbers[""],
        "sent": sent,
        "all_sheets": all_sheets,
        "page_obj": page,
        "lines": lines,
        "blocks": _blocks({line.seats for line in lines}),
        "searching": bool(asked["q"] or asked["unit"] or asked["loc"]),
        "here": request.get_full_path(),
    }
    return render(request, "ideas/council/board.html", context)


def _chips(numbers, chosen):
    labels = {
        "": (_("All"), ""),
        "cho-cham": (_("Waiting to be scored"), ""),
        "dang-cham": (_("Being scored"), ""),
        "qua-han": (_("Overdue"), "warn"),
        "lech": (_("Strong disagreement"), "spread"),
        "da-khoa": (_("Closed"), "lock"),
    }
    return [(code, *labels[code], numbers[code], code == chosen) for code in rules.FILTERS]


def _blocks(totals):
    """[(id, [(x, filled)…], width)]: each picture of n of m sheets once; rows refer to it."""
    return [
        (f"s{sent}-{total}", [(14 * n, n < sent) for n in range(total)], 14 * total)
        for total in sorted(totals)
        for sent in range(total + 1)
    ]


@never_cache
@require_safe
@keep_post
def ranking(request):
    """The normalised ranking of a round's closed dossiers: advice, for the council's officers."""
    _require_officer(request.user)
    rounds = list(rules.rounds_of(request.user))
    chosen = rules.chosen_round(rounds, request.GET.get("dot", ""))
    advised, still_open = advice(request.user, chosen) if chosen else ([], 0)
    context = {
        "rounds": [(rules.address_of(r), r, r == chosen) for r in rounds],
        "round": chosen,
        "advised": advised,
        "still_open": still_open,
    }
    return render(request, "ideas/council/ranking.html", context)


@never_cache
@require_safe
@keep_post
def board_row(request, code):
    """One row, fetched anew by the page when the dossier changed."""
    return render(request, "ideas/council/board_row.html", {"line": _line(request.user, code)})


def _line(user, code):
    mine = rules.annotated(Initiative.objects.on_board_of(user))
    row = mine.select_related("unit", "round").filter(code=code).first()
    if row is None:
        raise Http404
    return rules.lines([row], timezone.localdate())[0]


# ---- acts on ticked rows


@require_POST
@keep_post(page=lambda request: "/sang-kien/hoi-dong/")
def remind(request):
    """Asks the members of the ticked dossiers for the sheets still out."""
    chosen = _ticked(request)
    told = evaluation.remind(request.user, chosen)
    if not chosen:
        messages.warning(request, _("Tick at least one initiative."))
    elif told:
        words = ngettext("%(count)s member was reminded.", "%(count)s members were reminded.", told)
        messages.success(request, words % {"count": told})
    else:
        messages.info(request, _("Nobody to remind: no sheet of these is out, or another person keeps them."))
    return _back(request)


@require_POST
@keep_post(page=lambda request: "/sang-kien/hoi-dong/")
def start_evaluation(request):
    """Opens the sheets of the ticked, accepted dossiers: all of them or none."""
    chosen = _ticked(request)
    if not chosen:
        messages.warning(request, _("Tick at least one initiative."))
        return _back(request)
    try:
        workflow.move_many([i.pk for i in chosen], "start_evaluation", request.user)
    except Refused as refused:
        words = _("Nothing was started. %(code)s: %(reason)s") % {
            "code": refused.initiative.code,
            "reason": sentence(refused.answer),
        }
        messages.error(request, words)
        return _back(request)
    words = ngettext("Scoring of %(count)s started.", "Scoring of %(count)s started.", len(chosen))
    messages.success(
        request, words % {"count": ", ".join(i.code for i in chosen) if len(chosen) < 6 else len(chosen)}
    )
    return _back(request)


def _ticked(request):
    _require_officer(request.user)
    mine = Initiative.objects.on_board_of(request.user).filter(code__in=request.POST.getlist("code"))
    return list(Initiative.objects.for_workflow().filter(pk__in=mine.values("pk")).order_by("code"))


def _back(request):
    target = request.POST.get("back", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return redirect(target if safe and target.startswith("/sang-kien/hoi-dong/") else "ideas:board")


# ---- the sheets of one dossier


def _dossier(user, code):
    found = Initiative.objects.on_board_of(user).filter(code=code).values("pk")
    initiative = Initiative.objects.for_workflow().filter(pk__in=found).first()
    if initiative is None:
        raise Http404
    return initiative


@never_cache
@require_safe
@keep_post
def sheets(request, code):
    """Who scores a dossier and where each sheet stands; points only after the close, sheet by sheet."""
    initiative = _dossier(request.user, code)
    line = _line(request.user, code)
    move = Move("look", Actor.of(request.user), timezone.now())
    context = {
        "initiative": initiative,
        "line": line,
        "result": initiative.current_result if line.result else None,
        "council": council_for(initiative, move),
        "rows": _sheet_rows(request.user, initiative, move),
        "prints": line.is_open and acting_capacity((SECRETARY,), initiative, move) is not None,
        "steps": _steps(initiative, request.user),
        "here": request.path,
    }
    return render(request, "ideas/council/sheets_of.html", context)


def _sheet_rows(user, initiative, move):
    """[(seat, sheet or None, what may be done)] by seat, given-up sheets included."""
    kept = (
        ScoreSheet.objects.current()
        .filter(initiative=initiative)
        .select_related("staff__user", "seat__appointment", "alternate")
    )
    by_seat = {}
    papers = {paper.sheet_id: paper for paper in _papers(kept)}
    for sheet in kept:
        sheet.initiative = initiative
        by_seat.setdefault(sheet.seat_id, []).append(sheet)
    scoring = initiative.state == "evaluating"
    assigns = scoring and acting_capacity((SECRETARY,), initiative, move) is not None
    reopens = scoring and acting_capacity((CHAIR,), initiative, move) is not None
    rows = []
    for seat in council_for(initiative, move).voting_seats:
        sheets = by_seat.get(seat.pk, [])
        in_force = any(s.state not in (SheetState.RECUSED, SheetState.VOID) for s in sheets)
        for sheet in sheets or [None]:
            replaceable = sheet is not None and (sheet.is_open or not in_force)
            rows.append(
                {
                    "seat": seat,
                    "sheet": sheet,
                    "label": _state_label(sheet, scoring),
                    "paper": papers.get(sheet.pk) if sheet else None,
                    "may_assign": assigns and replaceable and sheet.state != SheetState.SUBMITTED,
                    "may_reopen": reopens and sheet is not None and sheet.state == SheetState.SUBMITTED,
                    "may_read": not scoring and sheet is not None and may_read_sheet(user, sheet),
                }
            )
    return rows


def _papers(sheets):
    """The latest paper of each of these sheets that was not put aside, with how many have keyed it."""
    papers = PaperSheet.objects.filter(sheet__in=sheets, dropped_at__isnull=True)
    return papers.annotate(keyed=Count("keyings")).order_by("pk")


def _state_label(sheet, scoring):
    if sheet is None:
        return ("", _("nobody yet"))
    if sheet.is_open and not scoring:
        return ("withdrawn", _("not handed in"))
    codes = {SheetState.SUBMITTED: "done", SheetState.DRAFT: "draft", SheetState.VOID: "withdrawn"}
    return (codes.get(sheet.state, sheet.state), sheet.get_state_display())


def _steps(initiative, user):
    """Start, close and reopen as this person may take them, with the reason where not."""
    wanted = {
        "accepted": ("start_evaluation",),
        "evaluating": ("close_evaluation",),
        "evaluated": ("reopen_evaluation",),
    }.get(initiative.state, ())
    labels = {
        "start_evaluation": _("Start scoring"),
        "close_evaluation": _("Close scoring"),
        "reopen_evaluation": _("Reopen scoring…"),
    }
    found = []
    for answer in workflow.options(initiative, user):
        if answer.transition in wanted:
            link = f"{initiative.get_absolute_url()}buoc/{answer.transition}/"
            found.append((answer.transition, labels[answer.transition], answer, sentence(answer), link))
    return found


def _officers_sheet(user, pk):
    sheet = ScoreSheet.objects.select_related("initiative", "staff__user", "seat").filter(pk=pk).first()
    if sheet is None:
        raise Http404
    sheet.initiative = _dossier(user, sheet.initiative.code)
    return sheet


@never_cache
@keep_post
def replace(request, pk):
    """Gives a seat's unsent sheet to an alternate, with the reason."""
    sheet = _officers_sheet(request.user, pk)
    move = Move("assign", Actor.of(request.user), timezone.now())
    if acting_capacity((SECRETARY,), sheet.initiative, move) is None:
        raise PermissionDenied(sentence(Answer("assign", False, "only_secretary")))
    council = council_for(sheet.initiative, move)
    taken = {s.staff_id for s in sheet.initiative.current_sheets}
    free = [
        seat.pk
        for seat in council.alternates
        if seat.staff_id not in taken and council.can_fill(seat, sheet.initiative)
    ]
    seats = Seat.objects.filter(pk__in=free).select_related("staff")
    form = AlternateForm(request.POST or request.kept_post or None, seats=seats)
    if request.method == "POST" and form.is_valid():
        chosen = next(seat for seat in council.alternates if seat.pk == form.cleaned_data["alternate"].pk)
        try:
            evaluation.assign_alternate(request.user, sheet, chosen, form.cleaned_data["reason"])
        except SheetRefused as refused:
            _say_why(form, refused)
        else:
            words = _("Seat %(number)s: the sheet is with %(name)s now.")
            messages.success(request, words % {"number": sheet.seat.number, "name": str(chosen.staff)})
            return redirect("ideas:sheets_of", sheet.initiative.code)
    context = {"sheet": sheet, "initiative": sheet.initiative, "form": form, "nobody": not free}
    return render(request, "ideas/council/replace.html", context, status=422 if form.errors else 200)


@never_cache
@keep_post
def reopen(request, pk):
    """Whoever presides gives a sent sheet back to its member, with the reason."""
    sheet = _officers_sheet(request.user, pk)
    move = Move("reopen_sheet", Actor.of(request.user), timezone.now())
    if acting_capacity((CHAIR,), sheet.initiative, move) is None:
        raise PermissionDenied(sentence(Answer("reopen_sheet", False, "only_chair")))
    help_text = _("The reason stands in the dossier's history. The member is told.")
    form = ReasonForm(request.POST or request.kept_post or None, help_text=help_text)
    if request.method == "POST" and form.is_valid():
        try:
            evaluation.reopen_sheet(request.user, sheet, form.cleaned_data["reason"])
        except SheetRefused as refused:
            _say_why(form, refused)
        else:
            messages.success(request, _("The sheet is open again. The member was told."))
            return redirect("ideas:sheets_of", sheet.initiative.code)
    context = {"sheet": sheet, "initiative": sheet.initiative, "form": form}
    return render(request, "ideas/council/reopen.html", context, status=422 if form.errors else 200)


def _say_why(form, refused):
    field = refused.answer.field if refused.answer.field in form.fields else None
    form.add_error(field, sentence(refused.answer))
