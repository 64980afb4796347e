"""Parts of pages that speak of notifications."""

from django import template

from notifications.models import Notification

register = template.Library()
LATEST = 4


@register.inclusion_tag("notifications/latest.html", takes_context=True)
def latest_notifications(context):
    """The newest few of the signed-in person, for the side of a page. One query."""
    rows = Notification.objects.visible_to(context["user"]).order_by("-id")[:LATEST]
    return {"rows": list(rows), "request": context["request"], "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("notifications/mail_fate.html")
def mail_fate(row):
    """What became of a row's mail, in words; nothing for a row without mail."""
    mail = getattr(row, "mail", None)
    return {"mail": mail, "carrier": mail.carrier if mail else None}
