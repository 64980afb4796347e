"""The golden table: addresses of public."""

from tests.house.table import Row  # noqa: F401 the first row uses it

ROWS = []
