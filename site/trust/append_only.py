"""Rows that are written once."""

from django.db import models
from django.dispatch import Signal

# After many rows were written at once, of which Django tells nobody. Arguments: rows.
rows_written = Signal()


class Frozen(TypeError):
    """An append-only row was to be changed or deleted."""


class AppendOnlyQuerySet(models.QuerySet):
    def bulk_create(self, objs, *args, **kwargs):
        rows = super().bulk_create(objs, *args, **kwargs)
        rows_written.send(self.model, rows=rows)
        return rows

    def update(self, **kwargs):
        raise Frozen(f"{self.model.__name__} is append-only")

    def delete(self):
        raise Frozen(f"{self.model.__name__} is append-only")

    def bulk_update(self, objs, fields, batch_size=None):
        raise Frozen(f"{self.model.__name__} is append-only")


class AppendOnly(models.Model):
    """Base of history rows, events, submitted versions, frozen results and freezes."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise Frozen(f"{type(self).__name__} is append-only")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise Frozen(f"{type(self).__name__} is append-only")
