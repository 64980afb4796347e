"""Who gets the pages of declarations, paper sheets and lead members."""

from tests.house.table import Row

_ANYBODY_GETS_BACK = "302 *"  # signed out to the sign-in page, signed in to one's own list

ROWS = [
    Row("ideas:sheets_declare", get="405 *", post=_ANYBODY_GETS_BACK),
]
