"""What happened to a target: who leads it, what is expected, how it is counted, what was reported."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .parts import Line
from .target import Target


class TargetChange(Line):
    """`change` is a code of `targets.log`; `note` is the reason that was given."""

    target = models.ForeignKey(Target, models.PROTECT, related_name="changes")

    class Meta(Line.Meta):
        verbose_name = _("change of a target")
