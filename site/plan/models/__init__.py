"""What the plan keeps: its targets and tasks as the ward carries them out, and the reports about them."""

from .dates import Phase, RecurringDate, Review
from .kept import KeptFigure
from .public import TargetPublication
from .report import (
    PeriodKind,
    ReportChange,
    ReportPeriod,
    ReportState,
    ReportVersion,
    UnitReport,
)
from .target import (
    Comparator,
    ExpectedValue,
    Frequency,
    Part,
    ReportedValue,
    Target,
    TargetDefinition,
    TargetGroup,
    TargetUnit,
    ValueEvidence,
)
from .task import Task, TaskChange, TaskGroup, TaskState, TaskUnit

__all__ = [
    "Comparator",
    "ExpectedValue",
    "Frequency",
    "KeptFigure",
    "Part",
    "PeriodKind",
    "Phase",
    "RecurringDate",
    "ReportChange",
    "ReportPeriod",
    "ReportState",
    "ReportVersion",
    "ReportedValue",
    "Review",
    "Target",
    "TargetDefinition",
    "TargetGroup",
    "TargetPublication",
    "TargetUnit",
    "Task",
    "TaskChange",
    "TaskGroup",
    "TaskState",
    "TaskUnit",
    "UnitReport",
    "ValueEvidence",
]
