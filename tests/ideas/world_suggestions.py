"""What the crawler's world holds of residents' ideas and of results, with words that must not leak."""

from django.utils import timezone

from ideas.benefits import ledger
from ideas.suggestions import codes, log, triage
from people.models import Unit
from tests.ideas import benefit_builders as results
from tests.ideas import builders
from tests.ideas import suggestion_builders as ideas

HANDLERS = ("secretary", "coordinator")
# What is looked for in every answer, and the roles that may meet it: (words, roles).
SECRETS = {
    "sender of an idea": (
        ("Người Gửi Kín 3871", "gui.kin.3871@thu.example", "0911 387 100"),
        (*HANDLERS, "unit_head"),
    ),
    "idea before its answer": ("Ý chưa trả lời 3872", (*HANDLERS, "unit_head")),
}


def add_suggestions(world):
    ward = world.ward
    unit = Unit.objects.get(code="VHXH")
    person = {"name": "Người Gửi Kín 3871", "email": "gui.kin.3871@thu.example", "phone": "0911 387 100"}
    waiting = ideas.sent(key="w", proposal="Ý chưa trả lời 3872", **{**person, "phone": ""})
    waiting = triage.assign(waiting, ward.thuky, unit, seen=log.last_seen(waiting))
    public = ideas.answered(ward, key="p", proposal="Ý đã trả lời", **person)
    world.labels |= {
        "waiting_idea": waiting.number,
        "public_idea": public.number,
        "idea_code": codes.shown(public.code),
    }
    _add_results(world, unit)


def _add_results(world, unit):
    ward = world.ward
    initiative = builders.recognised(ward, title="Bảng màu đo kết quả")
    verified = results.indicator(initiative, ward.tacgia, ward.truongdonvi)
    made = results.measured(verified, ward.tacgia, ward.thuky)
    entered = results.indicator(initiative, ward.tacgia)
    other = Unit.objects.get_or_create(code="YTE", defaults={"name": "Trạm Y tế"})[0]
    use = ledger.write_adoption(initiative, ward.tacgia, other, timezone.localdate(), "Dùng tại trạm")
    world.labels |= {
        "measured": initiative.code,
        "verified_figure": verified.pk,
        "entered_figure": entered.pk,
        "measurement_file": made.files.get().pk,
        "entered_use": use.pk,
    }
