"""Who gets which page of the reports: the unit its own, coordinator and leaders all, nobody else any."""

from tests.house.table import Row

_READERS = "coordinator head deputy delegated"
_BOARD = f"200 {_READERS} | 302 anonymous | 403 *"
_COORDINATOR = "200 coordinator | 302 anonymous | 403 *"
_OWN = f"200 reporter unit_head {_READERS} | 302 anonymous | 404 *"
_SENT = f"200 other_reporter {_READERS} | 302 anonymous | 404 *"
_WRITERS = f"200 reporter unit_head | 302 anonymous | 403 {_READERS} | 404 *"
_DRAFT = "200 reporter unit_head | 302 anonymous | 404 *"
_NOBODY = "302 anonymous | 404 *"
_DECIDES = "200 coordinator | 302 anonymous | 403 other_reporter head deputy delegated | 404 *"
_AFTERWARDS = f"302 anonymous other_reporter | 403 {_READERS} | 404 *"

ROWS = [
    Row(
        "plan:reports",
        get=f"200 reporter other_reporter unit_head {_READERS} | 302 anonymous | 403 *",
        post="405 *",
    ),
    Row("plan:report_board code=report_period", get=_BOARD, post="405 *"),
    Row("plan:report_board code=khong-co", get=f"302 anonymous | 404 {_READERS} | 403 *", post="405 *"),
    Row(
        "plan:report_period_new",
        get=_COORDINATOR,
        post="302 anonymous | 422 coordinator | 403 *",
    ),
    Row(
        "plan:report_period_change code=report_period",
        get=_COORDINATOR,
        post="302 anonymous | 422 coordinator | 403 *",
    ),
    Row(
        "plan:report_period_open code=2025-6-thang",
        get=_COORDINATOR,
        post="302 anonymous | 422 coordinator | 403 *",
    ),
    Row(
        "plan:report_period_open code=khong-co",
        get="302 anonymous | 404 coordinator | 403 *",
        post="302 anonymous | 404 coordinator | 403 *",
    ),
    Row("plan:report_urge code=report_period", get=_COORDINATOR, post="302 anonymous coordinator | 403 *"),
    Row("plan:report pk=unit_report", get=_OWN, post="405 *"),
    Row("plan:report pk=sent_report", get=_SENT, post="405 *"),
    *(
        Row(
            f"plan:report_step pk=unit_report step={step}",
            get=_WRITERS,
            post=f"302 anonymous reporter unit_head | 403 {_READERS} | 404 *",
        )
        for step in range(1, 6)
    ),
    Row(
        "plan:report_step pk=unit_report step=6",
        get=_WRITERS,
        post=f"409 reporter unit_head | 302 anonymous | 403 {_READERS} | 404 *",
    ),
    Row("plan:report_step pk=unit_report step=7", get=_NOBODY, post=_NOBODY),
    Row("plan:report_step pk=sent_report step=1", get=_AFTERWARDS, post=_AFTERWARDS),
    Row("plan:report_step pk=sent_report step=6", get=_AFTERWARDS, post=_AFTERWARDS),
    Row(
        "plan:report_autosave pk=unit_report step=3",
        get="405 *",
        post=f"200 reporter unit_head | 401 anonymous | 403 {_READERS} | 404 *",
    ),
    Row(
        "plan:report_autosave pk=sent_report step=3",
        get="405 *",
        post=f"410 other_reporter | 401 anonymous | 403 {_READERS} | 404 *",
    ),
    Row("plan:report_standing pk=unit_report step=1", get=_DRAFT, post="405 *"),
    Row("plan:report_standing pk=sent_report step=1", get=_NOBODY, post="405 *"),
    Row("plan:report_draft_paper pk=unit_report face=pdf", get=_DRAFT, post="405 *"),
    Row("plan:report_draft_paper pk=unit_report face=docx", get=_DRAFT, post="405 *"),
    Row("plan:report_draft_paper pk=unit_report face=xlsx", get=_NOBODY, post="405 *"),
    Row("plan:report_draft_paper pk=sent_report face=pdf", get=_NOBODY, post="405 *"),
    Row("plan:report_version pk=sent_report number=1", get=_SENT, post="405 *"),
    Row("plan:report_version pk=sent_report number=2", get=_NOBODY, post="405 *"),
    Row("plan:report_paper pk=sent_report number=1 face=pdf", get=_SENT, post="405 *"),
    Row("plan:report_paper pk=sent_report number=1 face=docx", get=_SENT, post="405 *"),
    Row("plan:report_paper pk=sent_report number=1 face=xlsx", get=_NOBODY, post="405 *"),
    Row(
        "plan:report_decide pk=sent_report step=tiep-nhan",
        get=_DECIDES,
        post=_DECIDES.replace("200 coordinator | 302 anonymous", "302 anonymous coordinator"),
    ),
    Row(
        "plan:report_decide pk=sent_report step=tra-lai",
        get=_DECIDES,
        post=_DECIDES.replace("200", "422"),
    ),
    Row(  # not accepted yet: back to the report with a word why
        "plan:report_decide pk=sent_report step=mo-lai",
        get=_DECIDES.replace("200 coordinator | 302 anonymous", "302 anonymous coordinator"),
        post=_DECIDES.replace("200 coordinator | 302 anonymous", "302 anonymous coordinator"),
    ),
    Row(
        "plan:report_decide pk=unit_report step=mien",
        get=_DECIDES.replace("other_reporter", "reporter unit_head"),
        post=_DECIDES.replace("other_reporter", "reporter unit_head").replace("200", "422"),
    ),
    Row("plan:report_decide pk=unit_report step=khong-co", get=_NOBODY, post=_NOBODY),
]
