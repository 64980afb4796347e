"""What people read of the open data: what there is, and how a program reads it."""

from django.conf import settings
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from ..public_page import public_page
from ..sharing import shared
from .api import MOST_ON_A_PAGE, PAGE_SIZE, REQUESTS
from .registry import all_datasets
from .schema import describe


@require_safe
@public_page()
def catalogue(request):
    """Every data set with its columns, its last change and its files."""
    found = [{"dataset": one, "columns": _table(one), "changed": one.last_change()} for one in all_datasets()]
    context = {
        "found": found,
        "licence": settings.OPEN_DATA_LICENCE,
        "headings": [(_("Column"), ""), (_("Kind"), ""), (_("What it holds"), "")],
        "crumbs": [(_("Open data"), "")],
    } | shared(
        request.path,
        _("Open data"),
        _(
            "What the ward publishes for everybody to use again, "
            "as JSON for programs and CSV for spreadsheets."
        ),
        json_ld=_json_ld(found),
    )
    return render(request, "portal/opendata/catalogue.html", context)


def _table(dataset):
    return [(column.name, column.kind, capfirst(column.text)) for column in dataset.columns()]


def _json_ld(found):
    """schema.org's DataCatalog, which search engines for data read."""
    site, committee = settings.SITE_URL.rstrip("/"), settings.PORTAL["ward_committee"]
    creator = {"@type": "GovernmentOrganization", "name": committee, "url": f"{site}/"}
    return {
        "@context": "https://schema.org",
        "@type": "DataCatalog",
        "name": f"{_('Open data')}, {settings.PORTAL['ward_name']}",
        "url": f"{site}/du-lieu-mo/",
        "publisher": creator,
        "dataset": [_dataset_ld(site, creator, **one) for one in found],
    }


def _dataset_ld(site, creator, dataset, columns, changed):
    files = (("application/json", dataset.json_url), ("text/csv", dataset.csv_url))
    return {
        "@type": "Dataset",
        "name": str(dataset.title),
        "description": str(dataset.text),
        "url": f"{site}/du-lieu-mo/#{dataset.slug}",
        "license": f"{site}/du-lieu-mo/#giay-phep",
        "creator": creator,
        "isAccessibleForFree": True,
        **({"dateModified": changed.isoformat()} if changed else {}),
        "variableMeasured": [name for name, _kind, _text in columns],
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": site + url} for kind, url in files
        ],
    }


@require_safe
@public_page()
def guide(request):
    """How a program reads it: addresses, parameters, answers, limits; drawn from the OpenAPI description."""
    context = {
        "addresses": [_address(path, methods["get"]) for path, methods in describe()["paths"].items()],
        "columns": {
            "parameters": [(_("Parameter"), ""), (_("What it is"), ""), (_("Allowed"), "")],
            "answers": [(pgettext("HTTP", "Status"), ""), (_("Meaning"), "")],
        },
        "site": settings.SITE_URL.rstrip("/"),
        "page_size": PAGE_SIZE,
        "most_on_a_page": MOST_ON_A_PAGE,
        "most": REQUESTS.most,
        "crumbs": [(_("Open data"), "/du-lieu-mo/"), (_("For programs"), "")],
    } | shared(
        request.path,
        _("How a program reads these data"),
        _("Addresses, parameters, answers and limits of the ward's open data."),
    )
    return render(request, "portal/opendata/guide.html", context)


def _address(path, operation):
    asked = [one for one in operation.get("parameters", ()) if one["in"] == "query"]
    return {
        "path": path,
        "id": operation["operationId"],
        "summary": operation["summary"],
        "parameters": [(one["name"], one["description"], _bounds(one["schema"])) for one in asked],
        "answers": [(status, answer.get("description", "")) for status, answer in _answers(operation)],
    }


def _answers(operation):
    return sorted(operation["responses"].items())


def _bounds(schema):
    if "maximum" not in schema:
        return _("%(minimum)s or more; %(default)s where nothing is said") % schema
    return _("%(minimum)s to %(maximum)s; %(default)s where nothing is said") % schema
