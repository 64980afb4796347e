"""What a sheet is made of: its title, its columns, which of them name a row. The words are the office's."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """`kind` says how the cell is read; `key` columns name the row; `length` is the most characters.

    What stands in a column that is not `kept` is only compared with what is known, never stored.
    """

    name: str
    heading: str
    kind: str
    key: bool = False
    required: bool = False
    length: int = 0
    width: int = 16
    kept: bool = True


@dataclass(frozen=True)
class SheetSpec:
    code: str
    title: str
    columns: tuple[Column, ...]

    @property
    def key_names(self):
        return tuple(c.name for c in self.columns if c.key)

    @property
    def value_names(self):
        return tuple(c.name for c in self.columns if c.kept and not c.key)

    def column(self, name):
        return next(c for c in self.columns if c.name == name)
