"""What is kept about initiatives, by subject."""

from .reference import Counter, Field, Round, Rubric  # noqa: I001  (each needs the one before)
from .council import Appointment, CouncilChange, Delegation, Seat, SeatRole
from .form_template import BlankForm, FormTemplate
from .initiative import Initiative, InitiativeUserObjectPermission, Kind
from .dossier import Attachment, AttachmentKind, Author, FirstUseParticipant, SubmittedVersion
from .history import Complaint, ComplaintOutcome, HistoryEntry
from .evaluation import Conflict, FrozenResult, ScoreSheet, SheetPoint
from .lead import LeadBatch, LeadMember
from .paper_sheet import KeyingRole, PaperSheet, SheetKeying
from .meeting import AgendaItem, BallotCounter, Conclusion, Meeting, MeetingAttendance, Vote
from .decision import Decision, DecisionKind, InitiativeCertificate
from .idea import CloseReason, Idea, IdeaContact, IdeaEntry, IdeaGrowth, IdeaOutcome, IdeaState
from .benefit import Adoption, BenefitIndicator, ClaimState, Measurement, MeasurementFile
from .similar import ComparedText, InitiativeLink, LinkKind
from .register import CityPackage, CitySending, RegisterNote, YearReport

__all__ = [
    "Adoption",
    "AgendaItem",
    "Appointment",
    "Attachment",
    "AttachmentKind",
    "Author",
    "BallotCounter",
    "BenefitIndicator",
    "BlankForm",
    "CityPackage",
    "CitySending",
    "ClaimState",
    "CloseReason",
    "ComparedText",
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
    "FormTemplate",
    "FrozenResult",
    "HistoryEntry",
    "Idea",
    "IdeaContact",
    "IdeaEntry",
    "IdeaGrowth",
    "IdeaOutcome",
    "IdeaState",
    "Initiative",
    "InitiativeCertificate",
    "InitiativeLink",
    "InitiativeUserObjectPermission",
    "KeyingRole",
    "Kind",
    "LeadBatch",
    "LeadMember",
    "LinkKind",
    "Measurement",
    "MeasurementFile",
    "Meeting",
    "MeetingAttendance",
    "PaperSheet",
    "RegisterNote",
    "Round",
    "Rubric",
    "ScoreSheet",
    "Seat",
    "SeatRole",
    "SheetKeying",
    "SheetPoint",
    "SubmittedVersion",
    "Vote",
    "YearReport",
]
