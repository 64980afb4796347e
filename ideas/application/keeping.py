"""Which form template is in force, and the shipped ones in the database."""

from django.utils import timezone

from .shipped import SHIPPED


class NoFormInForce(RuntimeError):
    """No form template is in force: without one no dossier can be begun."""


def load_form_templates():
    """For post_migrate: stores the shipped templates that are missing, and touches none that is there."""
    from ..models import FormTemplate

    present = set(FormTemplate.objects.values_list("code", "version"))
    for values in SHIPPED:
        if (values["code"], values["version"]) not in present:
            FormTemplate.objects.create(**values)


def template_in_force(day=None):
    """The row of the template a dossier begun on `day` (today) is written under."""
    from ..models import FormTemplate

    found = FormTemplate.objects.in_force_on(day or timezone.localdate())
    if found is None:
        raise NoFormInForce("no form template is in force")
    return found
