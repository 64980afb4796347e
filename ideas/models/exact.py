"""Decimals that stay exact on every database: SQLite keeps a decimal as a float of fifteen figures."""

from decimal import Decimal

from django.db import models

PLACES = 4
_SCALE = Decimal(10) ** PLACES


class ExactDecimalField(models.BigIntegerField):
    """A decimal with at most four places, kept as a whole number of ten-thousandths: up to 900 thousand
    billion, exact. Compared and ordered by the database as a number; ValueError for more places."""

    def from_db_value(self, value, expression, connection):
        return None if value is None else Decimal(value) / _SCALE

    def to_python(self, value):
        return value if value is None else Decimal(value)

    def get_prep_value(self, value):
        if value is None:
            return None
        scaled = Decimal(value) * _SCALE
        if scaled != scaled.to_integral_value():
            raise ValueError(f"more than {PLACES} decimals: {value}")
        return int(scaled)
