"""The golden table: addresses of entering. `staff` (account canbo) leads an entry; `editor` is invited."""

from tests.house.table import Row

OWN = "200 staff | 302 anonymous | 404 *"
MOVES = "302 anonymous staff | 404 *"

ROWS = [
    Row("competitions:code", get="200 *", post="422 *"),
    Row("competitions:code_typed", get="302 *", post="302 *"),
    Row("competitions:forget", get="405 *", post="302 *"),
    Row("competitions:my_entries", get="302 anonymous | 200 *", post="405 *"),
    Row(
        "competitions:enter slug=competition_slug", get="302 anonymous | 200 *", post="302 anonymous | 422 *"
    ),
    Row("competitions:enter slug=khong-co", get="302 anonymous | 404 *", post="302 anonymous | 404 *"),
    Row(
        "competitions:invitation pk=own_invitation",
        get="200 editor | 302 anonymous | 404 *",
        post="302 anonymous | 422 editor | 404 *",
    ),
    Row("competitions:entry pk=own_draft", get=OWN, post="405 *"),
    Row("competitions:entry pk=draft_entry", get="302 anonymous | 404 *", post="405 *"),
    Row("competitions:entry pk=entry", get="302 anonymous | 404 *", post="405 *"),
    Row("competitions:entry pk=own_sent", get=OWN, post="405 *"),
    Row("competitions:entry_version pk=own_sent number=1", get=OWN, post="405 *"),
    Row("competitions:entry_receipt pk=own_sent", get=OWN, post="405 *"),
    Row("competitions:entry_about pk=own_draft", get=OWN, post="302 anonymous | 422 staff | 404 *"),
    Row("competitions:entry_content pk=own_draft", get=OWN, post=MOVES),
    Row("competitions:entry_autosave pk=own_draft", get="405 *", post="200 staff | 401 anonymous | 404 *"),
    Row("competitions:entry_files pk=own_draft", get=OWN, post=MOVES),
    Row("competitions:entry_file pk=own_draft file=own_file", get=OWN, post="405 *"),
    Row("competitions:entry_preview pk=own_draft file=own_file", get=OWN, post="405 *"),
    Row("competitions:entry_file_remove pk=own_draft file=own_file", get=OWN, post=MOVES),
    Row("competitions:entry_team pk=own_draft", get=OWN, post="302 anonymous | 422 staff | 404 *"),
    Row("competitions:invitation_take_back pk=own_draft invitation=own_invitation", get=OWN, post=MOVES),
    Row("competitions:member_remove pk=own_draft place=own_member", get=OWN, post=MOVES),
    Row("competitions:team_leave pk=own_draft", get=MOVES, post=MOVES),
    Row("competitions:entry_consents pk=own_draft", get=OWN, post="302 anonymous | 422 staff | 404 *"),
    Row("competitions:entry_submit pk=own_draft", get=OWN, post="302 anonymous | 422 staff | 404 *"),
    Row("competitions:entry_withdraw pk=own_draft", get=OWN, post=MOVES),
]
