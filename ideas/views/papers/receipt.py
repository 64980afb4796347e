"""The receipt of a submitted dossier."""

from django.http import Http404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ideas.papers.drawing import drawn_document
from ideas.papers.loading import receipt_record
from ideas.papers.offers import may_read_receipt
from ideas.papers.receipt import receipt as receipt_paper
from ideas.views.dossier.found import find
from people.kept_post import keep_post

from .handing import hand_out, require_face


@require_safe
@never_cache
@keep_post
def receipt(request, code, face):
    """For the authors, whoever keyed the dossier and the council's officers; 404 before a submission."""
    require_face(face)
    initiative = find(request, code)
    record = receipt_record(initiative) if may_read_receipt(request.user, initiative) else None
    if record is None:
        raise Http404
    name = f"giay-bien-nhan-{initiative.code}"
    number, day = f"{initiative.receipt_number:02d}", record.received_on
    return hand_out(drawn_document(receipt_paper(record), face, name, number, day))
