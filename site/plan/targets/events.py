"""What is announced about targets. Mail and toast name the code alone; the page says the rest."""

from django.utils.translation import gettext_lazy as _

from notifications.events import declare

OWNERS_CONFIRMED = declare(
    "plan.owners_confirmed", _("Your unit leads target %(code)s: confirmed"), category="plan", icon="check"
)
SEVERAL_CONFIRMED = declare(
    "plan.several_owners_confirmed",
    _("Your unit leads the targets %(codes)s: confirmed"),
    category="plan",
    icon="check",
)
OWNERS_CHANGED = declare(
    "plan.owners_changed", _("The units of target %(code)s were changed"), category="plan", icon="edit"
)
DEFINITION_CHANGED = declare(
    "plan.definition_changed",
    _("Target %(code)s is counted in another way from %(day)s on"),
    category="plan",
    icon="edit",
)
TYPED_IN_PLACE = declare(
    "plan.value_in_place",
    _("A figure of target %(code)s was typed in the place of your unit"),
    category="plan",
    icon="edit",
)
