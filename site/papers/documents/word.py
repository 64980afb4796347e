"""A paper as a Word file: real headings and tables, so that the office can still work on it."""

import io
from copy import deepcopy
from datetime import UTC, datetime

from docx import Document as new_document
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from .layout import RECIPIENTS, SAMPLE
from .word_styles import BODY, GAP, HEAD, INDENT, LANGUAGE, NONE, SMALL, TEXT_WIDTH, element, page, prepare

_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
_MOTTO = (("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", HEAD), ("Độc lập - Tự do - Hạnh phúc", BODY))


LONGEST = 255  # characters a property of a Word file may have


def drawn(shown, issued_on=None):
    """The bytes of a laid-out paper."""
    document = new_document()
    prepare(document, landscape=shown["landscape"])
    _properties(document, shown, issued_on)
    _Face(document, shown["landscape"]).draw(shown)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _properties(document, shown, issued_on):
    core, day = document.core_properties, issued_on or datetime.now(UTC)
    core.title, core.subject = shown["title"][:LONGEST], shown["subject"][:LONGEST]
    core.author = core.last_modified_by = " ".join(shown["head"]["issuer"]) or shown["head"]["name"]
    core.language, core.comments, core.keywords = LANGUAGE, "", ""
    core.created = core.modified = datetime(day.year, day.month, day.day)


class _Face:
    """Writes a paper into a document, part by part."""

    def __init__(self, document, landscape):
        self.document, self.landscape = document, landscape

    def draw(self, shown):
        self._head(shown)
        self._title(shown)
        self._blocks(shown["blocks"])
        self._keep_last_with_the_signature()
        self._foot(shown)
        if shown["is_sample"]:
            self._line(SAMPLE, size=Pt(11), bold=True, align="left")
        for annex in shown["annexes"]:
            self._annex(annex)
        if "running" in shown:
            self._running(shown["running"])

    def _running(self, text):
        """At the foot of every page; later sections inherit it."""
        section = self.document.sections[0]
        for footer in (section.footer, section.first_page_footer):
            paragraph = footer.paragraphs[0]
            paragraph.alignment = _ALIGN["center"]
            paragraph.add_run(text).font.size = Pt(10)

    # ---- paragraphs

    def _line(self, text, *, where=None, style=None, size=None, bold=None, italic=None, align=None, **shape):
        paragraph = (where or self.document).add_paragraph(style=style)
        run = paragraph.add_run(text)
        run.font.size, run.font.bold, run.font.italic = size, bold, italic
        if align:
            paragraph.alignment = _ALIGN[align]
        for name, value in shape.items():
            setattr(paragraph.paragraph_format, name, value)
        return paragraph

    def _labelled(self, label, text):
        paragraph = self._line(label, bold=True, first_line_indent=INDENT, keep_with_next=not text or None)
        paragraph.add_run(f" {text}" if text else "")

    def _rule(self, cell, width, side):
        """A short line under a text: the border of an empty small paragraph between indents."""
        paragraph = cell.add_paragraph()
        shape = paragraph.paragraph_format
        shape.left_indent = shape.right_indent = max(0, (width - side) // 2)
        shape.space_before = shape.space_after = NONE
        shape.line_spacing = Pt(5)
        paragraph.alignment = _ALIGN["center"]
        borders = element("w:pBdr")
        borders.append(
            element("w:top", {"w:val": "single", "w:sz": "6", "w:space": "1", "w:color": "000000"})
        )
        layout = paragraph._p.get_or_add_pPr()
        layout.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")

    # ---- head

    def _head(self, shown):
        if not shown["head"]["issuer"]:
            self._motto_alone(shown)
            return
        width = TEXT_WIDTH[self.landscape]
        left_width = int(width * 0.38)
        table = self._grid([left_width, width - left_width])
        _without_margins(table)
        left, right = table.rows[0].cells
        head = shown["head"]
        lines = [(line, False) for line in head["parent"]] + [(line, True) for line in head["issuer"]]
        self._cell_lines(left, [(line, {"size": HEAD, "bold": bold}) for line, bold in lines])
        self._rule(left, left_width, Mm(24))
        if shown["number_line"]:
            self._line(shown["number_line"], where=left, size=HEAD, align="center", space_before=GAP)
        self._cell_lines(right, [(text, {"size": size, "bold": True}) for text, size in _MOTTO])
        self._rule(right, width - left_width, Mm(64))
        if shown["date_line"]:
            self._line(
                shown["date_line"], where=right, size=BODY, italic=True, align="center", space_before=GAP
            )

    def _motto_alone(self, shown):
        if "code" in shown:
            for text in (shown["code"]["shown"], shown["code"]["caption"]):
                self._line(text, size=SMALL, align="left", space_after=NONE, line_spacing=1.0)
        for text, size in _MOTTO:
            self._line(text, size=size, bold=True, align="center", space_after=NONE, line_spacing=1.0)
        self._rule(self.document, TEXT_WIDTH[self.landscape], Mm(64))

    def _title(self, shown):
        self._line(shown["name"], style="Title", space_before=Pt(18))
        if shown["subject"]:
            self._line(shown["subject"], bold=True, align="center", space_after=NONE, keep_with_next=True)
            self._rule(self.document, TEXT_WIDTH[self.landscape], Mm(40))
        self.document.paragraphs[-1].paragraph_format.space_after = Pt(12)

    # ---- body

    def _blocks(self, blocks):
        has_section = any(block["type"] == "section" for block in blocks)
        for block in blocks:
            self._block(block, "Heading 3" if has_section else "Heading 2")

    def _block(self, block, deeper):
        kind, text = block["type"], block.get("text", "")
        if kind == "table":
            self._table(block)
        elif kind == "section":
            self._line(f"{block['label']} {text}", style="Heading 2")
        elif kind == "title":
            self._line(f"{block['label']} {text}", style=deeper, first_line_indent=INDENT)
        elif kind == "article":
            self._labelled(block["label"], text)
        elif kind in ("clause", "point"):
            self._line(f"{block['label']} {text}", first_line_indent=INDENT)
        elif kind == "authority":
            self._line(text, bold=True, align="center", keep_with_next=True, space_before=GAP)
        elif kind == "addressee":
            self._line(text, align="center", keep_with_next=text.endswith(":"))
        elif kind == "addressed":
            self._line(text, align="left", left_indent=Mm(55))
        elif kind == "blank":
            for _number in range(block["lines"]):
                self._dots()
        elif kind == "ground":
            self._line(text, italic=True, first_line_indent=INDENT)
        elif kind == "dash":
            self._line(text, first_line_indent=INDENT)
        else:
            indent = INDENT if block["align"] == "justify" else None
            style = {"italic": block["italic"] or None, "bold": block["bold"] or None}
            leads = text.endswith(":") or None  # to what stands below, on the same page
            self._line(text, align=block["align"], first_line_indent=indent, keep_with_next=leads, **style)

    def _dots(self):
        """A dotted line to write on: the leader of a tab across the page."""
        paragraph = self._line("\t", line_spacing=1.5, space_after=NONE)
        stops = paragraph.paragraph_format.tab_stops
        stops.add_tab_stop(TEXT_WIDTH[self.landscape], WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)

    def _table(self, block):
        widths = _shares([column["width"] for column in block["columns"]], TEXT_WIDTH[self.landscape])
        table = self._grid(widths, rows=0, borders=True, label=block["label"])
        heads = [column["title"] for column in block["columns"]]
        self._row(table, widths, heads, ["center"] * len(widths), bold=True, repeated=True)
        aligns = [column["align"] for column in block["columns"]]
        pattern = self._pattern(table, widths, aligns, tall=block.get("tall", False))
        for row in block["rows"]:
            if "span" in row:
                self._span(table, widths, row["span"])
            else:
                table._tbl.append(_filled(pattern, row["cells"]))
        if block["total"]:
            self._row(table, widths, block["total"], aligns, bold=True)
        self._line("", size=Pt(1), line_spacing=Pt(1))  # Word puts two neighbouring tables together

    def _row(self, table, widths, texts, aligns, *, bold=None, repeated=False, tall=False):
        row = table.add_row()
        row.height = Mm(11) if tall else None
        _whole(row, repeated=repeated)
        for cell, width, text, align in zip(row.cells, widths, texts, aligns, strict=True):
            cell.width = width
            self._cell_lines(cell, [(text, {"size": SMALL, "bold": bold})], align=align)
            _with_air(cell)
        return row

    def _pattern(self, table, widths, aligns, *, tall):
        """One row as all of the table look, taken out again: a thousand rows are copied from it, for putting
        each together property by property takes seconds."""
        row = self._row(table, widths, ["-"] * len(widths), aligns, tall=tall)._tr
        row.getparent().remove(row)
        return row

    def _span(self, table, widths, text):
        row = table.add_row()
        _whole(row)
        cells = row.cells
        cell = cells[0].merge(cells[-1])
        cell.width = sum(widths)
        for extra in cell.paragraphs[1:]:
            extra._p.getparent().remove(extra._p)
        self._cell_lines(cell, [(text, {"size": SMALL, "bold": True})], align="left")
        cell.paragraphs[0].paragraph_format.keep_with_next = True
        _with_air(cell)

    def _cell_lines(self, cell, lines, align="center"):
        """Lines into a cell, whose first paragraph is there already."""
        for place, (text, style) in enumerate(lines):
            paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
            run = paragraph.add_run(text)
            run.font.size, run.font.bold = style.get("size"), style.get("bold")
            run.font.italic = style.get("italic")
            paragraph.alignment = _ALIGN[align]
            shape = paragraph.paragraph_format
            shape.space_after, shape.line_spacing = NONE, 1.0

    def _grid(self, widths, *, rows=1, borders=False, label=""):
        table = self.document.add_table(rows=rows, cols=len(widths))
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        if borders:
            table.style = "Table Grid"
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for row in table.rows:
            _whole(row)
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = width
        if label:
            table._tbl.tblPr.append(element("w:tblDescription", {"w:val": label}))
        return table

    # ---- foot

    def _keep_last_with_the_signature(self):
        """A signature never stands alone on a page."""
        body = [child for child in self.document.element.body if child.tag == qn("w:p")]
        last = next((p for p in self.document.paragraphs if p._p is body[-1]), None)
        if last is not None:
            last.paragraph_format.keep_with_next = True

    def _foot(self, shown):
        width = TEXT_WIDTH[self.landscape]
        signers = shown["signers"]
        if len(signers) == 1:
            left_width = int(width * 0.46)
            left, right = self._grid([left_width, width - left_width]).rows[0].cells
            self._cell_lines(left, _recipients(shown), align="left")
            self._signer(right, signers[0])
            return
        grid = self._grid(_shares([1] * len(signers), width))
        for cell, signer in zip(grid.rows[0].cells, signers, strict=True):
            self._signer(cell, signer)
        recipients = _recipients(shown)
        for place, (text, style) in enumerate(recipients, start=1):
            above = GAP if place == 1 else NONE
            shape = {"keep_with_next": place < len(recipients), "space_before": above, "space_after": NONE}
            self._line(text, align="left", line_spacing=1.0, **shape, **style)

    def _signer(self, cell, signer):
        """Room to sign between title and name: by the space before the name, so that it is no empty line."""
        lines = [(signer["dated"], {"size": BODY, "italic": True})] if "dated" in signer else []
        lines += [(line, {"size": BODY, "bold": True}) for line in signer["authority"]]
        if signer["note"]:
            lines.append((signer["note"], {"size": SMALL, "italic": True}))
        below = [line for line in (signer["office"], signer["name"]) if line] or [""]
        at = len(lines)
        self._cell_lines(cell, [*lines, *((line, {"size": BODY, "bold": True}) for line in below)])
        cell.paragraphs[at].paragraph_format.space_before = Mm(22)
        for paragraph in cell.paragraphs[:-1]:
            paragraph.paragraph_format.keep_with_next = True

    # ---- annexes

    def _annex(self, annex):
        self.landscape = annex["landscape"]
        page(self.document.add_section(WD_SECTION.NEW_PAGE), landscape=self.landscape)
        self._line(annex["label"], style="Heading 1")
        self._line(annex["title"], bold=True, align="center", space_after=NONE, keep_with_next=True)
        if annex["attached"]:
            self._line(annex["attached"], italic=True, align="center", keep_with_next=True)
        self._blocks(annex["blocks"])


def _recipients(shown):
    if not shown["recipients"]:
        return []
    lines = [(RECIPIENTS, {"size": SMALL, "bold": True, "italic": True})]
    return lines + [(line, {"size": Pt(11)}) for line in shown["recipients"]]


def _whole(row, *, repeated=False):
    """The row stays on one page; a head is repeated on each."""
    properties = row._tr.get_or_add_trPr()
    properties.append(element("w:cantSplit"))
    if repeated:
        properties.append(element("w:tblHeader"))


def _filled(pattern, texts):
    """A copy of the row `pattern` with `texts`, one line each, in its cells."""
    row = deepcopy(pattern)
    for place, text in zip(row.iter(qn("w:t")), texts, strict=True):
        place.text = text
    return row


def _with_air(cell):
    shape = cell.paragraphs[0].paragraph_format
    shape.space_before = shape.space_after = Pt(2)


def _without_margins(table):
    margins = element("w:tblCellMar")
    for side in ("w:left", "w:right"):
        margins.append(element(side, {"w:w": "0", "w:type": "dxa"}))
    table._tbl.tblPr.append(margins)


def _shares(weights, width):
    return [int(width * weight / sum(weights)) for weight in weights]
