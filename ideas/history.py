"""Writing a line of a dossier's history beside the workflow's own steps."""

from .models import HistoryEntry


def record(initiative, step, actor, role, now, reason="", details=None, from_state=None):
    """What `actor` did without moving the dossier. Never with points: logs do not hold them."""
    return HistoryEntry.objects.create(
        initiative=initiative,
        at=now,
        transition=step,
        from_state=initiative.state if from_state is None else from_state,
        to_state=initiative.state,
        user=actor.user,
        actor_name=actor.name,
        actor_code=actor.code,
        actor_role=role,
        reason=reason,
        details=details or {},
    )
