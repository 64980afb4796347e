"""One open competition with an entry handed in and a draft, organised by `tochuc`."""

from django.utils import timezone

from tests.competitions import builders


def add(world):
    ward = world.ward
    now = timezone.now()
    competition = builders.competition(now, organiser=ward.tochuc, slug="y-tuong-mo", title="Ý tưởng mở")
    world.labels["competition"] = competition.code
    world.labels["competition_slug"] = competition.slug
    leader = builders.participant("cu.dan.kin.5501@hungdao.example", full_name="Cư Dân Kín 5501")
    entry = builders.handed_in(competition, leader, title="Bài kín 5502", text="Lời kín 5503")
    world.labels["entry"] = entry.pk
    other = builders.participant("nguoi.khac.5504@hungdao.example", full_name="Người Khác 5504")
    draft = builders.entry(competition, other, title="Bài nháp kín 5505", text="Lời nháp kín 5506")
    world.labels["draft_entry"] = draft.pk
