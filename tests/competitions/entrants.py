"""Entrants at their browsers, for the tests of entering."""

import io
import re
import time
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from competitions import visitors
from competitions.models import Entry
from notifications.models import OutboxMail
from tests.competitions import builders

MINE = "/cuoc-thi/bai-cua-toi/"
ALL_CONSENTS = ["competition-entry", "competition-name", "competition-publish"]


def knows(client, participant):
    """The browser proved this person's mailbox just now."""
    session = client.session
    session[visitors.SESSION_ENTRY] = {"pk": participant.pk, "at": time.time()}
    session.save()
    return client


def browser(participant=None):
    client = Client()
    client.cookies["ngon_ngu"] = "en"
    return knows(client, participant) if participant else client


def url(entry, part=""):
    return f"{MINE}{entry.pk}/{part}"


def last_code(address):
    """The code in the latest letter to `address`."""
    letter = OutboxMail.objects.filter(to=address).order_by("-pk").first()
    return re.search(r"\b(\d{6})\b", letter.body)[1]


def picture(name="anh.jpg", size=(60, 40), kind="JPEG", **more):
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **more)
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def fresh(entry):
    return Entry.objects.get(pk=entry.pk)


def at(monkeypatch, moment):
    """The portal's clock stands at `moment`."""
    monkeypatch.setattr(timezone, "now", lambda: moment)


def to_hand_in(competition, leader=None, *members, **fields):
    return builders.entry(competition, leader or builders.participant(), *members, **fields)


SECOND = timedelta(seconds=1)
