"""The kinds of paper the initiatives have, as `papers` registers them."""

from django.utils.translation import gettext_lazy as _

from papers.documents.issuers import COUNCIL, WARD
from papers.documents.kinds import PaperKind, add_paper_kind

INVITATION = PaperKind("giay-moi", _("Invitation"), COUNCIL, "GM")
MINUTES = PaperKind("bien-ban", _("Minutes of the meeting"), COUNCIL, "BB")
TALLY = PaperKind("kiem-phieu", _("Ballot count"), COUNCIL, "BB")
SCORES = PaperKind("tong-hop-diem", _("Summary of scores"), COUNCIL)
RECOGNITION = PaperKind("quyet-dinh-cong-nhan", _("Decision of recognition"), WARD, "QĐ")
CORRECTION = PaperKind("quyet-dinh-dinh-chinh", _("Correcting decision"), WARD, "QĐ")
REVOCATION = PaperKind("quyet-dinh-huy-bo", _("Decision of revocation"), WARD, "QĐ")
DECLINE = PaperKind("thong-bao-khong-cong-nhan", _("Notice of non-recognition"), WARD, "TB")
REFUSAL = PaperKind("thong-bao-tu-choi", _("Notice of refusal"), WARD, "TB")
RECEIPT = PaperKind("bien-nhan", _("Receipt"), COUNCIL)
YEAR_REPORT = PaperKind("bao-cao-nam", _("Yearly report on initiatives"), WARD, "BC")
CITY_SUBMISSION = PaperKind("to-trinh-thanh-pho", _("Submission to the city"), WARD, "TTr")

OF_MEETINGS = (INVITATION, MINUTES, TALLY, SCORES)
OF_DOSSIERS = (REFUSAL, RECOGNITION, DECLINE, CORRECTION, REVOCATION)


def register_kinds():
    for kind in (*OF_MEETINGS, *OF_DOSSIERS, RECEIPT, YEAR_REPORT, CITY_SUBMISSION):
        add_paper_kind(kind)
