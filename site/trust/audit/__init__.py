"""The audit trail: who did what to which object when, from where.

An app registers the actions it records in `AppConfig.ready` and calls `record` where they happen. The row is
written in the caller's transaction; a moment later the worker seals rows into a chain of hashes, which
`manage.py audit_trail check` verifies (docs/operations.md).
"""

from .actions import Action, Kind, action_of, actions, register_action
from .recording import record

__all__ = ["Action", "Kind", "action_of", "actions", "record", "register_action"]
