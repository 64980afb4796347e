"""What competitions keep."""

from .entry import Entry, EntryFile, EntryHistory, EntryVersion, Participation
from .judging import (
    EntryPoint,
    EntryRubric,
    EntrySheet,
    Finalist,
    Judge,
    JudgeConflict,
    Stage,
    StageResult,
    StageRun,
)
from .page import Blueprint, CompetitionIndexPage, CompetitionPage, OrganiserPermission, Who
from .participant import EmailCode, Invitation, Participant
from .phase import CompetitionChange, Phase
from .quiz import Answer, Choice, Question, Sitting
from .result import Award, AwardCertificate, Prize, PrizeKind, ResultList, ResultState, Signer
from .vote import Vote, VoteCount

__all__ = [
    "Answer",
    "Award",
    "AwardCertificate",
    "Blueprint",
    "Choice",
    "CompetitionChange",
    "CompetitionIndexPage",
    "CompetitionPage",
    "EmailCode",
    "Entry",
    "EntryFile",
    "EntryHistory",
    "EntryPoint",
    "EntryRubric",
    "EntrySheet",
    "EntryVersion",
    "Finalist",
    "Invitation",
    "Judge",
    "JudgeConflict",
    "OrganiserPermission",
    "Participant",
    "Participation",
    "Phase",
    "Prize",
    "PrizeKind",
    "Question",
    "ResultList",
    "ResultState",
    "Signer",
    "Sitting",
    "Stage",
    "StageResult",
    "StageRun",
    "Vote",
    "VoteCount",
    "Who",
]
