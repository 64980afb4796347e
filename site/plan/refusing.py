"""How every part of the plan says no: a stable code, the form field it belongs to, what its sentence needs.
The sentence is made when a page is drawn."""

from collections.abc import Mapping
from typing import ClassVar


class Refused(Exception):
    """Each part has a class of its own with its own `sentences`: {code: words with placeholders}."""

    sentences: ClassVar[Mapping] = {}

    def __init__(self, code, field="", **params):
        self.code, self.field, self.params = code, field, params
        super().__init__(code)

    @property
    def sentence(self):
        return str(self.sentences[self.code]) % self.params
