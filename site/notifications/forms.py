"""How a person wants mail."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from .events import Mail, all_categories, all_events
from .models import MailWish, Preference


class PreferenceForm(forms.Form):
    """One choice per category that has mail one can switch off, and the language of mail."""

    def __init__(self, *args, preference, **kwargs):
        super().__init__(*args, **kwargs)
        self.preference = preference
        for category in choosable_categories():
            self.fields[category.code] = forms.ChoiceField(
                label=category.label,
                help_text=category.help,
                choices=MailWish.choices,
                widget=forms.RadioSelect,
                initial=preference.wish_for(category.code),
            )
        self.fields["language"] = forms.ChoiceField(
            label=_("Language of mail"), choices=settings.LANGUAGES, initial=preference.language
        )

    @property
    def wishes(self):
        return [self[name] for name in self.fields if name != "language"]

    def save(self):
        chosen = dict(self.cleaned_data)
        self.preference.language = chosen.pop("language")
        self.preference.wishes = self.preference.wishes | chosen
        self.preference.save()


def choosable_categories():
    with_choice = {event.category for event in all_events() if event.mail is Mail.PREFERENCE}
    return [category for category in all_categories() if category.code in with_choice]


def preference_of(user):
    """The person's preference, unsaved where they never chose."""
    return Preference.objects.filter(user=user).first() or Preference(user=user)
