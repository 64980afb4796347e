"""Sample difficulties and a sample survey point, through the portal's own doors, each on its day."""

import random
from datetime import timedelta

from django.utils import timezone

from people.models import Unit, User

from ..access import reported_units
from ..difficulties import handling, log, raising, sending
from ..models import Difficulty, SurveyAnswer, SurveyComment, SurveyPoint, Way
from ..survey import points
from ..survey.access import FRONT_DESK
from ..survey.answering import hour_of

_RAISED = "Trang thiết bị tại bộ phận một cửa đã cũ, máy quét hay kẹt khi hồ sơ nhiều."
_PROPOSAL = "Bố trí kinh phí thay hai máy quét trong năm."
_SENT = (
    (
        "Tổ dân phố đông người cao tuổi, nhiều người chưa biết dùng VNeID để nộp hồ sơ.",
        "Mỗi tháng có một buổi hướng dẫn tại nhà văn hóa.",
    ),
    ("Sóng di động ở cuối ngõ yếu, không gửi được hồ sơ trực tuyến.", ""),
)
_ANSWER = "Tổ công nghệ số cộng đồng hướng dẫn vào sáng thứ Bảy đầu mỗi tháng, bắt đầu từ tháng này."
_PUBLIC = "Nhiều người cao tuổi chưa biết dùng VNeID để nộp hồ sơ trực tuyến, đề nghị được hướng dẫn tại chỗ."
_COMMENTS = ("Cán bộ hướng dẫn rõ ràng.", "Nên có thêm ghế ngồi chờ.", "Máy lấy số đôi khi hết giấy.")
_WEIGHTS = (1, 1, 3, 35, 60)  # levels 1 to 5
_A_MONTH = 24


def load(size, now):
    """{what: how many}; nothing where the sample coordinator or the plan's units are missing."""
    coordinator = User.objects.filter(username="dieuphoi", is_sample=True).first()
    reporter = User.objects.filter(username="baocao", is_sample=True).first()
    units = reported_units(reporter) if reporter else set()
    if coordinator is None or not units:
        return {}
    unit = Unit.objects.filter(pk__in=units).order_by("order", "code").first()
    _difficulties(coordinator, reporter, unit, now)
    made = {"difficulties": Difficulty.objects.filter(is_sample=True).count()}
    desk = Unit.objects.filter(code=FRONT_DESK).first()
    if desk:
        point = points.make(coordinator, "Quầy tiếp nhận và trả kết quả", desk, is_sample=True, now=now)
        made["survey_answers"] = _answers(point, random.Random(size.seed), now)  # noqa: S311  samples
    return made


def _difficulties(coordinator, reporter, unit, now):
    raising.raise_by_unit(
        reporter, unit, text=_RAISED, proposal=_PROPOSAL, is_sample=True, now=now - timedelta(days=6)
    )
    moment = now - timedelta(days=30)
    answered, waiting = [
        sending.send(
            sending.Sent(text=text, proposal=proposal), f"sample-{number}", is_sample=True, now=moment
        )[0]
        for number, (text, proposal) in enumerate(_SENT)
    ]
    assigned = handling.assign(
        answered, coordinator, unit, seen=log.last_seen(answered), now=moment + timedelta(days=1)
    )
    moment += timedelta(days=8)
    given = handling.answer(assigned, reporter, _ANSWER, seen=log.last_seen(assigned), now=moment)
    public = handling.Public("Hướng dẫn người cao tuổi dùng VNeID", _PUBLIC, _ANSWER)
    handling.publish(given, coordinator, public, seen=log.last_seen(given), now=moment + timedelta(days=1))
    handling.close(
        waiting,
        coordinator,
        "not_ours",
        pointed_to="Doanh nghiệp viễn thông trên địa bàn; phường đã chuyển ý kiến",
        seen=log.last_seen(waiting),
        now=moment + timedelta(days=2),
    )


def _answers(point: SurveyPoint, chance, now):
    """Some answers in each month of this year so far."""
    today, rows = timezone.localdate(now), []
    for month in range(1, today.month + 1):
        for number in range(_A_MONTH):
            last = today.day if month == today.month else 28
            moment = timezone.localtime(now).replace(month=month, day=1 + number % last, hour=8 + number % 9)
            moment = min(moment, timezone.localtime(now))  # of the first day of a month, or early in the day
            level = chance.choices(range(1, 6), _WEIGHTS)[0]
            key = f"sample-{point.pk}-{month}-{number}"
            rows.append(
                SurveyAnswer(point=point, hour=hour_of(moment), level=level, way=Way.KIOSK, once_key=key)
            )
    SurveyAnswer.objects.bulk_create(rows)
    kept = SurveyAnswer.objects.filter(point=point).order_by("pk")[: len(_COMMENTS)]
    SurveyComment.objects.bulk_create(
        SurveyComment(answer=answer, text=text) for answer, text in zip(kept, _COMMENTS, strict=True)
    )
    return len(rows)
