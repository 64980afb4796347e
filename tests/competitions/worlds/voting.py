"""A vote that runs and one that is over, both organised by `tochuc`; a voter whose address stays hidden."""

import io

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from competitions.models import EntryFile, Vote
from competitions.voting import counting
from tests.competitions import builders
from tests.competitions.vote_builders import agree

# What must not leak, and who may meet it anywhere at all.
SECRETS = {
    "address of a voter": ("cu.tri.kin.5511", ()),
    "mark of a voter's network": ("5512" * 16, ()),
    "entrant of an entry on the ballot": (("Người Kín 5513", "nguoi.kin.5513"), ("organiser",)),
    "file name of a picture on the ballot": ("anh-kin-5514", ("organiser",)),
}


def add(world):
    ward, now = world.ward, timezone.now()
    running = builders.competition(now, "vote", organiser=ward.tochuc, slug="anh-dep", title="Ảnh đẹp phường")
    running.judges.create(user=ward.giamkhao, appointed_at=now)
    entry, file = _entry(running)
    over = builders.competition(now, "over", organiser=ward.tochuc, slug="anh-dep-cu", title="Ảnh đẹp năm cũ")
    counted, _file = _entry(over)
    voter = builders.participant("cu.tri.kin.5511@hungdao.example")
    votes = [
        Vote.objects.create(
            competition=voted.competition,
            entry=voted,
            participant=voter,
            at=voted.competition.window("vote").opens_at,
            network="5512" * 16,
        )
        for voted in (entry, counted)
    ]
    counting.freeze(over, now)
    world.labels |= {
        "vote": running.code,
        "vote_slug": running.slug,
        "vote_entry": entry.code,
        "vote_picture": file.pk,
        "vote_over": over.code,
        "vote_over_slug": over.slug,
        "vote_cast": votes[1].pk,
    }


def _entry(competition):
    """Put to the vote, with a picture."""
    leader = builders.participant(
        f"nguoi.kin.5513.{competition.pk}@hungdao.example", full_name="Người Kín 5513"
    )
    entry = builders.entry(competition, leader, title="Hoàng hôn bên kênh", text="Chụp ở bờ kênh.")
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "JPEG")
    file = EntryFile(
        entry=entry,
        name="anh-kin-5514.jpg",
        content_type="image/jpeg",
        size=len(out.getvalue()),
        sha256=f"{entry.pk:064d}",
        caption="Hoàng hôn",
    )
    file.file.save("anh.jpg", ContentFile(out.getvalue()))
    entry = builders.hand_in(entry)
    agree(entry)
    return entry, file
