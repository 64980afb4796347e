"""Which columns of our models are about a person, judged by name and kind: what the register must cover."""

import re

from django.apps import apps
from django.db import models

from people.models import Staff, User

OURS = (
    "trust",
    "obligations",
    "notifications",
    "people",
    "papers",
    "portal",
    "rights",
    "ideas",
    "training",
    "competitions",
    "plan",
)
_NAMED = re.compile(
    r"^to$|(^|_)(full_name|first_name|last_name|username|email|phone|birth_date|address|contact|complainant|"
    r"contact_name|person_name|actor_name|actor_code|person_staff_code|holder_name|by_name|keyer_name|"
    r"keyer_code|signer_name|recorded_by|withdrawn_by|voided_by|led_by|name_key|order_key|search_key|picture|"
    r"photo|health|network|workplace|job_title|qualification|approver_name|verifier_name|public_name|account|"
    r"token|staff_code|identity_note)$"
)
# Columns whose names alone do not say that a person stands in them.
_TYPED = {
    ("ideas.IdeaContact", "name"),
    ("plan.DifficultyContact", "name"),
    ("plan.GroupMember", "name"),
    ("plan.CommentMention", "name"),
    ("plan.LocalGroup", "head"),
    ("plan.Showcase", "who"),
    ("competitions.Participant", "place"),
    ("ideas.Idea", "place"),
    ("plan.Difficulty", "place"),
    ("rights.RightsRequest", "name"),
}
_HEALTH = {("people.Leave", "kind"), ("training.Exemption", "reason")}


def models_of_ours():
    for app in OURS:
        yield from apps.get_app_config(app).get_models(include_auto_created=True)


def personal_fields(model):
    """The names of the columns of `model` that are about a person."""
    inherited = {f.name for parent in model._meta.get_parent_list() for f in parent._meta.local_fields}
    for field in model._meta.local_fields:
        if field.name in inherited or (field.remote_field and field.remote_field.parent_link):
            continue
        if _is_personal(model._meta.label, field):
            yield field.name


def _is_personal(label, field):
    if field.is_relation:
        related = field.related_model
        return related in (User, Staff) or related._meta.label == "competitions.Participant"
    if isinstance(field, models.EmailField | models.FileField):
        return True
    if (label, field.name) in _HEALTH | _TYPED:
        return True
    return bool(_NAMED.search(field.name)) and isinstance(
        field, models.CharField | models.TextField | models.DateField | models.JSONField
    )
