"""What is kept of data rights: requests and their log, copies made, erasures, breaches, runs of retention."""

from .breach import Breach, BreachEntry
from .copies import CopyState, DataCopy
from .request import (
    Identity,
    RequestKind,
    RequestState,
    RightsEntry,
    RightsNumber,
    RightsRequest,
)
from .work import Erasure, RetentionRun

__all__ = [
    "Breach",
    "BreachEntry",
    "CopyState",
    "DataCopy",
    "Erasure",
    "Identity",
    "RequestKind",
    "RequestState",
    "RetentionRun",
    "RightsEntry",
    "RightsNumber",
    "RightsRequest",
]
