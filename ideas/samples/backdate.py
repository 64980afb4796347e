"""Rows written while the past is told carry the moment of loading; this gives them their own."""

from django.db.models import Max

from ideas.models import Attachment, Complaint, Conflict, Decision, Initiative, ScoreSheet
from notifications.models import Notification, OutboxMail
from papers.models import Certificate

_MOMENTS = {
    Initiative: ("created_at", "edited_at"),
    Attachment: ("uploaded_at",),
    Conflict: ("declared_at",),
    Complaint: ("recorded_at",),
    Decision: ("recorded_at",),
    ScoreSheet: ("created_at", "updated_at"),
    Certificate: ("created_at",),
    Notification: ("created_at",),
    OutboxMail: ("created_at",),
}


class Clock:
    """Remembers the last row of each table; `turn(moment)` dates what came after it."""

    def __init__(self):
        self.last = {model: self._last(model) for model in _MOMENTS}

    def _last(self, model):
        return model._base_manager.aggregate(last=Max("pk"))["last"] or 0

    def turn(self, moment, *, read):
        """`read`: notices of that time have been read since."""
        for model, fields in _MOMENTS.items():
            last = self._last(model)
            if last == self.last[model]:
                continue
            values = dict.fromkeys(fields, moment)
            if model is Notification and read:
                values["read_at"] = moment
            model._base_manager.filter(pk__gt=self.last[model]).update(**values)
            self.last[model] = last
