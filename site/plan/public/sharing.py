"""How the page of progress presents itself to search engines for data."""

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.sharing import SCHEMA, address, ward


def dataset(shown) -> dict | None:
    """schema.org's Dataset of what is on the page; nothing before the first publication."""
    if shown.publication is None:
        return None
    return {
        "@context": SCHEMA,
        "@type": "Dataset",
        "name": _("Progress of plan 178/KH-UBND"),
        "description": _(
            "The plan's 42 targets and 61 tasks: what was reached, each number with its day and source."
        ),
        "url": address(reverse("plan:progress")),
        "license": address("/du-lieu-mo/#giay-phep"),
        "creator": ward(),
        "isAccessibleForFree": True,
        "dateModified": shown.publication.day.isoformat(),
        "temporalCoverage": str(shown.year),
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": kind,
                "contentUrl": address(f"{reverse(name)}?{shown.query}"),
            }
            for kind, name in (("text/csv", "plan:progress_csv"), (_XLSX, "plan:progress_excel"))
        ],
    }


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
