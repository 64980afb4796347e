"""Paper sheets: printed for the seats, keyed by two people, compared, put aside."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ideas import evaluation, paper_access
from ideas.evaluation import SheetRefused, can_score, on_paper
from ideas.files import SCAN, store_signed_file
from ideas.forms.paper_sheets import CorrectionForm, KeyingForm
from ideas.models import Initiative
from ideas.papers.blank_sheets import blank_sheets
from ideas.papers.drawing import File
from ideas.reasons import sentence
from papers.codes import typed as typed_code
from people.kept_post import keep_post
from scoring.forms import ReasonForm
from trust.storage import serve_private
from trust.uploads import UploadRefused
from vietnamese.numbers import format_decimal

from .papers.handing import hand_out

# ---- printing


@require_POST
@never_cache
@keep_post(page=lambda request, code: f"/sang-kien/hoi-dong/phieu/{code}/")
def print_papers(request, code):
    """The blank sheets of every open seat, or of the ticked ones, as one PDF."""
    found = Initiative.objects.on_board_of(request.user).filter(code=code).values("pk")
    initiative = Initiative.objects.for_workflow().filter(pk__in=found).first()
    if initiative is None:
        raise Http404
    wanted = request.POST.getlist("sheet")
    sheets = [s for s in initiative.current_sheets if not wanted or str(s.pk) in wanted]
    try:
        papers = evaluation.print_papers(request.user, initiative, sheets)
    except SheetRefused as refused:
        raise PermissionDenied(sentence(refused.answer)) from refused
    content = blank_sheets(initiative, papers)
    return hand_out(File(content, "application/pdf", f"phieu-cham-giay-{initiative.code}.pdf"))


# ---- whoever keys


@require_safe
@never_cache
@keep_post
def waiting(request):
    """The papers this person can key, and the way to one by its code."""
    if not paper_access.may_key_papers(request.user):
        raise PermissionDenied(sentence(paper_access.NOT_A_KEYER))
    asked = request.GET.get("ma", "")
    if asked and (paper := paper_access.papers_of(request.user).filter(code=typed_code(asked)).first()):
        return redirect(paper.get_absolute_url())
    context = {"lines": paper_access.waiting_for(request.user), "asked": asked}
    return render(request, "ideas/council/papers.html", context, status=404 if asked else 200)


@never_cache
@keep_post
def paper(request, code):
    """One paper: keyed by this person, waiting for the other, compared, or entered."""
    found = _found(request.user, code)
    answer = can_score(request.user, found.sheet, from_paper=found)
    if answer.allowed:
        return _key(request, found)
    if evaluation.can_correct(request.user, found).allowed:
        return _correct(request, found)
    if request.method == "POST":
        raise PermissionDenied(sentence(answer))
    own = evaluation.own_keying(request.user, found)
    context = _context(found) | {"own": own, "why": "" if own or found.settled_at else sentence(answer)}
    return render(request, "ideas/council/paper_state.html", context)


def _found(user, code):
    found = paper_access.paper_of(user, code)
    if found is None:
        raise Http404
    return found


def _context(paper):
    return {"paper": paper, "sheet": paper.sheet, "initiative": paper.sheet.initiative}


def _rubric(paper):
    return paper.sheet.initiative.rubric.rubric


def _key(request, paper):
    """The form starts empty: whoever keys reads the paper, nothing else."""
    wants_scan = not paper.scan
    data = request.POST if request.method == "POST" else request.kept_post
    form = KeyingForm(_rubric(paper), data or None, request.FILES, wants_scan=wants_scan)
    if request.method == "POST" and form.is_valid() and _took(request, paper, form):
        return redirect(paper.get_absolute_url())
    status = 422 if request.method == "POST" else 200
    context = _context(paper) | {"form": form, "groups": form.rows()}
    return render(request, "ideas/council/paper_key.html", context, status=status)


def _took(request, paper, form):
    """The scan is stored before the transaction, as every upload is."""
    try:
        uploaded = form.cleaned_data.get("scan")
        scan = store_signed_file(uploaded, "paper-sheets", SCAN) if uploaded else None
        evaluation.key_in(
            request.user,
            paper,
            form.points,
            form.cleaned_data["comment"],
            comments=form.comments,
            scan=scan,
        )
    except UploadRefused as refused:
        form.add_error("scan", refused)
        return False
    except SheetRefused as refused:
        field = refused.answer.field if refused.answer.field in form.fields else None
        form.add_error(field, sentence(refused.answer))
        return False
    _say_what_now(request, paper)
    return True


def _say_what_now(request, paper):
    fresh = _found(request.user, paper.code)
    if fresh.settled_at:
        messages.success(request, _("Both keyings agree: the sheet is in."))
    elif len(fresh.keyings.all()) < 2:
        messages.success(request, _("Kept. The other person keys the same paper now."))
    else:
        messages.warning(request, _("The two keyings differ. Look at the scan again."))


def _correct(request, paper):
    """Both readings side by side where they differ; each person changes their own only."""
    own = evaluation.own_keying(request.user, paper)
    other = next(keying for keying in paper.keyings.all() if keying.pk != own.pk)
    rubric, codes = _rubric(paper), evaluation.differing(paper, _rubric(paper))
    mine = evaluation.reading_of(own)
    data = request.POST if request.method == "POST" else request.kept_post
    form = CorrectionForm(
        rubric, codes, data or None, points=mine.points, comments=mine.comments, comment=mine.comment
    )
    if request.method == "POST" and form.is_valid():
        try:
            evaluation.correct(
                request.user,
                paper,
                mine.points | form.points,
                form.cleaned_data.get("comment", mine.comment),
                form.cleaned_data["reason"],
                comments=mine.comments | form.comments,
            )
        except SheetRefused as refused:
            form.add_error(None, sentence(refused.answer))
        else:
            _say_what_now(request, paper)
            return redirect(paper.get_absolute_url())
    context = _context(paper) | {
        "form": form,
        "own": own,
        "other": other,
        "rows": _side_by_side(rubric, codes, mine, evaluation.reading_of(other)),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "ideas/council/paper_compare.html", context, status=status)


def _side_by_side(rubric, codes, mine, theirs):
    names = {criterion.code: criterion.name for criterion in rubric.criteria} | {"": _("Remarks")}
    return [(names[code], _shown(mine.of(code)), _shown(theirs.of(code))) for code in codes]


def _shown(value):
    if value in ("", None):
        return _("empty")
    return value if isinstance(value, str) else format_decimal(value)


@require_safe
@never_cache
@keep_post
def scan(request, code):
    """The scan, for whoever keys from it now and for whoever may read the sheet."""
    found = paper_access.any_paper(code)
    if found is None or not found.scan or not paper_access.may_see_scan(request.user, found):
        raise Http404
    kind = "application/pdf" if found.scan.name.endswith(".pdf") else _picture(found.scan.name)
    return serve_private(found.scan, found.scan_name, kind)


def _picture(name):
    return "image/png" if name.endswith(".png") else "image/jpeg"


@never_cache
@keep_post
def drop(request, code):
    """The secretary puts a paper aside, with the reason."""
    found = _found(request.user, code)
    if not paper_access.keeps(request.user, found.sheet.initiative, timezone.now()):
        raise PermissionDenied(sentence(paper_access.ONLY_SECRETARY))
    if found.settled_at:
        raise PermissionDenied(sentence(can_score(request.user, found.sheet, from_paper=found)))
    help_text = _("The reason stands in the dossier's history: no points in it. What was keyed is erased.")
    form = ReasonForm(request.POST if request.method == "POST" else request.kept_post, help_text=help_text)
    if request.method == "POST" and form.is_valid():
        try:
            on_paper.drop_paper(request.user, found, form.cleaned_data["reason"])
        except SheetRefused as refused:
            form.add_error(None, sentence(refused.answer))
        else:
            messages.success(request, _("The paper is put aside. The member can score online again."))
            return redirect("ideas:sheets_of", found.sheet.initiative.code)
    context = _context(found) | {"form": form}
    return render(request, "ideas/council/paper_drop.html", context, status=422 if form.errors else 200)
