"""What the crawler's world holds of difficulties and of the survey, with words that must not leak."""

from plan.difficulties import codes, handling, log
from plan.models import SurveyAnswer, Way
from plan.survey import answering

from . import voices_builders as voices

_LEADERS = ("head", "deputy", "delegated")
# What is looked for in every answer, and the roles that may meet it: (words, roles).
SECRETS = {
    "sender of a difficulty": (
        ("Người Nêu Kín 4471", "neu.kin.4471@thu.example", "0911 447 100"),
        ("coordinator", "other_reporter"),
    ),
    "difficulty of a unit before its answer": (
        "Vướng riêng của đơn vị 4472",
        ("coordinator", "reporter", "unit_head", *_LEADERS),
    ),
    "difficulty of a resident before its answer": (
        "Vướng của dân chưa trả lời 4473",
        ("coordinator", "other_reporter", *_LEADERS),
    ),
    "unchecked answer": (
        "Đáp chưa kiểm tra 4474",
        ("coordinator", "reporter", "other_reporter", "unit_head", *_LEADERS),
    ),
    "comment of the survey": ("Góp ý kín 4475", ("coordinator",)),
}


def add_voices(world):
    ward = world.ward
    person = {
        "name": "Người Nêu Kín 4471",
        "email": "neu.kin.4471@thu.example",
        "phone": "0911 447 100",
    }
    raised = voices.raised(ward, "Vướng riêng của đơn vị 4472")
    letter = voices.sent(key="h", text="Vướng của dân chưa trả lời 4473", **person)
    handed = voices.assigned(ward, letter)
    checked = voices.assigned(ward, voices.raised(ward, "Vướng mắc chờ kiểm tra"))
    handling.answer(checked, ward.baocaokt, "Đáp chưa kiểm tra 4474", seen=log.last_seen(checked))
    public = voices.published(ward, voices.raised(ward, "Vướng mắc đã công khai"))
    followed = voices.sent(key="f", text="Vướng mắc theo dõi bằng mã", **person)
    point = voices.point()
    answering.take(point, Way.QR, answering.new_stamp(), level=2, comment="Góp ý kín 4475")
    world.labels |= {
        "raised_difficulty": raised.number,
        "handed_difficulty": handed.number,
        "checked_difficulty": checked.number,
        "public_difficulty": public.number,
        "difficulty_code": codes.shown(followed.code),
        "survey_code": point.code,
        "ended_survey_code": voices.point(code="ENDED234", name="Quầy cũ", is_active=False).code,
        "survey_point": point.pk,
        "survey_comment": SurveyAnswer.objects.get(level=2).pk,
    }
