"""Fields that take what people write: text of any origin, of any length, refused in words."""

from django import forms
from django.utils.translation import gettext as _

from vietnamese.numbers import format_decimal
from vietnamese.text import nfc

LONGEST_TEXT = 15_000  # characters; five such fields still fit what is kept through a sign-in


class TextAnswer(forms.CharField):
    """Words, stored composed (NFC), with one kind of line end.

    A draft may keep more than `max_length`: up to `kept` characters are taken, and `overlong` says what is
    too much.
    """

    def __init__(self, *, max_length=LONGEST_TEXT, kept=0, rows=0, **kwargs):
        if rows:
            kwargs["widget"] = forms.Textarea(attrs={"rows": rows})
        kwargs.setdefault("required", False)
        self.kept = kept or max_length
        self.longest = max_length  # not `max_length`: browsers would cut what is pasted without a word
        super().__init__(**kwargs)

    def to_python(self, value):
        return nfc(super().to_python(value).replace("\r\n", "\n").replace("\r", "\n"))

    def validate(self, value):
        super().validate(value)
        if len(value) > self.kept:
            raise forms.ValidationError(self.overlong(value), code="too_long")

    def overlong(self, value):
        """How much is too much, in words; "" where it fits."""
        return too_long(value, self.longest)


def too_long(text, most):
    """The limit and by how much it is passed, in words; "" where `text` fits."""
    if len(text) <= most:
        return ""
    words = _("%(count)s characters, at most %(most)s. Shorten it by %(over)s.")
    figures = {"count": len(text), "most": most, "over": len(text) - most}
    return words % {name: format_decimal(figure) for name, figure in figures.items()}
