"""A session cookie was stolen. Its owner changes the password: the cookie is dead, and its socket too."""

import time

import pytest
from websockets.exceptions import ConnectionClosed

from tests.ideas.builders import PASSWORD, make_ward

from .portal import Visitor

NEW_PASSWORD = "mot-mat-khau-moi-rat-dai-2026"
WORK = "/viec-cua-toi/"
SIGN_IN_ENDED = 4401


def test_after_a_password_change_stolen_cookies_open_no_page_and_their_sockets_close(open_portal):
    portal = open_portal("postgresql")
    ward = make_ward()
    portal.web.start()
    owner, elsewhere = portal.visitor(), portal.visitor()
    for browser in (owner, elsewhere):
        browser.post("/tai-khoan/login/", login="tacgia", password=PASSWORD)
        assert browser.get(WORK).status == 200
    thief, second_thief = (Visitor(portal.web, browser.cookie) for browser in (owner, elsewhere))
    with thief.socket() as stolen, second_thief.socket() as also_stolen:
        stolen.recv(10), also_stolen.recv(10)
        changed = owner.post(
            "/tai-khoan/password/change/",
            oldpassword=PASSWORD,
            password1=NEW_PASSWORD,
            password2=NEW_PASSWORD,
        )
        assert changed.status == 302, changed.text
        assert [owner.get(WORK).status, thief.get(WORK).status, second_thief.get(WORK).status] == [
            200,
            302,
            302,
        ]
        for line in (stolen, also_stolen):
            assert _closed_with(line) == SIGN_IN_ENDED
    ward.tacgia.refresh_from_db()
    assert ward.tacgia.check_password(NEW_PASSWORD)


def _closed_with(line):
    until = time.monotonic() + 40
    with pytest.raises(ConnectionClosed) as closed:
        while True:
            line.recv(max(0.1, until - time.monotonic()))
    return closed.value.rcvd.code
