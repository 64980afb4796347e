"""What is done on the page of a meeting."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from ideas import meetings
from ideas.files import SCAN, store_signed_file
from ideas.forms.meeting import ConclusionForm, CountersForm, RollForm
from ideas.meetings import MeetingChanged, MeetingRefused
from ideas.models import AgendaItem, Initiative
from ideas.models.meeting import VotingMode
from ideas.moves import Actor
from ideas.reasons import sentence
from ideas.sitting import Sitting

from .drawing import draw_meeting, item_form
from .found import changed_words, meeting_or_404


class Act:
    """One POST on a meeting: which part, which button; the door decides."""

    def __init__(self, request, meeting):
        self.request, self.meeting, self.user = request, meeting, request.user
        self.part = request.POST.get("form", "")
        self.action = request.POST.get("action", "")
        version = request.POST.get("version", "")
        self.version = int(version) if version.isdecimal() and len(version) < 10 else -1
        self.form = None

    def answer(self):
        handler = {
            "open": self._open,
            "roll": self._roll,
            "counters": self._name_counters,
            "conclusion": self._conclude,
        }.get(self.part)
        if handler is None and self.part.startswith("item-"):
            handler = self._item
        if handler is None:
            raise Http404
        try:
            anchor = handler()
        except MeetingRefused as refused:
            return self._again(sentence(refused.answer), refused.answer.field)
        except MeetingChanged:
            return self._again(changed_words(), status=409)
        if anchor is None:
            return self._again("")
        return redirect(f"{self.meeting.get_absolute_url()}{anchor}")

    def _again(self, problem, field="", status=200):
        """The page once more with what was typed; the refusal stands at its field or on top."""
        if self.form is not None and problem and field in self.form.fields and self.form.is_bound:
            self.form.add_error(field, problem)
            problem = ""
        fresh = meeting_or_404(self.request, self.meeting.pk)
        return draw_meeting(
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

    def _name_counters(self):
        self.form = CountersForm(self.request.POST, sitting=Sitting(self.meeting))
        if not self.form.is_valid():
            return None
        meetings.name_counters(self.user, self.meeting, *self.form.chosen, base_version=self.version)
        messages.success(self.request, _("The ballot counters are named."))
        return "#kiem-phieu"

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
        self.form = item_form(sitting, item, self.request.POST, self.request.FILES, recording)
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
