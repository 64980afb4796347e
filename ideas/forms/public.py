"""Finding recognised initiatives."""

from django import forms
from django.utils.translation import gettext_lazy


class InitiativeSearch(forms.Form):
    """All fields optional; what is not among the choices is passed over rather than refused."""

    q = forms.CharField(
        label=gettext_lazy("Words of the title"),
        help_text=gettext_lazy("With or without accents."),
        max_length=200,
        required=False,
    )
    linh_vuc = forms.ChoiceField(label=gettext_lazy("Field of application"), required=False)
    don_vi = forms.ChoiceField(label=gettext_lazy("Unit"), required=False)
    nam = forms.TypedChoiceField(
        label=gettext_lazy("Year of recognition"), required=False, coerce=int, empty_value=None
    )
    mark_optional = False

    def __init__(self, *args, fields, units, years, **kwargs):
        super().__init__(*args, **kwargs)
        every = [("", gettext_lazy("All"))]
        self.fields["linh_vuc"].choices = every + fields
        self.fields["don_vi"].choices = every + units
        self.fields["nam"].choices = every + [(year, str(year)) for year in years]

    def asked(self):
        """The usable answers, whatever else was sent."""
        self.is_valid()
        given = self.cleaned_data
        return {
            "text": given.get("q", ""),
            "field": given.get("linh_vuc", ""),
            "unit": given.get("don_vi", ""),
            "year": given.get("nam"),
        }
