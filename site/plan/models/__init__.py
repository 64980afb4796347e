"""What the plan keeps: its targets and tasks as the ward carries them out, and the reports about them."""

from .consolidation import (
    ConsolidatedReport,
    ConsolidatedSection,
    ConsolidationChange,
    ConsolidationState,
)
from .dates import Phase, RecurringDate, Review
from .kept import KeptFigure
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
    "ConsolidatedReport",
    "ConsolidatedSection",
    "ConsolidationChange",
    "ConsolidationState",
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
    "TargetUnit",
    "Task",
    "TaskChange",
    "TaskGroup",
    "TaskState",
    "TaskUnit",
    "UnitReport",
    "ValueEvidence",
]
