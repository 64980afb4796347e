"""A competition on its way, organised by `tochuc`; another one, whose organisers keep their own."""

from django.utils import timezone

from competitions import blueprints
from competitions.models import CompetitionPage, Judge, OrganiserPermission
from people.roles import Role
from tests.competitions import builders
from tests.ideas.builders import make_user

# what: (words, whoever may meet them)
SECRETS = {
    "another organiser's draft": ("Cuộc thi kín 5511", ("editor", "publisher", "superuser")),
    "entry of another competition": (("Bài của nơi khác 5512", "Lời nơi khác 5513"), ()),
    "entrant": (("cu.dan.kin.5501@hungdao.example", "Cư Dân Kín 5501"), ("organiser",)),
    "entry handed in": ("Lời kín 5503", ("organiser",)),
    "draft of an entry": (
        ("Bài nháp kín 5505", "Lời nháp kín 5506", "nguoi.khac.5504@hungdao.example", "Người Khác 5504"),
        (),
    ),
    "file of an entry": ("tep-du-thi-5514", ("organiser",)),
}


def add(world):
    ward, labels = world.ward, world.labels
    other = make_user("tochuckhac", "Ngô Thị Tổ Chức Khác", Role.ORGANISER)
    plan = blueprints.plan_of("ideas")
    windows = [w for w in blueprints.proposed(plan) if not plan.phase(w.code).optional]
    labels["draft_competition"] = blueprints.make("ideas", "Cuộc thi đang soạn", windows, ward.tochuc).code
    labels["foreign_competition"] = blueprints.make("ideas", "Cuộc thi kín 5511", windows, other).code
    running = builders.competition(organiser=other, title="Cuộc thi nơi khác")
    foreign = builders.handed_in(running, title="Bài của nơi khác 5512", text="Lời nơi khác 5513")
    labels["foreign_running"], labels["foreign_entry"] = running.code, foreign.pk
    _own(world)


def _own(world):
    labels = world.labels
    page = CompetitionPage.objects.get(code=labels["competition"])
    entry = builders.entry(page, builders.participant(), title="Bài có tệp")
    file = builders.attach(entry, "tep-du-thi-5514.png", content=b"\x89PNG tep-du-thi-5514")
    labels["file_entry"], labels["entry_file"] = builders.hand_in(entry).pk, file.pk
    seat = Judge.objects.create(competition=page, user=world.ward.giamkhao, appointed_at=timezone.now())
    labels["judge_seat"] = seat.pk
    helper = make_user("trothituc", "Lê Thị Trợ", Role.ORGANISER)
    builders.may_organise(helper, page)
    labels["organiser_row"] = OrganiserPermission.objects.get(user=helper).pk
