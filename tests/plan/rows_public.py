"""Who gets what of the public page of progress, its files and data, and of the page that publishes."""

from tests.house.table import Row

_EVERYBODY = {"get": "200 *", "post": "405 *"}

ROWS = [
    Row("plan:progress", **_EVERYBODY),
    Row("plan:progress_tasks", **_EVERYBODY),
    Row("plan:progress_target code=A1", **_EVERYBODY),
    Row("plan:progress_target code=Z9", get="404 *", post="405 *"),
    Row("plan:progress_excel", **_EVERYBODY),
    Row("plan:progress_csv", **_EVERYBODY),
    Row("portal:open_data_chi-tieu", **_EVERYBODY),
    Row("portal:open_data_chi-tieu_csv", **_EVERYBODY),
    Row("portal:open_data_nhiem-vu", **_EVERYBODY),
    Row("portal:open_data_nhiem-vu_csv", **_EVERYBODY),
    Row(
        "plan:publish",
        get="200 coordinator head deputy delegated | 302 anonymous | 403 *",
        post="422 coordinator | 302 anonymous | 403 *",
    ),
]
