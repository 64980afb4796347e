"""Phiếu chấm điểm in ra giấy: a page a seat, the rubric in its own words, nothing filled in, a code."""

import json

from django.conf import settings
from django.utils import timezone

from papers.codes import shown
from papers.documents import council_head, council_name
from papers.render import coded_pdf
from vietnamese.numbers import format_decimal

from .words import SEATS

TEMPLATE = "score_sheet.typ"


def blank_sheets(initiative, papers):
    """The PDF of these papers of one dossier, by seat. Outside any transaction."""
    papers = sorted(papers, key=lambda paper: paper.sheet.seat.number)
    head = council_head("", dated=False)
    data = {
        "issuer": list(head.issuer),
        "parent": list(head.parent),
        "council": council_name(),
        "is_sample": initiative.is_sample,
        "dossier": initiative.code,
        "rubric": _rubric(initiative.rubric.rubric),
        "sheets": [_sheet(paper) for paper in papers],
    }
    addresses = [settings.SITE_URL.rstrip("/") + paper.get_absolute_url() for paper in papers]
    return coded_pdf(TEMPLATE, data, timezone.localdate(papers[0].printed_at), addresses)


def _sheet(paper):
    sheet, frozen = paper.sheet, json.loads(paper.sheet.version.payload)
    role = SEATS["alternate" if sheet.alternate_id else sheet.seat.role]
    return {
        "code": shown(paper.code),
        "title": frozen["title"],
        "version": str(sheet.version.number),
        "authors": "; ".join(author["full_name"] for author in frozen["authors"]),
        "member": sheet.staff.full_name,
        "seat": f"ghế số {sheet.seat.number}, {role}",
    }


def _rubric(rubric):
    return {
        "name": rubric.name,
        "max_total": _points(rubric.max_total),
        "groups": [
            {
                "name": group.name if len(rubric.groups) > 1 else "",
                "criteria": [_criterion(criterion) for criterion in criteria],
            }
            for group, criteria in rubric.grouped()
        ],
    }


def _criterion(criterion):
    return {
        "name": criterion.name,
        "guidance": criterion.guidance,
        "comment_only": criterion.comment_only,
        "max": "" if criterion.comment_only else _points(criterion.max_points),
        "step": "" if criterion.comment_only else _points(criterion.step),
        "bands": [f"{_points(band.low)} – {_points(band.high)}: {band.label}" for band in criterion.bands],
    }


def _points(value):
    return format_decimal(value, language="vi")
