"""Drawing one meeting, with the typed values of the part that was sent."""

from django.shortcuts import render

from ideas import meetings
from ideas.forms.meeting import ConclusionForm, CountersForm, OpenVoteForm, RollForm, SecretBallotForm
from ideas.leads.commenting import leads_shown
from ideas.models import Initiative
from ideas.models.meeting import MeetingState, VotingMode
from ideas.moves import Actor
from ideas.papers.offers import MeetingPapers
from ideas.papers.showing import shown
from ideas.sitting import Sitting

from .found import crumbs_of_meetings, title_of
from .parts import ItemCard, needbar, roll, state_badge, why


def _counters_form(sitting, counters, bound, data, form):
    """Who counts, as typed or as named."""
    if bound == "counters":
        return form or CountersForm(data, sitting=sitting)
    initial = {
        "leader": next((counter.seat_id for counter in counters if counter.is_leader), ""),
        "members": [counter.seat_id for counter in counters if not counter.is_leader],
    }
    return CountersForm(initial=initial, sitting=sitting)


def draw_meeting(request, meeting, *, bound="", data=None, form=None, problem="", status=200):
    """Draws the meeting. `bound` names the part whose typed values are shown instead of the stored ones."""
    actor = Actor.of(request.user)
    sitting = Sitting(meeting)
    items = meetings.items_of(meeting)
    visible = set(
        Initiative.objects.visible_to(request.user)
        .filter(pk__in=[item.initiative_id for item in items])
        .values_list("pk", flat=True)
    )
    runs = sitting.may_run(actor)
    is_open = meeting.state == MeetingState.OPEN
    roll_form = (
        form
        if bound == "roll" and form
        else RollForm(data if bound == "roll" else None, seats=sitting.council.seats)
    )
    conclusion_form = (
        form
        if bound == "conclusion" and form
        else ConclusionForm(
            data if bound == "conclusion" else None, initial={"conclusion": meeting.conclusion}
        )
    )
    cards, leads = [], leads_shown([item.initiative for item in items])
    for number, item in enumerate(items, start=1):
        card = ItemCard(sitting, item, number, actor, visible)
        card.leads = leads.get(item.initiative_id, [])
        if card.can_record and item.mode:
            part = f"item-{item.pk}"
            card.form = (
                form if bound == part and form else item_form(sitting, item, data if bound == part else None)
            )
        cards.append(card)
    present = sitting.seats_present
    counters = list(meeting.counters.select_related("staff"))
    secret = [item for item in items if item.mode == VotingMode.SECRET]
    may_name = runs and is_open and bool(secret) and not any(item.recorded_at for item in secret)
    context = {
        "meeting": meeting,
        "title": title_of(meeting),
        "sitting": sitting,
        "runs": runs,
        "takes_roll": is_open and sitting.may_take_roll(actor),
        "is_open": is_open,
        "is_planned": meeting.state == MeetingState.PLANNED,
        "is_closed": meeting.state == MeetingState.CLOSED,
        "state": state_badge(meeting),
        "roll": roll(sitting, items, roll_form),
        "roll_taken": bool(sitting.roll),
        "present": present,
        "present_bar": needbar(sitting.seats, sitting.needed, present),
        "counters": counters,
        "counters_form": _counters_form(sitting, counters, bound, data, form) if may_name else None,
        "cards": cards,
        "done": sum(bool(item.recorded_at) for item in items),
        "next_card": next((card.number for card in cards if not card.item.recorded_at), None),
        "conclusion_form": conclusion_form,
        "open_why": why(meetings.may_open(sitting, actor, items)),
        "close_why": why(meetings.may_close(sitting, actor, items)),
        "presiding": meeting.presided_by or (sitting.presiding().staff if sitting.presiding() else None),
        "keeping": sitting.keeping().staff if sitting.keeping() else None,
        "live": not (runs or sitting.may_take_roll(actor)) and meeting.state != MeetingState.CLOSED,
        "problem": problem,
        "papers": shown(MeetingPapers(request.user, meeting, sitting, items).offers()),
        "tallies": [card for card in cards if card.sees and card.item.tally_file],
        "crumbs": crumbs_of_meetings((title_of(meeting), "")),
    }
    return render(request, "ideas/meeting/detail.html", context, status=status)


def item_form(sitting, item, data=None, files=None, recording=False):
    if item.mode == VotingMode.SECRET:
        return SecretBallotForm(data, files, sitting=sitting, item=item, recording=True)
    return OpenVoteForm(data, sitting=sitting, item=item, recording=recording)
