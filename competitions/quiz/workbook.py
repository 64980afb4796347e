"""Questions as an Excel sheet: read with every fault by its row, written so that it reads back the same.

The sheet's words are the office's and are not translated.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from people.workbook import Column, Issue, SheetSpec, as_choice, as_text, read_file, write_workbook

from .bank import LEAST_ANSWERS, MOST_ANSWERS, same_text

LETTERS = "ABCDEF"[:MOST_ANSWERS]
SHEET = SheetSpec(
    "questions",
    "Câu hỏi",
    (
        Column("text", "Câu hỏi", "text", key=True, required=True, length=1000, width=60),
        *(Column(letter, f"Phương án {letter}", "text", length=400, width=28) for letter in LETTERS),
        Column("right", f"Đáp án đúng (ghi {LETTERS[0]}–{LETTERS[-1]})", "letter", required=True, width=14),
        Column("explanation", "Giải thích", "text", length=1000, width=60),
    ),
)
_KINDS = {
    "text": lambda cell, column: as_text(cell, column.length),
    "letter": lambda cell, column: as_choice(cell, LETTERS),
}


@dataclass(frozen=True)
class ReadQuestions:
    """`questions` [(text, explanation, [(answer, is_right)])] of the rows that are right, and every issue."""

    questions: list
    errors: list[Issue]
    warnings: list[Issue]


def read(file, known=()):
    """The questions of `file` (binary, seekable); `known` are texts that are in the bank already. Raises
    `WorkbookRefused` for what is no workbook."""
    found = read_file(file, [SHEET], _KINDS)
    rows = found.rows[SHEET.code]
    for row in rows:
        _check(row)
    _check_repeated(rows, {same_text(text) for text in known})
    errors = [*found.errors, *(issue for row in rows for issue in row.errors)]
    if not errors and not rows:
        errors = [Issue(SHEET.title, None, "", "", _("The sheet holds no question."))]
    return ReadQuestions([_question(row) for row in rows if row.good], errors, found.warnings)


def _check(row):
    failed = {issue.column for issue in row.errors}
    for name in ("text", "right"):
        column = SHEET.column(name)
        if not row.values.get(name) and column.heading not in failed:
            row.fail(name, _("Nothing stands here. Fill in “%(column)s”.") % {"column": column.heading})
    answers = {letter: row.values[letter] for letter in LETTERS if row.values.get(letter)}
    if len(answers) < LEAST_ANSWERS:
        row.fail("A", _("A question needs at least two answers."))
    elif len({same_text(answer) for answer in answers.values()}) < len(answers):
        row.fail("A", _("Two answers of this question say the same."))
    right = row.values.get("right")
    if right and right not in answers:
        row.fail("right", _("There is no answer %(letter)s in this row.") % {"letter": right})


def _check_repeated(rows, known):
    seen = {}
    for row in rows:
        key = same_text(row.values.get("text") or "")
        if not key:
            continue
        if key in known:
            row.fail("text", _("This question is in the bank already."))
        elif key in seen:
            row.fail("text", _("Row %(row)s asks the same question.") % {"row": seen[key]})
        seen.setdefault(key, row.number)


def _question(row):
    answers = [
        (row.values[letter], letter == row.values["right"]) for letter in LETTERS if row.values.get(letter)
    ]
    return row.values["text"], row.values.get("explanation") or "", answers


def written(questions, title=""):
    """The workbook of these questions (`choices` prefetched); without any it is the template to fill in."""
    columns = [(column.heading, column.width) for column in SHEET.columns]
    return write_workbook([(SHEET.title, columns, [_row(question) for question in questions])], title=title)


def _row(question):
    choices = list(question.choices.all())[: len(LETTERS)]
    texts = [choice.text for choice in choices] + [None] * (len(LETTERS) - len(choices))
    right = next((LETTERS[n] for n, choice in enumerate(choices) if choice.is_right), None)
    return [question.text, *texts, right, question.explanation]
