"""A sample of the ward's report: drawn from the accepted sample reports, one section gone on with."""

from datetime import timedelta

from people.models import User

from ..consolidation import drafting, writing
from ..models import ReportPeriod, ReportState

_ADDED = "- Phân công từng lãnh đạo UBND phường theo dõi các chỉ tiêu chậm tiến độ, họp kiểm điểm hằng quý."


def load_consolidation(size, now):
    """`{what: how many}`; nothing before a sample report was accepted."""
    coordinator = User.objects.filter(username="dieuphoi", is_sample=True).first()
    accepted = ReportPeriod.objects.filter(
        reports__state=ReportState.ACCEPTED, reports__versions__by__is_sample=True
    )
    period = accepted.order_by("-last_day").first()
    if coordinator is None or period is None:
        return {}
    report = writing.begin(coordinator, period, now=now - timedelta(days=1))
    section = report.sections.get(code=drafting.NEXT)
    answers = {"text": f"{section.text}\n{_ADDED}"}
    writing.save_section(
        coordinator, report, section.code, answers, writing.base_of(section), now=now - timedelta(hours=3)
    )
    return {"consolidated_reports": 1}
