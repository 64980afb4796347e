"""Who gets which official paper: whoever works on that meeting or decision, nobody else."""

from tests.house.table import Row

_COUNCIL_MEETING = "200 secretary chair | 302 anonymous | 403 vice_chair MEMBERS | 404 *"
_COUNCIL_REFUSED = "302 anonymous | 403 COUNCIL | 404 *"
_HEAD = "200 DECIDERS | 302 anonymous | 403 AUTHORS COUNCIL | 404 *"
_SECRETARY = "200 secretary | 302 anonymous | 403 AUTHORS CHAIRS DECIDERS | 404 *"
_NOBODY = "302 anonymous | 404 *"

ROWS = [
    Row("ideas:meeting_paper pk=meeting kind=bien-ban face=pdf", get=_COUNCIL_MEETING, post="405 *"),
    Row("ideas:meeting_paper pk=meeting kind=bien-ban face=docx", get=_COUNCIL_MEETING, post="405 *"),
    Row("ideas:meeting_paper pk=meeting kind=tong-hop-diem face=pdf", get=_COUNCIL_MEETING, post="405 *"),
    Row("ideas:meeting_paper pk=meeting kind=kiem-phieu face=pdf", get=_COUNCIL_REFUSED, post="405 *"),
    Row("ideas:meeting_paper pk=meeting kind=khong-co face=pdf", get=_NOBODY, post="405 *"),
    Row("ideas:meeting_paper pk=meeting kind=bien-ban face=xlsx", get=_NOBODY, post="405 *"),
    Row("ideas:meeting_paper pk=planned_meeting kind=giay-moi face=docx", get=_COUNCIL_MEETING, post="405 *"),
    Row("ideas:meeting_paper pk=planned_meeting kind=bien-ban face=pdf", get=_COUNCIL_REFUSED, post="405 *"),
    Row("ideas:meeting_paper pk=open_meeting kind=bien-ban face=pdf", get=_COUNCIL_REFUSED, post="405 *"),
    Row("ideas:meeting_paper pk=foreign_meeting kind=bien-ban face=pdf", get=_NOBODY, post="405 *"),
    Row(
        "ideas:meeting_paper_register pk=meeting kind=bien-ban",
        get=_COUNCIL_MEETING,
        post="302 anonymous | 403 vice_chair MEMBERS | 422 secretary chair | 404 *",
    ),
    Row(
        "ideas:meeting_paper_register pk=planned_meeting kind=bien-ban",
        get=_COUNCIL_REFUSED,
        post=_COUNCIL_REFUSED,
    ),
    Row("ideas:meeting_paper_signed pk=meeting kind=bien-ban", get=_COUNCIL_MEETING, post="405 *"),
    Row(
        "ideas:meeting_paper_signed pk=meeting kind=tong-hop-diem",
        get="302 anonymous | 403 vice_chair MEMBERS | 404 *",
        post="405 *",
    ),
    Row("ideas:dossier_paper code=evaluated kind=quyet-dinh-cong-nhan face=pdf", get=_HEAD, post="405 *"),
    Row("ideas:dossier_paper code=evaluated kind=quyet-dinh-cong-nhan face=docx", get=_HEAD, post="405 *"),
    Row("ideas:dossier_paper code=evaluated kind=quyet-dinh-huy-bo face=pdf", get=_NOBODY, post="405 *"),
    Row("ideas:dossier_paper code=recognised kind=quyet-dinh-huy-bo face=pdf", get=_HEAD, post="405 *"),
    Row("ideas:dossier_paper code=declined kind=thong-bao-khong-cong-nhan face=pdf", get=_HEAD, post="405 *"),
    Row("ideas:dossier_paper code=refused kind=thong-bao-tu-choi face=pdf", get=_SECRETARY, post="405 *"),
    Row("ideas:dossier_paper code=draft kind=quyet-dinh-cong-nhan face=pdf", get=_NOBODY, post="405 *"),
    Row(
        "ideas:dossier_paper_register code=declined kind=thong-bao-khong-cong-nhan",
        get=_HEAD,
        post="302 anonymous | 403 AUTHORS COUNCIL | 422 DECIDERS | 404 *",
    ),
    Row(
        "ideas:dossier_paper_register code=recognised kind=quyet-dinh-cong-nhan",
        get="302 anonymous | 403 AUTHORS COUNCIL DECIDERS | 404 *",
        post="302 anonymous | 403 AUTHORS COUNCIL DECIDERS | 404 *",
    ),
    Row(
        "ideas:dossier_paper_signed code=refused kind=thong-bao-tu-choi",
        get="200 AUTHORS secretary | 302 anonymous | 403 CHAIRS DECIDERS | 404 *",
        post="405 *",
    ),
    Row(
        "ideas:dossier_paper_signed code=declined kind=thong-bao-khong-cong-nhan",
        get="302 anonymous | 403 AUTHORS COUNCIL | 404 *",
        post="405 *",
    ),
    Row(
        "ideas:receipt code=submitted face=pdf",
        get="200 AUTHORS OFFICERS | 302 anonymous | 404 *",
        post="405 *",
    ),
    Row(
        "ideas:receipt code=submitted face=docx",
        get="200 AUTHORS OFFICERS | 302 anonymous | 404 *",
        post="405 *",
    ),
    Row("ideas:receipt code=draft face=pdf", get=_NOBODY, post="405 *"),
    Row("ideas:draft_decisions", get="200 DECIDERS | 302 anonymous | 403 *", post="405 *"),
    Row("ideas:draft_decision face=pdf", get="422 DECIDERS | 302 anonymous | 403 *", post="405 *"),
    Row("ideas:draft_decision face=xlsx", get=_NOBODY, post="405 *"),
]
