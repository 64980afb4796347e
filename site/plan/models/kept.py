"""Figures the portal computes itself, kept as rows so that a page of them costs one query."""

from django.db import models

from config.figures import LEAST_SHOWN

from .target import Target


class KeptFigure(models.Model):
    """What a computed target came to for a year, as of a day; the clock writes it anew
    (`targets.keeping`)."""

    target = models.ForeignKey(Target, models.CASCADE, related_name="kept")
    year = models.PositiveSmallIntegerField()
    as_of = models.DateField()
    numerator = models.DecimalField(max_digits=20, decimal_places=4)
    denominator = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    is_complete = models.BooleanField()  # what the target asks for is reached
    population = models.PositiveIntegerField(null=True)
    source = models.CharField(max_length=200)
    computed_at = models.DateTimeField()

    class Meta:
        ordering = ["target", "year"]
        constraints = [models.UniqueConstraint(fields=["target", "year"], name="plan_kept_once_a_year")]

    @property
    def is_public(self):
        """A total of fewer people would speak of persons."""
        return self.population is None or self.population >= LEAST_SHOWN
