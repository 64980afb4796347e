"""The golden table: addresses of entering."""

from tests.house.table import Row  # noqa: F401 the first row uses it

ROWS = []
