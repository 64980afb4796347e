"""Which dossier a page is about, and the answers all these pages give when it cannot go on."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

from ...access import is_author
from ...acts import why_not
from ...models import Initiative
from ...similarity.links import STEPS as LINK_STEPS
from ...storyline import INSIDE_THE_COUNCIL, done_words, role_words


def find(request, code):
    """The dossier as the workflow reads it; 404 where this person may not open it."""
    rows = Initiative.objects.for_workflow().select_related("merged_into", "field", "form_template")
    try:
        return rows.prefetch_related("versions", "decisions").visible_to(request.user).get(code=code)
    except Initiative.DoesNotExist:
        raise Http404 from None


def version_number(text, otherwise=None):
    """The version an address asks for, `otherwise` where it asks for none; 0, which no version has, for
    anything else that was typed."""
    if text is None:
        return otherwise
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def deny(answer):
    """403 with the sentence: why not, who can, until when."""
    raise PermissionDenied(why_not(answer))


def too_late(request, initiative, entry=None, sentence=""):
    """For whoever comes second: what was done meanwhile, when and by whom. Nothing was changed."""
    done = initiative.history.exclude(transition__in=LINK_STEPS).order_by("-pk")  # not for everybody to read
    entry = entry or (None if sentence else done.first())
    context = {
        "initiative": initiative,
        "crumbs": crumbs(initiative, _("Already done")),
        "sentence": sentence,
    }
    if entry is not None:
        hidden = entry.transition in INSIDE_THE_COUNCIL and is_author(request.user, initiative)
        context |= {
            "entry": entry,
            "done": done_words(entry.transition),
            "who": role_words(entry.actor_role) if hidden else entry.actor_name,
        }
    return render(request, "ideas/dossier/too_late.html", context, status=409)


def crumbs(initiative, *here):
    """The way to a page below the dossier's; without `here`, to the dossier itself."""
    way = [(_("Initiatives"), "/sang-kien/"), (_("Dossiers"), "/sang-kien/ho-so/")]
    if not here:
        return [*way, (initiative.code, "")]
    return [*way, (initiative.code, initiative.get_absolute_url()), *((label, "") for label in here)]
