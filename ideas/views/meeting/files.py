"""The signed files of a meeting."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ideas.models import Initiative
from ideas.moves import Actor
from ideas.sitting import Sitting
from people.kept_post import keep_post
from trust.storage import serve_private

from .found import meeting_or_404


@require_safe
@never_cache
@keep_post
def tally(request, pk, item_pk):
    """The signed tally of a secret ballot, for those who may read the item."""
    meeting = meeting_or_404(request, pk)
    item = get_object_or_404(meeting.items.exclude(tally_file=""), pk=item_pk)
    initiative = get_object_or_404(
        Initiative.objects.visible_to(request.user).for_workflow(), pk=item.initiative_id
    )
    if Sitting(meeting).concerned(Actor.of(request.user).staff_id, initiative):
        raise Http404
    ending = item.tally_file.name.rpartition(".")[2]
    kinds = {"pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg"}
    kind = kinds.get(ending, "application/octet-stream")
    return serve_private(item.tally_file, f"kiem-phieu-{initiative.code}.{ending}", kind)
