"""The golden table: addresses everybody reads."""

from tests.house.table import Row

ROWS = [
    Row("competitions:rss", get="200 *", post="405 *"),
    Row("competitions:atom", get="200 *", post="405 *"),
    Row("competitions:calendar_feed", get="200 *", post="405 *"),
    Row("competitions:clock", get="200 *", post="405 *"),
    Row("/cuoc-thi/", get="200 *", post="405 *"),
    Row("/cuoc-thi/<competition_slug>/", get="200 *", post="405 *"),
    Row("portal:open_data_cuoc-thi", get="200 *", post="405 *"),
    Row("portal:open_data_cuoc-thi_csv", get="200 *", post="405 *"),
]
