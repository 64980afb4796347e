"""One clock for the portal."""

from django.db import models


class Heartbeat(models.Model):
    """When a process last said that it works; `/healthz` reads the worker's."""

    name = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "heartbeat"

    def __str__(self):
        return f"{self.name}: {self.at:%Y-%m-%d %H:%M:%S}"
