"""The plan the portal carries out, as a page people can read and link to."""

from dataclasses import dataclass

from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from config.plan_file import read_plan
from vietnamese.text import fold

from ..blocks import PageBody
from ..registry import beside_plan
from .base import BasePage


@dataclass(frozen=True)
class Part:
    """A block of the text; one that is a heading has an anchor, the others an empty one."""

    block: object
    anchor: str


def parts_of(body):
    """The blocks with their anchors, made of the headings' words and unique on the page."""
    parts, taken = [], set()
    for block in body:
        anchor = ""
        if block.block_type == "heading":
            stem = anchor = f"phan-{slugify(fold(block.value))[:60]}"
            number = 1
            while anchor in taken:
                number += 1
                anchor = f"{stem}-{number}"
            taken.add(anchor)
        parts.append(Part(block, anchor))
    return parts


class PlanPage(BasePage):
    """The text is the editor's; targets, units and dates are drawn from the plan's data, their one home."""

    summary = models.TextField(gettext_lazy("summary"), blank=True, max_length=400)
    body = StreamField(PageBody(), verbose_name=gettext_lazy("content"), blank=True)

    parent_page_types = ["portal.HomePage"]
    subpage_types = []
    max_count = 1
    template = "portal/plan_page.html"
    menu_label = gettext_lazy("Plan")
    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body")]

    class Meta:
        verbose_name = gettext_lazy("page of the plan")
        verbose_name_plural = gettext_lazy("pages of the plan")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        plan, parts = read_plan(), parts_of(self.body)
        context |= {
            "parts": parts,
            "contents": [(part.anchor, part.block.value) for part in parts if part.anchor]
            + [("chi-tieu", _("Targets")), ("don-vi", _("Units")), ("lich", _("Calendar"))],
            "source": plan["source"],
            "groups": [
                (group, [target for target in plan["targets"] if target["id"][0] == group["id"]])
                for group in plan["target_groups"]
            ],
            "units": plan["units"],
            "dates": plan["recurring_dates"],
            "reviews": plan["reviews"],
            "beside": beside_plan(request),
        }
        return context
