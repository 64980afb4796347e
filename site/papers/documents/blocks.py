"""What an official paper is made of, as plain values. Numbers of parts are given when the paper is frozen.

Texts are typed as they read; capitals, bold and italic follow from what a block is (NĐ 30/2020, Phụ lục I).
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Head:
    """Who issues: `parent` above in regular capitals, `issuer` in bold ones; the place of the date line.

    An application is issued by nobody: without `issuer` the motto stands alone in the middle of the page.
    `symbol` follows the number: "QĐ-UBND" in "Số: 178/QĐ-UBND". A paper without a place has no date line
    (minutes, Mẫu 1.9).
    """

    issuer: tuple[str, ...]
    parent: tuple[str, ...] = ()
    symbol: str = ""
    place: str = ""
    name: str = ""  # the issuer in a sentence


@dataclass(frozen=True)
class Authority:
    """A centred line of its own in bold: who decides, or "QUYẾT ĐỊNH:"."""

    text: str


@dataclass(frozen=True)
class Addressees:
    """Kính gửi: one on the same line, several as a list."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class Grounds:
    """Căn cứ: italic; each line ends with a semicolon, the last with a full stop."""

    texts: tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """A part: "I. TIÊU ĐỀ"."""

    text: str


@dataclass(frozen=True)
class Clause:
    """Khoản: "1."; `titled` stands on a line of its own in bold."""

    text: str
    titled: bool = False


@dataclass(frozen=True)
class Point:
    """Điểm: "a)", letters in the Vietnamese order (a b c d đ e)."""

    text: str


@dataclass(frozen=True)
class Article:
    """Điều: "Điều 1." in bold before its text."""

    text: str


@dataclass(frozen=True)
class Labelled:
    """A line of a form: what is asked in bold as it stands there, its answer behind."""

    label: str
    text: str = ""


@dataclass(frozen=True)
class Blank:
    """Dotted lines to write on by hand."""

    lines: int = 1


@dataclass(frozen=True)
class Dash:
    """A line of a plain list: "- …"."""

    text: str


@dataclass(frozen=True)
class Paragraph:
    text: str
    align: str = "justify"  # or "center", "left"
    italic: bool = False
    bold: bool = False


@dataclass(frozen=True)
class Column:
    """`width` is a share of the table's; `align` of its cells: "left", "center", "right"."""

    title: str
    width: int
    align: str = "left"


@dataclass(frozen=True)
class SpanRow:
    """A row with one cell across the table, in bold: what the rows below belong to."""

    text: str


@dataclass(frozen=True)
class Table:
    """Rows of texts, or `SpanRow`. Its head is repeated on every page. `label` says what it is. Rows to be
    written in by hand are `tall`."""

    columns: tuple[Column, ...]
    rows: tuple
    label: str
    total: tuple[str, ...] = ()
    tall: bool = False


@dataclass(frozen=True)
class Signer:
    """One signature: quyền hạn and chức vụ in capitals, room to sign, the name; between these the office in
    the ward where the ward's seal is used (NĐ 30, Phụ lục I, II.7.c). `dated` is the line of place and day
    where it stands above the signature, as in an application."""

    authority: tuple[str, ...]
    name: str = ""
    office: str = ""
    note: str = ""  # (Ký, ghi rõ họ tên)
    dated: str = ""


@dataclass(frozen=True)
class Annex:
    """A page of its own. `attached_to` is the paper it belongs to, in a sentence: "Quyết định" becomes
    "(Kèm theo Quyết định số … ngày … của …)" once number and date are known."""

    title: str
    blocks: tuple
    attached_to: str = ""
    landscape: bool = False


@dataclass(frozen=True)
class Code:
    """A code people type, printed in the upper left corner with the QR code of the address it leads to."""

    shown: str
    url: str
    caption: str


@dataclass(frozen=True)
class Document:
    """A paper. `name` is its kind in capitals (tên loại), `subject` the line under it (trích yếu).

    `running` stands at the foot of every page: which dossier, which version, or that it is a draft.

    One signer stands at the right beside Nơi nhận; two stand side by side with Nơi nhận below.
    """

    head: Head
    name: str
    subject: str
    blocks: tuple
    signers: tuple[Signer, ...]
    recipients: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = field(default_factory=tuple)
    landscape: bool = False
    is_sample: bool = False
    running: str = ""
    code: Code | None = None


def paragraphs(text):
    """A `Paragraph` for each line of a text somebody typed; none for an empty one."""
    return tuple(Paragraph(line.strip()) for line in (text or "").splitlines() if line.strip())
