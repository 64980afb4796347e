"""Targets of the crawler's ward: one with a figure and its evidence, one of another unit."""

from datetime import date

from django.core.files.base import ContentFile
from django.utils import timezone

from people.models import Unit
from plan.models import Target, TargetUnit
from plan.targets import reporting
from plan.targets.figures import Figure
from tests.ideas.builders import PDF

# Words of a file, and who may meet them: whoever reports for the unit, and whoever reads everything.
SECRETS = {
    "evidence of a target": (
        "minh-chung-chi-tieu-6671",
        ("reporter", "unit_head", "coordinator", "head", "deputy", "delegated"),
    ),
}


def add_targets(world):
    """After the plan is there. E5 is led by VHXH, `reporter`'s unit; B1 by KTHTDT, `other_reporter`'s."""
    today = timezone.localdate()
    one, unit = Target.objects.get(code="E5"), Unit.objects.get(code="VHXH")
    TargetUnit.objects.filter(target=one, unit=unit).update(is_suggested=False)
    evidence = reporting.store(
        [ContentFile(PDF + b"%minh-chung-chi-tieu-6671\n", name="minh-chung-chi-tieu-6671.pdf")]
    )
    figure = Figure(min(today, date(today.year, 12, 31)), words="Đã chọn hai mô hình", is_met=False)
    row = reporting.report(one, unit, today.year, world.ward.baocao, figure, evidence=evidence)
    world.labels |= {
        "this_year": today.year,
        "next_year": today.year + 1,
        "figure": row.pk,
        "figure_evidence": row.evidence.get().pk,
    }
