"""What the plan keeps: its targets and tasks as the ward carries them out, and the reports about them."""

from .activities import Campaign, ResidentSession, SessionKind, Topic
from .books import BookChange, BookEntry, BookFile
from .dates import Phase, RecurringDate, Review
from .groups import GroupActivity, GroupMember, LocalGroup, ResidentialGroupChange
from .kept import KeptFigure
from .officers import Officer, OfficerField
from .programme import Programme, ProgrammeItem, ProgrammeState, ProgrammeTermChange
from .publicity import Channel, Publicity
from .report import (
    PeriodKind,
    ReportChange,
    ReportPeriod,
    ReportState,
    ReportVersion,
    UnitReport,
)
from .showcase import Replication, Showcase, ShowcaseState
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
    "BookChange",
    "BookEntry",
    "BookFile",
    "Campaign",
    "Channel",
    "Comparator",
    "ExpectedValue",
    "Frequency",
    "GroupActivity",
    "GroupMember",
    "KeptFigure",
    "LocalGroup",
    "Officer",
    "OfficerField",
    "Part",
    "PeriodKind",
    "Phase",
    "Programme",
    "ProgrammeItem",
    "ProgrammeState",
    "ProgrammeTermChange",
    "Publicity",
    "RecurringDate",
    "Replication",
    "ReportChange",
    "ReportPeriod",
    "ReportState",
    "ReportVersion",
    "ReportedValue",
    "ResidentSession",
    "ResidentialGroupChange",
    "Review",
    "SessionKind",
    "Showcase",
    "ShowcaseState",
    "Target",
    "TargetDefinition",
    "TargetGroup",
    "TargetUnit",
    "Task",
    "TaskChange",
    "TaskGroup",
    "TaskState",
    "TaskUnit",
    "Topic",
    "UnitReport",
    "ValueEvidence",
]
