"""The consolidated report as a paper (NĐ 30/2020): its sections as they were written, its annexes. Pure."""

import re

from config.plan_file import read_plan
from papers.documents import Addressees, Dash, Document, Paragraph, Section, Signer, ward_head
from papers.documents.issuers import DEPUTY_AUTHORITY, HEAD_AUTHORITY
from vietnamese.text import together

from . import drafting, tables, wording

_HEADING = re.compile(r"(?:\d{1,2}\.|[a-zđ]\))\s+\S")
_SENTENCE_ENDS = (".", ";", ":", ",", "!", "?")


def report_paper(period, texts, made, *, signer="", is_deputy=False, is_sample=False):
    """`texts` {code of section: text}, `made` the tables, `signer` whoever signs for the ward."""
    return Document(
        head=ward_head("BC"),
        name="BÁO CÁO",
        subject=wording.subject(period, read_plan()["source"]["number"]),
        blocks=(
            *_addressees(texts.get(drafting.TO, "")),
            *blocks_of(texts.get(drafting.OPENING, "")),
            *_sections(texts),
            *blocks_of(texts.get(drafting.CLOSING, "")),
        ),
        signers=(Signer(DEPUTY_AUTHORITY if is_deputy else HEAD_AUTHORITY, signer),),
        recipients=tuple(_lines(texts.get(drafting.RECIPIENTS, ""))),
        annexes=tables.annexes(made),
        is_sample=is_sample,
    )


def _addressees(text):
    names = tuple(_lines(text))
    return (Addressees(names),) if names else ()


def _sections(texts):
    for code, heading in drafting.HEADINGS.items():
        yield Section(heading)
        yield from blocks_of(texts.get(code, ""))


def _lines(text):
    lines = (line.strip() for line in text.splitlines())
    return [line.removeprefix("- ").rstrip(";.") for line in lines if line.strip("-;. ")]


def blocks_of(text):
    """A text as its writer laid it out: "- " begins a line of a list, a number a heading."""
    for line in filter(None, (line.strip() for line in text.splitlines())):
        line = together(line)
        if line.startswith(("- ", "– ")):
            yield Dash(line[2:].strip())
        elif _HEADING.match(line) and not line.endswith(_SENTENCE_ENDS):
            yield Paragraph(line, align="left", bold=True)
        else:
            yield Paragraph(line)
