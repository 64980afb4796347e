"""What training keeps, by subject: courses, sessions, who came, what else counts, freezes, imports."""

from ..lifecycle import SessionState
from .attendance import COUNTED, Attendance, AttendanceEvent, Status
from .catalogue import TOPICS, Course, Mode, Requirement, RequirementCourse, RequirementYear
from .certificates import TrainingCertificate
from .claims import CreditHistory, Exemption, ExemptionHistory, OutsideCredit
from .competency import (
    Area,
    Competency,
    CompetencyEvidence,
    Framework,
    Level,
    PositionTarget,
    SelfAssessment,
)
from .imports import ImportBatch, ImportRow
from .policy_changes import PolicyChange
from .sessions import Enrolment, Session, SessionHistory, SheetScan
from .snapshots import CoverageSnapshot, SnapshotRow

__all__ = [
    "COUNTED",
    "TOPICS",
    "Area",
    "Attendance",
    "AttendanceEvent",
    "Competency",
    "CompetencyEvidence",
    "Course",
    "CoverageSnapshot",
    "CreditHistory",
    "Enrolment",
    "Exemption",
    "ExemptionHistory",
    "Framework",
    "ImportBatch",
    "ImportRow",
    "Level",
    "Mode",
    "OutsideCredit",
    "PolicyChange",
    "PositionTarget",
    "Requirement",
    "RequirementCourse",
    "RequirementYear",
    "SelfAssessment",
    "Session",
    "SessionHistory",
    "SessionState",
    "SheetScan",
    "SnapshotRow",
    "Status",
    "TrainingCertificate",
]
