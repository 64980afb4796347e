"""Ideas of residents for tests: sent, handed over and answered through the portal's own doors."""

from ideas.models import Idea
from ideas.suggestions import codes, guard, log, sending, triage
from ideas.suggestions.consents import CONTACT, CREDIT, PUBLISH
from people.models import Unit, UnitAssignment
from people.roles import Role

from . import builders

TROUBLE = "Cắt nước không báo trước, nhà có người già không kịp trữ."
PROPOSAL = "Gửi lịch cắt nước qua nhóm tổ dân phố trước 2 ngày."
NAME, EMAIL, PHONE = "Lương Thị Mơ Riêng", "mo.rieng.8841@thu.example", "0912 884 109"
ALL = frozenset({CONTACT, CREDIT, PUBLISH})
PUBLIC_TITLE = "Báo lịch cắt nước qua nhóm tổ dân phố"
PUBLIC_TEXT = "Người dân đề nghị báo lịch cắt nước sớm hơn."


def sent(now=None, *, key="k1", agreed=ALL, **values):
    """An idea as it arrives; with name and address unless told otherwise."""
    texts = {
        "trouble": TROUBLE,
        "proposal": PROPOSAL,
        "place": "Tổ 4, ngõ 12",
        "name": NAME,
        "email": EMAIL,
        "phone": PHONE,
    } | values
    idea, _new = sending.send(sending.Sent(**texts, agreed=agreed), key, now=now)
    return fresh(idea)


def many(count, **values):
    return [sent(key=f"k{n}", proposal=f"Đề xuất số {n}", **values) for n in range(count)]


def fresh(idea):
    return Idea.objects.select_related("unit", "contact").get(pk=idea.pk)


def unit(code="KTHT", name="Phòng Kinh tế, Hạ tầng và Đô thị"):
    return Unit.objects.get_or_create(code=code, defaults={"name": name})[0]


def unit_head(username="truongphong", name="Nguyễn Trưởng Phòng", of=None):
    """An account whose primary unit is `of`, with the role of a unit head."""
    user = builders.make_user(username, name, Role.UNIT_HEAD)
    UnitAssignment.objects.filter(staff=user.staff).update(unit=of or unit())
    return user


def assigned(ward, now=None, **values):
    idea = sent(now, **values)
    return fresh(triage.assign(idea, ward.thuky, unit(), seen=log.last_seen(idea), now=now))


def answered(
    ward, now=None, *, public=True, outcome="will_do", answer="Phường sẽ làm từ tháng 12.", **values
):
    idea = sent(now, **values)
    given = triage.Answered(
        outcome=outcome,
        answer=answer,
        is_public=public,
        public_title=PUBLIC_TITLE if public else "",
        public_text=PUBLIC_TEXT if public else "",
    )
    return fresh(triage.answer(idea, ward.thuky, given, seen=log.last_seen(idea), now=now))


def stamp(age=60, now=None):
    """A page that was drawn `age` seconds ago."""
    import time

    return guard.BOX.new_stamp((now or time.time()) - age)


def form_data(**values):
    return {
        "trouble": TROUBLE,
        "proposal": PROPOSAL,
        "place": "Tổ 4",
        "name": "",
        "email": "",
        "phone": "",
        "website": "",
        "stamp": stamp(),
    } | values


def track_url(idea):
    return codes.address(idea.code)
