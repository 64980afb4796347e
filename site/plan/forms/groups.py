"""Clubs, teams, their members and what they did."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from editing.fields import TextAnswer
from people.models import Staff

from ..groups.residential import gone
from ..models import GroupActivity, GroupMember, LocalGroup
from .base import EntryForm, PartForm, last_day
from .fields import CountField, check_not_ahead, check_until, day

_DISSOLVED = gettext_lazy("Empty while it exists. Fill it in when it is dissolved.")


class GroupForm(EntryForm):
    title = TextAnswer(label=pgettext_lazy("book", "Name"), max_length=200, required=True)
    decision_number = TextAnswer(
        label=gettext_lazy("Number of the decision"),
        help_text=gettext_lazy("For example 12/QĐ-UBND."),
        max_length=40,
    )
    decided_on = day(gettext_lazy("Day of the decision"), required=False)
    head = TextAnswer(
        label=pgettext_lazy("club", "Head"), help_text=gettext_lazy("Not public."), max_length=120
    )
    start_on = day(gettext_lazy("Founded on"))
    last_day = last_day(gettext_lazy("Last day"), _DISSOLVED)

    class Meta:
        model = LocalGroup
        fields = ["unit", "title", "head", "decision_number", "decided_on", "start_on"]

    field_order = ["unit", "title", "head", "decision_number", "decided_on", "start_on", "last_day"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].label = _("Residential group")
        self.fields["unit"].empty_label = _("Choose a residential group")

    def check(self):
        check_until(self)
        for name in ("start_on", "decided_on"):
            check_not_ahead(self, name, self.today)


class MemberForm(PartForm):
    name = TextAnswer(
        label=gettext_lazy("Full name"),
        max_length=120,
        required=True,
        error_messages={"required": gettext_lazy("Type the name.")},
    )
    role = TextAnswer(label=gettext_lazy("Task in the group"), max_length=120)
    phone = TextAnswer(
        label=gettext_lazy("Telephone"),
        help_text=gettext_lazy("Only with the member’s consent; seen by those who keep this book."),
        max_length=20,
    )
    staff_code = TextAnswer(
        label=gettext_lazy("Staff code"),
        help_text=gettext_lazy("Where the member is an official of the ward."),
        max_length=30,
    )
    start_on = day(gettext_lazy("Member since"))
    last_day = last_day(gettext_lazy("Last day"), gettext_lazy("Empty while the member is in it."))

    class Meta:
        model = GroupMember
        fields = ["name", "role", "phone", "start_on"]

    field_order = ["name", "role", "phone", "staff_code", "start_on", "last_day"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.staff_id:
            self.initial["staff_code"] = self.instance.staff.staff_code

    def clean_staff_code(self):
        code = self.cleaned_data["staff_code"]
        self.instance.staff = Staff.objects.filter(staff_code=code).first() if code else None
        if code and self.instance.staff is None:
            raise forms.ValidationError(_("Nobody has the staff code “%(code)s”.") % {"code": code})
        return code

    def clean(self):
        cleaned = super().clean()
        check_until(self)
        return cleaned


class GroupActivityForm(EntryForm):
    """`unit` follows from the club or team."""

    taken_from_link = ("group",)
    group = forms.ModelChoiceField(
        LocalGroup.objects.none(),
        label=gettext_lazy("Club or team"),
        empty_label=gettext_lazy("Choose a club or team"),
        error_messages={"required": gettext_lazy("Choose the club or team.")},
    )
    title = TextAnswer(
        label=gettext_lazy("What was done"),
        help_text=gettext_lazy("In a few words, for example: guiding residents to VNeID."),
        max_length=200,
        required=True,
        error_messages={"required": gettext_lazy("Write what was done.")},
    )
    held_on = day(gettext_lazy("Day"))
    people = CountField(
        label=gettext_lazy("People who took part"),
        error_messages={"required": gettext_lazy("Type how many took part.")},
    )
    led_by = TextAnswer(label=gettext_lazy("Led by"), help_text=gettext_lazy("Not public."), max_length=120)
    text = TextAnswer(label=gettext_lazy("More about it"), max_length=3000, rows=4)

    class Meta:
        model = GroupActivity
        fields = ["unit", "group", "title", "held_on", "people", "led_by", "text"]

    field_order = ["group", "held_on", "title", "people", "led_by", "files", "text"]

    def _limit_units(self):
        keys = self.rights.writable_units(self.book)
        offered = Q(unit__in=keys - self.rights.gone) | Q(unit__in=keys, pk=self.instance.group_id)
        groups = LocalGroup.objects.filter(offered, struck_at__isnull=True)
        self.fields["group"].queryset = groups.order_by("title", "pk")
        del self.fields["unit"]

    def clean_group(self):
        group = self.cleaned_data["group"]
        self.instance.unit = group.unit
        return group

    def check(self):
        check_not_ahead(self, "held_on", self.today)
        group, held_on = self.cleaned_data.get("group"), self.cleaned_data.get("held_on")
        if group and held_on and group.unit_id in gone(held_on):
            words = _("“%(name)s” had ended by then. Check the day.")
            self.add_error("held_on", words % {"name": group.unit.name})
        elif group and held_on and not group.contains(held_on):
            words = _("“%(group)s” did not exist on that day. Check the day, or the days of the group.")
            self.add_error("held_on", words % {"group": group.title})
