"""Figures the portal computes itself, kept as rows so that a page of them costs one query."""

from django.db import models

from config.figures import LEAST_SHOWN


class KeptFigure(models.Model):
    """What a computed target or task came to for a year, as of a day; the clock writes it anew
    (`targets.keeping`)."""

    code = models.CharField(max_length=20)  # of the target or task
    year = models.PositiveSmallIntegerField()
    as_of = models.DateField()
    numerator = models.DecimalField(max_digits=20, decimal_places=4)
    denominator = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    is_complete = models.BooleanField()  # what the target asks for is reached
    population = models.PositiveIntegerField(null=True)
    source = models.CharField(max_length=200)
    computed_at = models.DateTimeField()

    class Meta:
        ordering = ["code", "year"]
        constraints = [models.UniqueConstraint(fields=["code", "year"], name="plan_kept_once_a_year")]

    @property
    def is_public(self):
        """A total of fewer people would speak of persons."""
        return self.population is None or self.population >= LEAST_SHOWN
