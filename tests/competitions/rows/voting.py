"""The golden table: addresses of the public vote."""

from tests.house.table import Row

_OVER = "/cuoc-thi/to-chuc/<vote_over>/binh-chon"

ROWS = [
    Row("competitions:vote slug=vote_slug", get="200 *", post="405 *"),
    Row("competitions:vote slug=vote_over_slug", get="200 *", post="405 *"),
    Row(
        "competitions:vote_entry slug=vote_slug code=vote_entry",
        get="200 *",
        post="302 anonymous | 409 organiser judge | 422 *",
    ),
    Row(
        "competitions:vote_confirm slug=vote_slug code=vote_entry", get="302 anonymous | 200 *", post="405 *"
    ),
    Row(
        "competitions:vote_picture slug=vote_slug code=vote_entry pk=vote_picture size=nho",
        get="200 *",
        post="405 *",
    ),
    Row("competitions:vote_desk code=vote", get="200 organiser | 302 anonymous | 404 *", post="405 *"),
    Row("competitions:vote_desk code=vote_over", get="200 organiser | 302 anonymous | 404 *", post="405 *"),
    Row("competitions:vote_recount code=vote_over", get="405 *", post="302 organiser anonymous | 404 *"),
    Row("competitions:votes code=vote", get="302 anonymous | 404 *", post="405 *"),
    Row("competitions:votes code=vote_over", get="200 organiser | 302 anonymous | 404 *", post="405 *"),
    Row("competitions:vote_void code=vote", get="302 anonymous | 404 *", post="302 anonymous | 404 *"),
    Row(
        f"{_OVER}/huy/?phieu=<vote_cast>",
        get="200 organiser | 302 anonymous | 404 *",
        post="302 organiser anonymous | 404 *",  # a POST names its votes itself: here none
    ),
]
