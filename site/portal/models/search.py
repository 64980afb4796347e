"""What can be found: one row for each thing the public may read."""

from django.db import models


class SearchEntry(models.Model):
    """A published thing as the search knows it. Its row is written and dropped with the thing itself.

    `exact` is matched where accents count (`vietnamese.text.name_key`), `folded_title` and `folded_text`
    where they do not. The database's own full-text index over the folded columns is made in the migration.
    """

    kind = models.CharField(max_length=20)  # a code of portal.search.registry
    object_id = models.CharField(max_length=40)
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    detail = models.CharField(max_length=300, blank=True)  # the small line below: a number, a unit
    url = models.CharField(max_length=500)
    day = models.DateField(null=True)
    year = models.PositiveSmallIntegerField(null=True)
    exact = models.TextField(blank=True)
    folded_title = models.TextField(blank=True)
    folded_text = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "year"], name="portal_search_facets")]
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="portal_search_key")]
