"""The papers about one dossier: the head's decisions and notices, the secretary's refusal."""

from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ideas.papers.notices_given import notices_given
from ideas.papers.offers import DossierPapers
from ideas.papers.registering import register_dossier_paper
from ideas.views.dossier.found import crumbs, find
from people.kept_post import keep_post
from trust.storage import serve_private

from .handing import hand_out_offer, hand_out_signed, registering


@require_safe
@never_cache
@keep_post
def about_dossier(request, code, kind, face):
    """One paper about the dossier as Word or PDF."""
    return hand_out_offer(_offer(request, code, kind)[1], face)


@require_safe
@never_cache
@keep_post
def signed_about_dossier(request, code, kind):
    """For whoever draws the paper up, and for the authors a notice is addressed to: its latest."""
    initiative, offer = _offer(request, code, kind)
    given = [paper for of, paper in notices_given(request.user, initiative) if of.code == kind]
    if given:
        return serve_private(given[0].file, given[0].file_name, "application/pdf")
    return hand_out_signed(offer)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@keep_post
def register_about_dossier(request, code, kind):
    """Number, date and signed file of a notice that came without them."""
    initiative, offer = _offer(request, code, kind)

    def register(**typed):
        return register_dossier_paper(request.user, initiative, kind, **typed)

    way = crumbs(initiative, offer.kind.label if offer else "")
    back = f"{initiative.get_absolute_url()}#giay-to"
    return registering(request, offer, register=register, crumbs=way, back=back)


def _offer(request, code, kind):
    initiative = find(request, code)
    return initiative, DossierPapers(request.user, initiative).offer(kind)
