"""The rows of a file with their verdicts, and the shape an import reports in (training.md §7)."""

from dataclasses import dataclass, field

from .rows import Issue, Row


@dataclass
class Plan:
    """The rows with their verdicts, and everything a person must know before it is written."""

    rows: list[Row] = field(default_factory=list)
    file_errors: list[Issue] = field(default_factory=list)  # of headings and sheets; among `errors` too
    errors: list[Issue] = field(default_factory=list)
    warnings: list[Issue] = field(default_factory=list)
    conflicts: list[Issue] = field(default_factory=list)

    def count(self, verdict):
        return sum(row.verdict == verdict for row in self.rows)

    def gather(self, file_errors):
        """Takes over the errors and conflicts of the rows, once their verdicts stand."""
        self.file_errors = file_errors
        self.errors = file_errors + [issue for row in self.rows for issue in row.errors]
        self.conflicts = [issue for row in self.rows for issue in row.conflicts]

    def refused(self, skip_errors=False):
        """Whether nothing may be written: "errors", "conflicts", or "" when it may."""
        if self.errors and not skip_errors:
            return "errors"
        return "conflicts" if self.conflicts else ""

    def as_dict(self, skip_errors=False):
        """The shape of training.md §7. A refused import creates and changes nothing, and says so."""
        written = not self.refused(skip_errors)
        return {
            "created": self.count("new") if written else 0,
            "changed": self.count("changed") if written else 0,
            "unchanged": self.count("same"),
            "conflicts": [issue.as_dict() for issue in self.conflicts],
            "errors": [issue.as_dict() for issue in self.errors],
            "warnings": [issue.as_dict() for issue in self.warnings],
        }
