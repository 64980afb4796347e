"""What editors do goes into the audit trail: Wagtail logs each act on a page, file, picture or setting."""

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry, PageLogEntry

from trust.audit.following import follow


def register():
    follow(
        PageLogEntry,
        "pages.page",
        _("an act on a page"),
        target=lambda row: ("wagtailcore.page", row.page_id),
        step="action",
        words=_words,
    )
    follow(
        ModelLogEntry,
        "pages.other",
        _("an act on what pages are made of"),
        target=_object,
        step="action",
        words=_words,
    )


def _object(row):
    kind = ContentType.objects.get_for_id(row.content_type_id) if row.content_type_id else None
    return (f"{kind.app_label}.{kind.model}" if kind else "", row.object_id)


def _words(code):
    return registry.get_action_label(code) if registry.action_exists(code) else None
