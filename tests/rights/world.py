"""What the crawler's world holds of data rights, with words that must not leak."""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils import timezone

from people.models import User
from rights import breaches, codes, copies, identity
from rights.models import CopyState, DataCopy

from .builders import do, fresh, sent

# What is looked for in every answer, and the roles that may meet it: (words, roles).
SECRETS = {
    "sender of a data-rights request": (
        ("Người Yêu Cầu Kín 6181", "yeu.cau.6181@thu.example", "0911 618 100"),
        ("protection",),
    ),
    "words of a data-rights request": ("Lời kín của yêu cầu 6182", ("protection",)),
    "breach of data protection": ("Sự cố kín 6183", ("protection",)),
}


def add_rights(world):
    now, baove = timezone.now(), User.objects.get(username="baove")
    person = {"name": "Người Yêu Cầu Kín 6181", "email": "yeu.cau.6181@thu.example", "phone": "0911 618 100"}
    words = {"text": "Lời kín của yêu cầu 6182", "now": now}
    fresh_one = sent(key="w1", **person, **words)
    known = sent(key="w2", **person, **words)
    identity.confirm_mailbox(known, now)
    do("answer", fresh(known), baove, "Phường đã nhận.", now=now)
    followed = sent("provide", key="w3", name="Ai đó", email="", text="", now=now)
    found_at = now - timedelta(hours=1)
    values = {"found_at": found_at, "happened_at": None, "what": "Sự cố kín 6183", "data": "Sổ"}
    breach = breaches.keep(baove, values | {"people": None, "measures": ""}, now=now)
    owner = User.objects.get(username="canbo")
    copy = DataCopy(
        user=owner,
        state=CopyState.READY,
        asked_at=now,
        asked_by_name="x",
        made_at=now,
        expires_at=now + copies.KEPT,
    )
    copy.file.save("ban-sao.zip", ContentFile(b"PK bi mat 6184"))
    world.labels |= {
        "rights_request": fresh_one.number,
        "rights_known": known.number,
        "rights_code": codes.shown(followed.code),
        "rights_key": identity.mailbox_link(fresh_one).rstrip("/").rsplit("/", 1)[1],
        "rights_copy": copy.pk,
        "breach": breach.number,
    }
