"""Who reads the register and its papers: the council's officers and whoever decides; who keeps it."""

from tests.house.table import Row

_READ = "200 OFFICERS DECIDERS | 302 anonymous | 403 *"
_NOTHING = "302 anonymous | 404 OFFICERS DECIDERS | 403 *"
_KEPT = "200 secretary chair | 302 anonymous | 403 *"

ROWS = [
    Row("ideas:register", get=_READ, post="405 *"),
    Row("ideas:register_workbook", get=_READ, post="405 *"),
    Row(
        "ideas:register_note code=recognised",
        get="200 secretary | 302 anonymous | 403 *",
        post="302 anonymous | 422 secretary | 403 *",
    ),
    Row("ideas:register_note code=draft", get=_NOTHING, post=_NOTHING),
    Row("ideas:year_report_now", get="302 OFFICERS DECIDERS anonymous | 403 *", post="405 *"),
    Row("ideas:year_report year=this_year", get=_READ, post="405 *"),
    Row("ideas:year_report year=year_to_come", get=_NOTHING, post="405 *"),
    Row("ideas:year_report_workbook year=this_year", get=_READ, post="405 *"),
    Row(
        "ideas:year_report_texts year=this_year",
        get=_KEPT,
        post="422 secretary chair | 302 anonymous | 403 *",
    ),
    Row("ideas:year_report_paper year=this_year face=docx", get=_READ, post="405 *"),
    Row("ideas:year_report_paper year=this_year face=pdf", get=_READ, post="405 *"),
    Row("ideas:year_report_paper year=this_year face=xlsx", get=_NOTHING, post="405 *"),
    Row(
        "ideas:year_report_register year=this_year",
        get=_KEPT,
        post="422 secretary chair | 302 anonymous | 403 *",
    ),
    Row("ideas:year_report_signed year=this_year", get=_NOTHING, post="405 *"),
    Row("ideas:to_city", get=_READ, post="405 *"),
    Row("ideas:city_choose code=recognised", get="405 *", post="302 anonymous | 403 *"),  # below the mark
    Row("ideas:city_choose code=for_city", get="405 *", post="302 secretary anonymous | 403 *"),
    Row("ideas:city_choose code=draft", get="405 *", post=_NOTHING),
    Row("ideas:city_take_out code=for_city", get="405 *", post="302 secretary anonymous | 403 *"),
    Row("ideas:city_submission dot=for_city_round batch=1 face=pdf", get=_READ, post="405 *"),
    Row("ideas:city_submission dot=for_city_round batch=1 face=docx", get=_READ, post="405 *"),
    Row("ideas:city_submission dot=for_city_round batch=7 face=docx", get=_NOTHING, post="405 *"),
    Row(
        "ideas:city_submission_register dot=for_city_round batch=1",
        get=_KEPT,
        post="422 secretary chair | 302 anonymous | 403 *",
    ),
    Row("ideas:city_submission_signed dot=for_city_round batch=1", get=_NOTHING, post="405 *"),
    Row(
        "ideas:city_package dot=for_city_round batch=1",
        get="405 *",
        post="200 secretary chair | 302 anonymous | 403 *",
    ),
]
