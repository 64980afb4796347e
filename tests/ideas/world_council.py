"""The council room of the crawler's ward: the stand-in has declared, the clerk keyed one paper sheet."""

from decimal import Decimal

from django.core.files.base import ContentFile

from ideas import evaluation
from ideas.files import SCAN, store_signed_file
from ideas.leads import assigning, commenting
from ideas.models import Initiative

from . import builders


def add_council(world):
    dossier = Initiative.objects.get(code=world.labels["evaluating"])
    builders.declare_all(dossier)
    _add_paper(world, builders.fresh(dossier))
    _add_lead(world, dossier)


def _add_paper(world, dossier):
    """Keyed by the clerk with points and words that nobody may meet; the secretary still scores."""
    ward = world.ward
    sheet = dossier.sheets.get(staff=ward.hoidong4.staff)
    paper = evaluation.print_papers(ward.thuky, dossier, [sheet])[0]
    points = builders.points_for(dossier) | {"tinh-moi": Decimal("31.5")}
    scan = store_signed_file(ContentFile(builders.PDF, name="phieu.pdf"), "paper-sheets", SCAN)
    evaluation.key_in(ward.vanthu, paper, points, "Nhận xét kín 8842", scan=scan)
    world.labels["paper"] = paper.code


def _add_lead(world, dossier):
    """One member presents the dossier, and has written what nobody else reads before the close."""
    ward = world.ward
    plan = {dossier.pk: {ward.hoidong1.staff.pk}}
    batch = assigning.apply(ward.thuky, ward.round, plan, "hand")
    world.labels["lead_batch"] = batch.pk
    lead = commenting.lead_of(ward.hoidong1, dossier.code)
    commenting.save_comment(ward.hoidong1, lead, "Ý kiến phụ trách 3382", base_version=0)


SECRETS = {"a lead member's comment": ("Ý kiến phụ trách 3382", ("member",))}
