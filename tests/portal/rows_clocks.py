"""A person's own calendars: the address by signing in, the feed by its token alone."""

from tests.house.table import Row

ROWS = [
    Row("portal:my_calendar", get="302 anonymous | 200 *", post="302 *"),
    Row("portal:duty_feed token=feed_token", get="200 *", post="405 *"),
]
