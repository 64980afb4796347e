"""What an organiser writes: texts, rules, facts, prizes, share of the vote, dates."""

from django.contrib import messages
from django.utils.translation import gettext as _

from ...blueprints import plan_of
from ...organising import editing, words
from ...organising.forms.phases import PhasesForm, initial_of
from ...organising.forms.texts import EntranceForm, PrizeFormSet, RulesForm, ShareForm, TextsForm
from ...organising.overview import part_lines
from ...organising.page import page
from ...organising.refusals import ActRefused
from ...phases import PhaseCode
from ...publishing import latest
from .found import for_organisers, go, look_again, status_of, typed


def _draw(request, competition, part, form, why, **more):
    """One part of a competition: its form, or what is fixed and why."""
    context = {
        "form": form,
        "part": part,
        "part_title": words.PARTS[part],
        "why": words.refusal(why) if why else "",
        "parts": part_lines(competition, part),
    } | more
    status = 409 if more.get("saved_now") is not None else status_of(form)
    return page(
        request, competition, "manage", f"competitions/organising/{part}.html", context, status=status
    )


def _edit(request, competition, part, *, make, why, seen, save, **more):
    """`make(data)` the form, `save(form)` the act, `seen(competition)` what the form remembers."""
    form = make(typed(request))
    saved_now = None
    if request.method == "POST" and form.is_valid():
        try:
            save(form)
        except ActRefused as refused:
            form.refuse(refused)
            if refused.code == "changed_meanwhile":
                competition.refresh_from_db()
                saved_now = look_again(form, make(None), seen(competition))
        else:
            messages.success(request, _("Saved."))
            return go(competition, part)
    if why and request.method == "GET":
        for field in form.fields.values():
            field.disabled = True
    return _draw(request, competition, part, form, why, saved_now=saved_now, **more)


@for_organisers
def texts(request, competition):
    def make(data):
        draft = latest(competition)
        values = {name: getattr(draft, name) for name in editing.TEXTS}
        return TextsForm(data, initial=values | {"seen": editing.seen_texts(competition)})

    def save(form):
        editing.save_texts(competition, request.user, form.cleaned_data, seen=form.seen_number)

    why = editing.why_texts_are_closed(competition)
    return _edit(request, competition, "texts", make=make, why=why, seen=editing.seen_texts, save=save)


@for_organisers
def rules(request, competition):
    def make(data):
        articles = [(b.value["code"], b.value["heading"], b.value["text"]) for b in latest(competition).rules]
        return RulesForm(articles, data, initial={"seen": editing.seen_texts(competition)})

    def save(form):
        editing.save_rules(competition, request.user, form.texts, seen=form.seen_number)

    why = editing.why_texts_are_closed(competition)
    return _edit(request, competition, "rules", make=make, why=why, seen=editing.seen_texts, save=save)


def _seen(part):
    return lambda competition: editing.seen_rows(competition, part)


@for_organisers
def entrance(request, competition):
    seen = _seen("entrance")

    def make(data):
        return EntranceForm(competition, data, initial={"seen": seen(competition)})

    def save(form):
        editing.save_facts(competition, request.user, form.values, seen=form.seen_number)

    why = editing.why_facts_are_closed(competition)
    return _edit(request, competition, "entrance", make=make, why=why, seen=seen, save=save)


@for_organisers
def vote_share(request, competition):
    seen = _seen("vote_share")

    def make(data):
        share = f"{competition.vote_share.normalize():f}".replace(".", ",")
        return ShareForm(data, initial={"vote_share": share, "seen": seen(competition)})

    def save(form):
        editing.save_share(competition, request.user, form.cleaned_data["vote_share"], seen=form.seen_number)

    why = editing.why_facts_are_closed(competition)
    has_vote = competition.window(PhaseCode.VOTE) is not None
    return _edit(
        request, competition, "vote_share", make=make, why=why, seen=seen, save=save, has_vote=has_vote
    )


@for_organisers
def phases(request, competition):
    seen = _seen("phases")

    def make(data):
        kept = initial_of([phase.window for phase in competition.phases.all()])
        return PhasesForm(plan_of(competition.blueprint), data, initial=kept | {"seen": seen(competition)})

    def save(form):
        editing.save_phases(competition, request.user, form.windows, seen=form.seen_number)

    why = editing.why_facts_are_closed(competition)
    return _edit(request, competition, "phases", make=make, why=why, seen=seen, save=save)


@for_organisers
def prizes(request, competition):
    """A table of rows; one without a name is no prize."""
    rows = [_row(prize) for prize in competition.prizes.all()]
    seen = editing.seen_rows(competition, "prizes")
    why = editing.why_facts_are_closed(competition)
    formset = PrizeFormSet(typed(request), initial=rows)
    problem, saved_now = "", None
    if request.method == "POST" and formset.is_valid():
        values = [form.value for form in formset if form.value]
        posted = request.POST.get("seen", "")
        try:
            editing.save_prizes(
                competition, request.user, values, seen=int(posted) if posted.isdecimal() else -1
            )
        except ActRefused as refused:
            problem = words.refusal(refused.code, refused.params)
            if refused.code == "changed_meanwhile":
                saved_now = [(prize.name, _in_a_line(prize)) for prize in competition.prizes.all()]
        else:
            messages.success(request, _("Saved."))
            return go(competition, "prizes")
    if why and request.method == "GET":
        for form in formset:
            for field in form.fields.values():
                field.disabled = True
    wrong = formset.is_bound and not formset.is_valid()
    context = {
        "formset": formset,
        "seen": seen,
        "problem": problem,
        "saved_now": saved_now,
        "part": "prizes",
        "part_title": words.PARTS["prizes"],
        "why": words.refusal(why) if why else "",
        "parts": part_lines(competition, "prizes"),
    }
    status = 409 if saved_now is not None else 422 if wrong or problem else 200
    return page(request, competition, "manage", "competitions/organising/prizes.html", context, status=status)


def _in_a_line(prize):
    row = _row(prize)
    return f"{row['count']} × {row['amount']}, {prize.get_kind_display()}"


def _row(prize):
    amount = f"{prize.amount:,}".replace(",", ".")
    return {"name": prize.name, "kind": prize.kind, "count": prize.count, "amount": amount}
