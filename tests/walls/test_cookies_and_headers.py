"""What production tells a browser, asked of a portal with its settings: no setting is believed unseen."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from tests.walls.production import ENVIRONMENT, ROOT

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ASK = Path(__file__).with_name("ask_production.py")


@pytest.fixture(scope="module")
def answers(django_db_setup, tmp_path_factory):
    """{what was asked: {status, headers, cookies}} of a process that runs as in production, on a copy of the
    empty database of the tests."""
    folder = tmp_path_factory.mktemp("production")
    with (
        closing(sqlite3.connect(connection.settings_dict["NAME"])) as empty,
        closing(sqlite3.connect(folder / "portal.sqlite3")) as copy,
    ):
        empty.backup(copy)
    environment = (
        os.environ
        | ENVIRONMENT
        | {
            "DATABASE_URL": f"sqlite:///{folder}/portal.sqlite3",
            "MEDIA_ROOT": f"{folder}/media",
            "STATIC_ROOT": f"{folder}/static",
            "REDIS_URL": "",
        }
    )
    done = subprocess.run(
        [sys.executable, str(ASK)], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_every_answer_carries_every_wall(answers):
    for asked in ("home", "nothing there", "form", "open data"):
        headers = answers[asked]["headers"]
        assert headers["strict-transport-security"] == "max-age=31536000; includeSubDomains; preload", asked
        assert headers["x-content-type-options"] == "nosniff", asked
        assert headers["x-frame-options"] == "DENY", asked
        assert headers["referrer-policy"] == "same-origin", asked
        assert headers["cross-origin-opener-policy"] == "same-origin", asked
        assert "content-security-policy-report-only" not in headers, asked


def parts_of(answer):
    policy = answer["headers"]["content-security-policy"]
    return dict(part.strip().partition(" ")[::2] for part in policy.split(";"))


def test_the_policy_of_our_pages_lets_nothing_in_but_our_own_files(answers):
    assert parts_of(answers["home"]) == {
        "default-src": "'none'",
        "object-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
        "upgrade-insecure-requests": "",
    }


def test_the_editor_s_policy_is_looser_in_script_style_and_frames_alone(answers):
    strict, loose = parts_of(answers["home"]), parts_of(answers["editor"])
    changed = {name: value for name, value in loose.items() if strict.get(name) != value}
    assert changed == {
        "script-src": "'self' 'unsafe-inline'",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "frame-src": "'self'",
        "frame-ancestors": "'self'",
    }


def test_a_browser_is_asked_for_nothing_but_a_key_and_the_whole_screen(answers):
    features = dict(part.split("=") for part in answers["home"]["headers"]["permissions-policy"].split(", "))
    assert {name for name, allowed in features.items() if allowed == "(self)"} == {
        "clipboard-read",
        "clipboard-write",
        "fullscreen",
        "publickey-credentials-create",
        "publickey-credentials-get",
    }
    assert set(features.values()) == {"()", "(self)"}
    assert {"camera", "geolocation", "microphone", "payment", "usb", "browsing-topics"} <= set(features)


def test_pages_elsewhere_draw_in_open_data_alone(answers):
    policies = {name: answer["headers"]["cross-origin-resource-policy"] for name, answer in answers.items()}
    assert policies.pop("open data") == "cross-origin"
    assert set(policies.values()) == {"same-origin"}


def test_every_cookie_belongs_to_this_host_alone(answers):
    cookies = {name: cookie for answer in answers.values() for name, cookie in answer["cookies"].items()}
    assert set(cookies) == {
        "__Host-phien",
        "__Host-csrf",
        "__Host-co_chu",
        "__Host-ngon_ngu",
        "__Host-messages",
        "__Host-nguoi_viet",
    }
    for name, cookie in cookies.items():
        assert (cookie["path"], cookie["domain"]) == ("/", ""), name
        assert cookie["secure"] is True and cookie["samesite"] == "Lax", name
        assert cookie["httponly"] == (True if name != "__Host-csrf" else ""), name  # scripts send that one


def test_an_unencrypted_request_is_sent_to_the_encrypted_page(answers):
    answer = answers["in the open"]
    assert (answer["status"], answer["headers"]["location"]) == (301, "https://portal.example/")


@pytest.mark.parametrize("asked", ["another host", "another host forwarded"])
def test_no_page_is_drawn_for_another_host(answers, asked):
    answer = answers[asked]
    if asked == "another host":
        assert answer["status"] == 400
    else:  # X-Forwarded-Host is believed by nobody
        assert answer["status"] == 200 and "evil.example" not in json.dumps(answer)
