"""The ward's reports of the crawler's ward: one being written, one issued with a signed file."""

from django.core.files.base import ContentFile
from django.utils import timezone

from plan.consolidation import issuing, writing
from tests.ideas.builders import PDF

from .consolidation_builders import make_last_year
from .payloads import payload, period, unit_report

_READERS = ("coordinator", "head", "deputy", "delegated")
SECRETS = {
    "ward's report being written": ("Nháp tổng hợp 4471", *_READERS),
    "signed report of the ward": ("bao-cao-ky-4472", *_READERS),
}


def add_papers(world):
    coordinator = world.ward.dieuphoi
    year = period("2036-nam", 2036)
    unit_report(year, "KTHTDT", sent=payload("KTHTDT", results="Nháp tổng hợp 4471."))
    writing.begin(coordinator, year)
    last = make_last_year()
    report = writing.begin(coordinator, last)
    file = issuing.store_signed(ContentFile(PDF + b"%bao-cao-ky-4472\n", name="da-ky.pdf"))
    issuing.register_report(
        coordinator, report, number="4", issued_on=timezone.localdate(), seen=0, file=file
    )
    world.labels |= {"year_period": year.code, "issued_period": last.code}
