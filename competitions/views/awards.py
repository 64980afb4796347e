"""What winners and the public get: certificates, pictures of winning entries, the way to an initiative."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from competitions.certificates import certificates_of
from competitions.models import Entry
from competitions.results import initiative
from competitions.visitors import participant_required
from competitions.winners import picture_of
from papers.certificates import ensure_pdf
from papers.codes import typed
from people.kept_post import keep_post
from trust.storage import serve_private


@never_cache
@require_safe
@participant_required("mine")
def entry_certificate(request, pk, code):
    """One's own certificate of a prize as PDF; 404 for anybody else's."""
    held = certificates_of(pk, request.participant).filter(certificate__code=typed(code) or "").first()
    if held is None:
        raise Http404
    paper = ensure_pdf(held.certificate)
    return serve_private(paper.pdf, paper.file_name, "application/pdf")


@require_safe
def winner_picture(request, slug, pk, number):
    """A picture of a winning entry, where everybody in it agreed to show it."""
    file = picture_of(slug, pk, number)
    if file is None:
        raise Http404
    return serve_private(file.file, f"{slug}-{pk}-{number}", file.content_type, inline=True, public=True)


@never_cache
@keep_post
@participant_required("mine")
def entry_to_initiative(request, pk):
    """A dossier begun from one's own entry; says first what publication means for its novelty."""
    entry = get_object_or_404(Entry.objects.of(request.participant).select_related("competition"), pk=pk)
    offer = initiative.offer_for(entry, request.user, request.participant)
    if offer is None:
        raise Http404
    if request.method == "POST":
        return redirect(initiative.start(entry, request.user, offer))
    warnings = {
        initiative.PUBLISHED: _(
            "This entry has been published. What is public may no longer be new enough to be recognised: ask "
            "the council's secretary before submitting."
        ),
        initiative.MAY_BE_PUBLISHED: _(
            "You agreed to this entry being published. Once public it may no longer be new enough to be "
            "recognised: submit the initiative before that, or withdraw the consent."
        ),
    }
    explanation = _("A draft begins with title and text of the entry and credits it by its code.")
    context = {
        "question": _("Start an initiative from %(code)s?") % {"code": entry.code},
        "explanation": " ".join(filter(None, [warnings.get(offer.novelty, ""), explanation])),
        "action_label": _("Start the dossier"),
        "back_url": entry.get_absolute_url(),
    }
    return render(request, "confirm.html", context)
