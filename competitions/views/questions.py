"""The bank of questions, for the organisers of the quiz."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from people.kept_post import keep_post
from people.workbook import WorkbookRefused

from ..access import organised_or_404
from ..models import Blueprint
from ..organising.page import page
from ..quiz import bank, words, workbook
from ..quiz.bank import BankRefused
from ..quiz.forms import QuestionFileForm, QuestionForm

PAGE_SIZE = 30
MOST_ISSUES = 100
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _quiz_or_404(request, code):
    return organised_or_404(request.user, code=code, blueprint=Blueprint.QUIZ)


def _page(request, competition, template, context, status=200):
    refusal = bank.change_refusal(competition)
    context |= {"locked_why": words.sentence(refusal) if refusal else ""}
    return page(
        request, competition, "questions", f"competitions/quiz/{template}.html", context, status=status
    )


@require_safe
@never_cache
@keep_post
def bank_page(request, code):
    """All questions with their answers, and what the bank still lacks."""
    competition = _quiz_or_404(request, code)
    questions = competition.questions.prefetch_related("choices")
    shown = Paginator(questions, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page_obj": shown,
        "total": shown.paginator.count,
        "first": shown.start_index(),
        "faults": [words.sentence(fault) for fault in bank.bank_faults(competition)],
    }
    return _page(request, competition, "bank", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@keep_post
def edit(request, code, pk=None):
    """A new question, or a change of one."""
    competition = _quiz_or_404(request, code)
    question = None
    if pk is not None:
        question = get_object_or_404(competition.questions.prefetch_related("choices"), pk=pk)
    data = request.POST if request.method == "POST" else request.kept_post or None
    form = QuestionForm(data, question=question)
    if request.method == "POST" and form.is_valid():
        try:
            bank.put(
                competition,
                question,
                text=form.cleaned_data["text"],
                explanation=form.cleaned_data["explanation"],
                choices=form.choices,
            )
        except BankRefused as refused:
            form.add_error(None, words.sentence(refused.refusal))
        else:
            messages.success(request, _("The question is saved."))
            again = "more" in request.POST
            return redirect("competitions:question_new" if again else "competitions:questions", code)
    status = 422 if request.method == "POST" else 200
    return _page(request, competition, "question_form", {"form": form, "question": question}, status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@keep_post
def remove(request, code, pk):
    competition = _quiz_or_404(request, code)
    question = get_object_or_404(competition.questions.prefetch_related("choices"), pk=pk)
    if request.method == "POST":
        try:
            bank.remove(competition, question)
        except BankRefused as refused:
            messages.warning(request, words.sentence(refused.refusal))
        else:
            messages.success(request, _("The question is gone."))
        return redirect("competitions:questions", code)
    return _page(request, competition, "question_remove", {"question": question})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@keep_post
def bring_in(request, code):
    """Questions of an Excel file: all of them, or none and every fault by its row."""
    competition = _quiz_or_404(request, code)
    is_sent = request.method == "POST"
    form = QuestionFileForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    issues = []
    if is_sent and form.is_valid():
        issues = _bring_in(request, competition, form)
        if issues is None:
            return redirect("competitions:questions", code)
    context = {"form": form, "issues": issues[:MOST_ISSUES], "more": max(0, len(issues) - MOST_ISSUES)}
    return _page(request, competition, "import", context, 422 if is_sent else 200)


def _bring_in(request, competition, form):
    """None when the questions are in the bank, else the issues; without any the form has an error."""
    replace = form.cleaned_data["replace"]
    known = () if replace else competition.questions.values_list("text", flat=True)
    try:
        found = workbook.read(form.cleaned_data["file"].file, known)
        if found.errors:
            return found.errors
        count = bank.add_all(competition, found.questions, replace=replace)
    except WorkbookRefused as refused:
        form.add_error("file", refused.message)
        return []
    except BankRefused as refused:
        form.add_error(None, words.sentence(refused.refusal))
        return []
    said = ngettext("%(count)s question was taken over.", "%(count)s questions were taken over.", count)
    messages.success(request, said % {"count": count})
    return None


@require_safe
@never_cache
@keep_post
def download(request, code):
    """The bank as a workbook that reads back the same; empty, it is the template to fill in."""
    competition = _quiz_or_404(request, code)
    content = workbook.written(competition.questions.prefetch_related("choices"), title=competition.title)
    response = HttpResponse(content, content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="cau-hoi-{competition.code}.xlsx"'
    return response
