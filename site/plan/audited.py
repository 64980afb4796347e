"""What of the plan goes into the audit trail: every line of its logs."""

from django.utils.translation import gettext_lazy as _

from trust.audit.following import follow

from .models.books import BookChange
from .models.consolidation import ConsolidationChange
from .models.difficulty import DifficultyEntry
from .models.groups import ResidentialGroupChange
from .models.programme import ProgrammeTermChange
from .models.report import ReportChange
from .models.survey import SurveyChange
from .models.target_log import TargetChange
from .models.task import TaskChange


def register():
    for model, code, label, target in (
        (ReportChange, "plan.report", _("a step of a unit’s report"), "report"),
        (ConsolidationChange, "plan.consolidation", _("a step of a consolidated report"), "report"),
        (TaskChange, "plan.task", _("a change of a task"), "task"),
        (TargetChange, "plan.target", _("a change of a target"), "target"),
        (DifficultyEntry, "plan.difficulty", _("a step of a difficulty"), "difficulty"),
        (BookChange, "plan.book", _("a change of an entry in a book"), "entry"),
        (SurveyChange, "plan.survey", _("a change of a survey point"), "point"),
        (ResidentialGroupChange, "plan.group", _("a change of a residential group"), "unit"),
        (ProgrammeTermChange, "plan.programme", _("another last day for the programme"), lambda row: None),
    ):
        follow(model, code, label, target=target, actor="actor", step="change")
