"""The council's meetings: the list, the plan, the page of one meeting and what is done on it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from people.kept_post import keep_post
from trust.storage import serve_private

from .. import meetings
from ..files import SCAN, store_signed_file
from ..forms.meeting import ConclusionForm, MeetingForm, OpenVoteForm, RollForm, SecretBallotForm
from ..meetings import MeetingChanged, MeetingRefused
from ..models import AgendaItem, Initiative
from ..models.meeting import MeetingState, VotingMode
from ..moves import Actor
from ..reasons import sentence
from ..sitting import Sitting
from .meeting_parts import ItemCard, needbar, roll, state_badge, why

PAGE_SIZE = 20
LIST = "/sang-kien/hoi-dong/hop/"


def _crumbs(*more):
    return [(_("Initiatives"), "/sang-kien/"), (_("Council meetings"), LIST), *more]


# ---- the list and the plan


@require_safe
@never_cache
@keep_post
def meeting_list(request):
    """Meetings of the councils the reader sits in. 404 for everybody else."""
    visible = meetings.meetings_visible_to(request.user)
    kept = meetings.appointments_kept_by(request.user)
    if not kept and not _holds_a_seat(request.user):
        raise Http404
    rows = visible.annotate(
        total=Count("items", distinct=True),
        done=Count("items", filter=Q(items__recorded_at__isnull=False), distinct=True),
    ).order_by("-starts_at")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "rows": [(meeting, state_badge(meeting)) for meeting in page],
        "may_plan": bool(kept),
        "crumbs": [*_crumbs()[:1], (_("Council meetings"), "")],
    }
    return render(request, "ideas/meeting/list.html", context)


def _holds_a_seat(user):
    staff = getattr(user, "staff", None)
    return staff is not None and user.is_active and staff.seats.exists()


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@keep_post
def plan(request):
    """A new meeting. 404 for who holds no seat, 403 for members who do not plan."""
    kept = meetings.appointments_kept_by(request.user)
    if not kept:
        if not _holds_a_seat(request.user):
            raise Http404
        raise PermissionDenied(_("Only the council's secretary plans meetings."))
    appointment = kept[0]
    form = MeetingForm(_data(request), free=meetings.can_be_put_on(appointment))
    if request.method == "POST" and form.is_valid():
        try:
            meeting = meetings.plan_meeting(
                request.user,
                appointment,
                starts_at=form.starts_at,
                place=form.cleaned_data["place"],
                initiatives=list(form.cleaned_data["initiatives"]),
            )
        except MeetingRefused as refused:
            _show(form, refused)
        else:
            messages.success(request, _("The meeting is planned and every seat is invited."))
            return redirect(meeting)
    context = {"form": form, "crumbs": _crumbs((_("Plan a meeting"), "")), "meeting": None}
    return render(request, "ideas/meeting/plan.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@keep_post
def change(request, pk):
    """Another time, place or agenda."""
    meeting = _meeting_or_404(request, pk)
    sitting, actor = Sitting(meeting), Actor.of(request.user)
    if not sitting.may_run(actor) or meeting.state == MeetingState.CLOSED:
        raise PermissionDenied(_("Only the council's secretary changes a meeting, before it is closed."))
    begun = meeting.state != MeetingState.PLANNED
    free = meetings.can_be_put_on(meeting.appointment, meeting)
    form = MeetingForm(_data(request), initial=_plan_of(meeting), free=free, begun=begun)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            meetings.change_meeting(
                request.user,
                meeting,
                starts_at=meeting.starts_at if begun else form.starts_at,
                place=meeting.place if begun else form.cleaned_data["place"],
                initiatives=list(form.cleaned_data["initiatives"]),
                base_version=form.cleaned_data.get("version") or 0,
            )
        except MeetingRefused as refused:
            _show(form, refused)
        except MeetingChanged:
            form.add_error(None, _changed_words())
            status = 409
        else:
            messages.success(request, _("Saved. Everybody invited is told when something changed."))
            return redirect(meeting)
    context = {
        "form": form,
        "meeting": meeting,
        "version": meeting.edit_version,
        "crumbs": _crumbs((_title(meeting), meeting.get_absolute_url()), (_("Change the meeting"), "")),
    }
    return render(request, "ideas/meeting/plan.html", context, status=status)


def _plan_of(meeting):
    local = timezone.localtime(meeting.starts_at)
    return {
        "day": local.date(),
        "time": local.time(),
        "place": meeting.place,
        "version": meeting.edit_version,
        "initiatives": list(
            meeting.items.filter(recorded_at__isnull=True).values_list("initiative_id", flat=True)
        ),
    }


def _data(request):
    return request.POST if request.method == "POST" else request.kept_post


def _show(form, refused):
    field = refused.answer.field
    form.add_error(field if field in form.fields else None, sentence(refused.answer))


# ---- one meeting


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@keep_post
def detail(request, pk):
    """The meeting as its reader may see it; a POST is one act on it, named by its form and button."""
    meeting = _meeting_or_404(request, pk)
    if request.method == "POST":
        return _Act(request, meeting).answer()
    return _page(request, meeting, bound=_bound_part(request.kept_post), data=request.kept_post)


def _meeting_or_404(request, pk):
    visible = meetings.meetings_visible_to(request.user).select_related("appointment", "presided_by")
    return get_object_or_404(visible, pk=pk)


def _bound_part(data):
    return data.get("form", "") if data else ""


def _title(meeting):
    return _("Meeting of %(day)s") % {"day": f"{timezone.localtime(meeting.starts_at):%d/%m/%Y}"}


def _changed_words():
    return _(
        "The meeting was changed elsewhere meanwhile. What you entered still stands here; "
        "compare it with the rest of the page and send again."
    )


def _page(request, meeting, *, bound="", data=None, form=None, problem="", status=200):
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
    cards = []
    for number, item in enumerate(items, start=1):
        card = ItemCard(sitting, item, number, actor, visible)
        if card.can_record and item.mode:
            part = f"item-{item.pk}"
            card.form = (
                form if bound == part and form else _item_form(sitting, item, data if bound == part else None)
            )
        cards.append(card)
    present = sitting.seats_present
    context = {
        "meeting": meeting,
        "title": _title(meeting),
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
        "tallies": [card for card in cards if card.sees and card.item.tally_file],
        "crumbs": _crumbs((_title(meeting), "")),
    }
    return render(request, "ideas/meeting/detail.html", context, status=status)


def _item_form(sitting, item, data=None, files=None, recording=False):
    if item.mode == VotingMode.SECRET:
        return SecretBallotForm(data, files, sitting=sitting, item=item, recording=True)
    return OpenVoteForm(data, sitting=sitting, item=item, recording=recording)


class _Act:
    """One POST on a meeting: which part, which button; the door decides."""

    def __init__(self, request, meeting):
        self.request, self.meeting, self.user = request, meeting, request.user
        self.part = request.POST.get("form", "")
        self.action = request.POST.get("action", "")
        version = request.POST.get("version", "")
        self.version = int(version) if version.isdecimal() and len(version) < 10 else -1
        self.form = None

    def answer(self):
        handler = {"open": self._open, "roll": self._roll, "conclusion": self._conclude}.get(self.part)
        if handler is None and self.part.startswith("item-"):
            handler = self._item
        if handler is None:
            raise Http404
        try:
            anchor = handler()
        except MeetingRefused as refused:
            return self._again(sentence(refused.answer), refused.answer.field)
        except MeetingChanged:
            return self._again(_changed_words(), status=409)
        if anchor is None:
            return self._again("")
        return redirect(f"{self.meeting.get_absolute_url()}{anchor}")

    def _again(self, problem, field="", status=200):
        """The page once more with what was typed; the refusal stands at its field or on top."""
        if self.form is not None and problem and field in self.form.fields and self.form.is_bound:
            self.form.add_error(field, problem)
            problem = ""
        fresh = _meeting_or_404(self.request, self.meeting.pk)
        return _page(
            self.request,
            fresh,
            bound=self.part,
            data=self.request.POST,
            form=self.form,
            problem=problem,
            status=status,
        )

    def _open(self):
        meetings.open_meeting(self.user, self.meeting, base_version=self.version)
        messages.success(self.request, _("The meeting is open. Take the roll first."))
        return "#diem-danh"

    def _roll(self):
        sitting = Sitting(self.meeting)
        self.form = RollForm(self.request.POST, seats=sitting.council.seats)
        if not self.form.is_valid():
            return None
        meetings.take_roll(
            self.user, self.meeting, self.form.present, self.form.reasons, base_version=self.version
        )
        messages.success(self.request, _("The roll is saved."))
        return "#diem-danh"

    def _conclude(self):
        self.form = ConclusionForm(self.request.POST)
        if not self.form.is_valid():
            return None
        text = self.form.cleaned_data["conclusion"]
        if self.action == "close":
            meetings.close_meeting(self.user, self.meeting, text, base_version=self.version)
            messages.success(
                self.request, _("The meeting is closed. What it proposed now waits for the head.")
            )
            return ""
        meetings.save_conclusion(self.user, self.meeting, text, base_version=self.version)
        messages.success(self.request, _("The conclusion is saved."))
        return "#ket-luan"

    def _item(self):
        pk = self.part.removeprefix("item-")
        if not (pk.isdecimal() and len(pk) < 10):
            raise Http404
        item = get_object_or_404(AgendaItem.objects.filter(meeting=self.meeting), pk=pk)
        item.meeting = self.meeting
        if self.action in ("open", "secret"):
            meetings.choose_mode(self.user, item, self.action, base_version=self.version)
        elif self.action == "take-off":
            meetings.take_off(self.user, item, base_version=self.version)
            messages.success(self.request, _("The item is off the agenda; a later meeting can take it up."))
            return "#chuong-trinh"
        elif self.action in ("save", "record") and item.mode:
            return self._vote(item)
        else:
            raise Http404
        return f"#viec-{item.pk}"

    def _vote(self, item):
        item.initiative = Initiative.objects.for_workflow().get(pk=item.initiative_id)
        sitting = Sitting(self.meeting)
        recording = self.action == "record"
        self.form = _item_form(sitting, item, self.request.POST, self.request.FILES, recording)
        answer = meetings.may_record(sitting, Actor.of(self.user), item)
        if not answer.allowed:
            raise MeetingRefused(answer, item.initiative)
        if not self.form.is_valid():
            return None
        if item.mode == VotingMode.SECRET:
            self._record_ballots(item)
        elif recording:
            conclusion = self.form.cleaned_data["conclusion"]
            meetings.record_open_vote(
                self.user, item, self._cast(item), conclusion, base_version=self.version
            )
        else:
            meetings.save_votes(self.user, item, self._cast(item), base_version=self.version)
            messages.success(self.request, _("The votes are saved; the result is not recorded yet."))
            return f"#viec-{item.pk}"
        messages.success(self.request, _("The result is recorded."))
        return f"#viec-{item.pk}"

    def _cast(self, item):
        """What was sent for each seat, those that cannot vote included: the door answers for them."""
        start = f"viec-{item.pk}-seat-"
        cast = {}
        for name, value in self.request.POST.items():
            seat = name.removeprefix(start)
            if name.startswith(start) and seat.isdecimal() and len(seat) < 10 and value in ("yes", "no"):
                cast[int(seat)] = value == "yes"
        return cast

    def _record_ballots(self, item):
        uploaded = self.form.cleaned_data.get("tally")
        if uploaded and self.meeting.edit_version != self.version:
            raise MeetingChanged(self.meeting.pk)  # before a file is kept for nothing
        file = store_signed_file(uploaded, "tallies", SCAN) if uploaded else None
        meetings.record_secret_ballot(
            self.user,
            item,
            self.form.ballots,
            self.form.cleaned_data["conclusion"],
            file=file,
            base_version=self.version,
        )


@require_safe
@never_cache
@keep_post
def tally(request, pk, item_pk):
    """The signed tally of a secret ballot, for those who may read the item."""
    meeting = _meeting_or_404(request, pk)
    item = get_object_or_404(meeting.items.exclude(tally_file=""), pk=item_pk)
    initiative = get_object_or_404(
        Initiative.objects.visible_to(request.user).for_workflow(), pk=item.initiative_id
    )
    if Sitting(meeting).concerned(Actor.of(request.user).staff_id, initiative):
        raise Http404
    ending = item.tally_file.name.rpartition(".")[2]
    kinds = {"pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg"}
    kind = kinds.get(ending, "application/octet-stream")
    return serve_private(item.tally_file, f"kiem-phieu-{initiative.code}.{ending}", kind)
