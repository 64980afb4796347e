"""An entry of `canbo` that is being written by a team, `bientap` invited to it, and one handed in."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from competitions import visitors
from competitions.entering import files, team
from tests.competitions import builders

# What must not leak, and who may meet it anywhere at all.
SECRETS = {
    "title of an entry being written": ("Bài nháp riêng 5601", ("staff", "editor")),
    "text of an entry being written": ("Lời nháp riêng 5602", ("staff",)),
    "file of an entry being written": ("anh-rieng-5603", ("staff",)),
    "text of an entry handed in by staff": ("Lời đã nộp 5604", ("staff", "organiser")),
    "address of a member of a team": ("thanh.vien.5605@hungdao.example", ("organiser",)),
}


def add(world):
    ward, now = world.ward, timezone.now()
    leader = visitors.of_account(ward.canbo)
    member = builders.participant("thanh.vien.5605@hungdao.example", full_name="Thành Viên Đội")
    teams = builders.competition(
        now, organiser=ward.tochuc, slug="doi-thi-mo", title="Đội thi mở", team_most=4, files_most=5
    )
    draft = builders.entry(teams, leader, member, title="Bài nháp riêng 5601", text="Lời nháp riêng 5602")
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(picture, "JPEG")
    upload = SimpleUploadedFile("anh-rieng-5603.jpg", picture.getvalue(), "image/jpeg")
    invitation = team.invite(draft, leader, "Người Được Mời", ward.bientap.email)
    alone = builders.competition(now, organiser=ward.tochuc, slug="bai-ca-nhan", title="Bài cá nhân")
    sent = builders.handed_in(alone, leader, title="Bài đã nộp", text="Lời đã nộp 5604", now=now)
    world.labels |= {
        "own_draft": draft.pk,
        "own_file": files.attach(draft, leader, upload).pk,
        "own_invitation": invitation.pk,
        "own_member": draft.participations.get(participant=member).pk,
        "own_sent": sent.pk,
    }
