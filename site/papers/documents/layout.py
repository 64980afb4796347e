"""What both faces show: the frozen paper with its number and date put where they belong."""

from vietnamese.dates import long_date

_BLANK = "\u00a0" * 8  # room to write by hand or in the document system


def laid_out(data, number="", issued_on=None):
    """Frozen `data` completed: the line of the number, that of the date, the line under an annex's title.

    `number` as registered ("178/QĐ-UBND"); without number or date there is room for them.
    """
    return data | {
        "number_line": _number_line(data["head"]["symbol"], number),
        "date_line": _date_line(data["head"]["place"], issued_on),
        "annexes": [
            annex | {"attached": _attached(annex, data["head"], number, issued_on)}
            for annex in data["annexes"]
        ],
    }


def lines_of(shown):
    """Every text of a laid-out paper in reading order: what a reader of either face must find."""
    head = shown["head"]
    if "code" in shown:
        yield from [shown["code"]["shown"], shown["code"]["caption"]]
    yield from [*head["parent"], *head["issuer"]]
    if shown["number_line"]:
        yield shown["number_line"]
    yield from ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    if shown["date_line"]:
        yield shown["date_line"]
    yield shown["name"]
    if shown["subject"]:
        yield shown["subject"]
    yield from _texts(shown["blocks"])
    yield from _foot(shown)
    if shown["is_sample"]:
        yield SAMPLE
    for annex in shown["annexes"]:
        yield from [annex["label"], annex["title"]]
        if annex["attached"]:
            yield annex["attached"]
        yield from _texts(annex["blocks"])


SAMPLE = "Dữ liệu mẫu, không có giá trị sử dụng"
RECIPIENTS = "Nơi nhận:"


def _foot(shown):
    signers = [_signer(signer) for signer in shown["signers"]]
    recipients = [RECIPIENTS, *shown["recipients"]] if shown["recipients"] else []
    if len(signers) == 1:
        yield from [*recipients, *signers[0]]
    else:
        yield from [line for signer in signers for line in signer]
        yield from recipients


def _signer(signer):
    lines = (signer.get("dated"), *signer["authority"], signer["note"], signer["office"], signer["name"])
    return [line for line in lines if line]


def _texts(blocks):
    for block in blocks:
        if block["type"] != "table":
            if text := " ".join(filter(None, (block.get("label", ""), block["text"]))):
                yield text
            continue
        yield from [column["title"] for column in block["columns"]]
        for row in block["rows"]:
            yield from filter(None, [row["span"]] if "span" in row else row["cells"])
        yield from filter(None, block["total"])


def _number_line(symbol, number):
    if number:
        return f"Số: {number}"
    return f"Số:{_BLANK}/{symbol}" if symbol else ""


def _date_line(place, issued_on):
    if not place:
        return ""
    return f"{place}, {long_date(issued_on) if issued_on else _blank_date()}"


def _blank_date():
    return f"ngày{_BLANK}tháng{_BLANK}năm{_BLANK}"


def _attached(annex, head, number, issued_on):
    if not annex["attached_to"]:
        return ""
    shown = number or (f"{_BLANK}/{head['symbol']}" if head["symbol"] else "")
    parts = [annex["attached_to"], f"số {shown}" if shown else ""]
    parts += [long_date(issued_on) if issued_on else _blank_date(), f"của {head['name']}"]
    return f"(Kèm theo {' '.join(filter(None, parts))})"
