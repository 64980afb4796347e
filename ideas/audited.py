"""What of initiatives, ideas and the council goes into the audit trail: every row of their histories."""

from django.utils.translation import gettext_lazy as _

from trust.audit.following import follow
from trust.audit.objects import by_field, register_object

from .models import CouncilChange, HistoryEntry, IdeaEntry, Initiative
from .models.register import CityPackage
from .storyline import DONE


def register():
    follow(
        HistoryEntry,
        "ideas.initiative",
        _("a step of an initiative"),
        target="initiative",
        step="transition",
        words=DONE.get,
    )
    follow(IdeaEntry, "ideas.idea", _("a step of a resident’s idea"), target="idea", step="step")
    follow(
        CouncilChange,
        "ideas.council",
        _("changed the council’s records"),
        target=lambda row: (f"ideas.{row.kind}", row.object_id),
        step="kind",
        words=dict(CouncilChange.Kind.choices).get,
    )
    follow(
        CityPackage, "ideas.city_package", _("took the package for the city"), target="round", kind="access"
    )
    register_object("ideas.initiative", **by_field(Initiative, "code"))
