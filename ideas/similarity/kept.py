"""The rows submitted dossiers are compared by, written in the transaction of the submission."""

import json

from django.db import transaction
from django.db.models import Prefetch, Q

from ideas.models import ComparedText, Initiative, SubmittedVersion

from .words import SCHEME, TEXT_BITS, TITLE_BITS, Compared

BATCH = 200
_WRITTEN = (
    "scheme",
    "title",
    "title_words",
    "problem_words",
    "solution_words",
    "title_marks",
    "text_marks",
)


def keep(initiatives):
    """As these dossiers stand now: call where a version was frozen or a recognised title was corrected."""
    _write(_row(one.pk, one.title, one.problem, one.description) for one in initiatives)


def catch_up(**kwargs):
    """Rows for submitted dossiers that have none, or one of an older scheme; nothing for anybody else.

    Run after each migration. What counts is the version submitted last, since a dossier sent back may have
    been written in meanwhile; only a correction changes a title afterwards.
    """
    missing = Q(compared_text__isnull=True) | ~Q(compared_text__scheme=SCHEME)
    rows = Initiative.objects.filter(missing, versions__isnull=False)
    pks = list(rows.distinct().order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(pks), BATCH):
        batch = Initiative.objects.filter(pk__in=pks[start : start + BATCH])
        versions = Prefetch("versions", SubmittedVersion.objects.order_by("-number"), to_attr="latest_first")
        with transaction.atomic():
            _write(_row_of_version(one) for one in batch.prefetch_related(versions))
    return len(pks)


def _row_of_version(initiative):
    submitted = json.loads(initiative.latest_first[0].payload)
    is_corrected = initiative.state in ("recognised", "revoked")
    title = initiative.title if is_corrected else submitted["title"]
    return _row(initiative.pk, title, submitted["problem"], submitted["description"])


def _row(pk, title, problem, solution):
    compared = Compared.of(title, problem, solution)
    return ComparedText(
        initiative_id=pk,
        scheme=SCHEME,
        title=title,
        title_words=" ".join(compared.title),
        problem_words=" ".join(compared.problem),
        solution_words=" ".join(compared.solution),
        title_marks=compared.title_marks.to_bytes(TITLE_BITS // 8, "big"),
        text_marks=compared.text_marks.to_bytes(TEXT_BITS // 8, "big"),
    )


def _write(rows):
    ComparedText.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["initiative"],
        update_fields=_WRITTEN,
    )


def compared_of(row):
    """The words of a row again."""
    return Compared(
        tuple(row.title_words.split()), tuple(row.problem_words.split()), tuple(row.solution_words.split())
    )


def submitted_rows():
    """Of all dossiers ever submitted. A draft, or one withdrawn before it was submitted, has no row."""
    return ComparedText.objects.order_by()
