"""What is kept about initiatives, by subject."""

from .reference import Counter, Field, Round, Rubric  # noqa: I001  (each needs the one before)
from .council import Appointment, CouncilChange, Delegation, Seat, SeatRole
from .initiative import Initiative, InitiativeUserObjectPermission, Kind
from .dossier import Attachment, AttachmentKind, Author, FirstUseParticipant, SubmittedVersion
from .history import Complaint, ComplaintOutcome, HistoryEntry
from .evaluation import Conflict, FrozenResult, ScoreSheet, SheetPoint
from .meeting import AgendaItem, Conclusion, Meeting, MeetingAttendance, Vote
from .decision import Decision, DecisionKind, InitiativeCertificate

__all__ = [
    "AgendaItem",
    "Appointment",
    "Attachment",
    "AttachmentKind",
    "Author",
    "Complaint",
    "ComplaintOutcome",
    "Conclusion",
    "Conflict",
    "CouncilChange",
    "Counter",
    "Decision",
    "DecisionKind",
    "Delegation",
    "Field",
    "FirstUseParticipant",
    "FrozenResult",
    "HistoryEntry",
    "Initiative",
    "InitiativeCertificate",
    "InitiativeUserObjectPermission",
    "Kind",
    "Meeting",
    "MeetingAttendance",
    "Round",
    "Rubric",
    "ScoreSheet",
    "Seat",
    "SeatRole",
    "SheetPoint",
    "SubmittedVersion",
    "Vote",
]
