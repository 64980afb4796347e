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
from .target_log import TargetChange
from .task import Task, TaskChange, TaskGroup, TaskState, TaskUnit
from .tasks import (
    BudgetLine,
    BudgetSource,
    CommentMention,
    CommentWithdrawal,
    ProgressNote,
    TaskComment,
    TaskFile,
    TaskOfficer,
    TaskStep,
    TaskUrge,
)

__all__ = [
    "BudgetLine",
    "BudgetSource",
    "CommentMention",
    "CommentWithdrawal",
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
    "ProgressNote",
    "RecurringDate",
    "ReportChange",
    "ReportPeriod",
    "ReportState",
    "ReportVersion",
    "ReportedValue",
    "Review",
    "Target",
    "TargetChange",
    "TargetDefinition",
    "TargetGroup",
    "TargetUnit",
    "Task",
    "TaskChange",
    "TaskComment",
    "TaskFile",
    "TaskGroup",
    "TaskOfficer",
    "TaskState",
    "TaskStep",
    "TaskUnit",
    "TaskUrge",
    "UnitReport",
    "ValueEvidence",
]
