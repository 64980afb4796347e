"""Texts, rules, facts, prizes of a competition."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from vietnamese.numbers import parse_decimal

from ...models import Blueprint, PrizeKind, Who
from .parts import LineField, OrganiserForm, WordsField, number

_LONGEST_ARTICLE = 6000
MOST_PRIZES = 8
_TEAM, _WORDS, _FILES, _JUDGES, _FINALISTS = 20, 10_000, 20, 15, 200


class TextsForm(OrganiserForm):
    title = LineField(
        label=_("Title of the competition"),
        max_length=150,
        error_messages={"required": _("Give the competition a title.")},
    )
    summary = WordsField(
        label=_("Summary"),
        help_text=_("One or two sentences: what it is about and whom it is for."),
        max_length=400,
        rows=3,
        required=False,
    )
    contact_name = LineField(
        label=_("Who answers questions"),
        help_text=_("A person or an office."),
        max_length=120,
        required=False,
    )
    contact_email = forms.EmailField(label=_("E-mail for questions"), required=False)
    contact_phone = LineField(label=_("Telephone for questions"), max_length=40, required=False)


class RulesForm(OrganiserForm):
    """One box for each article; heading and order are those of the blueprint."""

    mark_optional = False

    def __init__(self, articles, *args, **kwargs):
        """`articles`: [(code, heading, text)]."""
        super().__init__(*args, **kwargs)
        self.articles = list(articles)
        for place, (code, heading, text) in enumerate(self.articles, start=1):
            self.fields[f"article-{code}"] = WordsField(
                label=_("Article %(number)s. %(heading)s") % {"number": place, "heading": heading},
                max_length=_LONGEST_ARTICLE,
                rows=6,
                required=False,
                initial=text,
            )

    @property
    def texts(self):
        return {code: self.cleaned_data[f"article-{code}"] for code, _heading, _text in self.articles}


class EntranceForm(OrganiserForm):
    """Who may enter, what an entry is, how many judge it; what this kind does not need is not asked."""

    who = forms.ChoiceField(label=_("Who may enter"), choices=Who.choices, widget=forms.RadioSelect)
    min_age = number(_("Youngest age"), 120, required=False)
    max_age = number(
        _("Oldest age"), 120, required=False, help_text=_("Counted on the day entries open. Empty: any age.")
    )
    ward_only = forms.BooleanField(label=_("Only people who live, study or work in the ward"), required=False)
    place = LineField(
        label=pgettext_lazy("competition", "Place"),
        help_text=_("Where it takes place, if somewhere."),
        max_length=200,
        required=False,
    )
    team_most = number(_("People of one entry, at most"), _TEAM, least=1)
    words_most = number(_("Words, at most"), _WORDS, help_text=_("0: no text is asked for."))
    files_least = number(_("Files, at least"), _FILES)
    files_most = number(_("Files, at most"), _FILES)
    judges_each = number(_("Judges of one entry"), _JUDGES, least=1)
    finalists = number(_("Entries in the final round"), _FINALISTS)
    questions_each = number(_("Questions of one quiz"), 100, least=1)
    minutes = number(_("Minutes for the quiz"), 180, least=1)

    _JUDGED = ("team_most", "words_most", "files_least", "files_most", "judges_each")
    ASKED = {
        Blueprint.IDEAS: (*_JUDGED, "finalists"),
        Blueprint.PHOTOS: _JUDGED,
        Blueprint.QUIZ: ("questions_each", "minutes"),
        Blueprint.FORUM: (),
    }
    _OF_ENTRANTS = ("who", "min_age", "max_age", "ward_only")

    def __init__(self, competition, *args, **kwargs):
        super().__init__(*args, **kwargs)
        entered = () if competition.blueprint == Blueprint.FORUM else self._OF_ENTRANTS
        asked = {"seen", "place", *entered, *self.ASKED[competition.blueprint]}
        for name in [name for name in self.fields if name not in asked]:
            del self.fields[name]
        for name in self.names:
            self.initial.setdefault(name, getattr(competition, name))

    @property
    def names(self):
        return [name for name in self.fields if name != "seen"]

    @property
    def values(self):
        return {name: self.cleaned_data[name] for name in self.names}

    def clean(self):
        data = super().clean()
        if _above(data, "min_age", "max_age"):
            self.add_error("max_age", _("The oldest age is below the youngest."))
        if _above(data, "files_least", "files_most"):
            self.add_error("files_most", _("At most is below at least."))
        return data


def _above(data, low, high):
    return data.get(low) is not None and data.get(high) is not None and data[low] > data[high]


class ShareForm(OrganiserForm):
    vote_share = LineField(
        label=_("Share of the public vote in the result (%)"),
        help_text=_("0 to 100, for example 10 or 12,5. 0: the vote decides its own prize alone."),
        max_length=10,
        widget=forms.TextInput(attrs={"class": "input-short", "inputmode": "decimal"}),
        error_messages={"required": _("Type a number from 0 to 100, for example 12,5.")},
    )

    def clean_vote_share(self):
        try:
            share = parse_decimal(self.cleaned_data["vote_share"], places=2)
        except ValueError:
            share = Decimal(-1)
        if not 0 <= share <= 100:
            raise forms.ValidationError(_("Type a number from 0 to 100, for example 12,5."))
        return share


class PrizeForm(forms.Form):
    """One row; without a name it is no prize."""

    mark_optional = False

    name = LineField(label=_("Name of the prize"), max_length=80, required=False)
    kind = forms.ChoiceField(label=_("Given"), choices=PrizeKind.choices, required=False)
    count = number(_("How many"), 100, least=1, required=False)
    amount = LineField(
        label=_("Amount of one (VND)"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )

    def clean_amount(self):
        text = self.cleaned_data["amount"].replace(" ", "").replace(".", "").replace(",", "")
        if not text:
            return 0
        if not (text.isascii() and text.isdecimal()) or int(text) > 2_000_000_000:
            raise forms.ValidationError(_("Type the amount in full, for example 5.000.000."))
        return int(text)

    def clean(self):
        data = super().clean()
        if not data.get("name") and (data.get("count") or data.get("amount")):
            self.add_error("name", _("Give the prize a name, or empty the row."))
        if data.get("name") and not data.get("count") and "count" not in self.errors:
            self.add_error("count", _("Type how many there are."))
        return data

    @property
    def value(self):
        data = self.cleaned_data
        if not data.get("name"):
            return None
        return {
            "name": data["name"],
            "kind": data["kind"] or PrizeKind.RANKED,
            "count": data["count"],
            "amount": data["amount"],
        }


PrizeFormSet = forms.formset_factory(
    PrizeForm, extra=2, max_num=MOST_PRIZES, validate_max=True, absolute_max=MOST_PRIZES
)
