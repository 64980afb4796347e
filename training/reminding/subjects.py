"""The kinds of obligation, and the stable keys of what is owed."""

COVERAGE = "training.coverage"
CONFIRM_SESSION = "training.confirm_session"
FREEZE = "training.freeze"
TRAINING_OFFICER = "training_officer"  # the capacity that owes them


def of_coverage(code: str, year: int) -> str:
    return f"{code}:{year}"


def of_freeze(code: str, year: int, label: str) -> str:
    return f"{code}:{year}:{label}"


def of_session(code: str) -> str:
    return f"session:{code}"
