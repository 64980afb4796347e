"""What Wagtail's editor may not do with competitions, and the sentence why."""

from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages

from .models import CompetitionIndexPage, CompetitionPage
from .organising import words
from .publishing import what_is_missing


def _refuse(request, sentence, page):
    messages.error(request, sentence)
    return redirect("wagtailadmin_explore", page.pk)


def _why_it_stays(page) -> str:
    """Why this page, or one below it, is neither deleted nor moved; "" where it may be."""
    below = CompetitionPage.objects.descendant_of(page, inclusive=True)
    if below.filter(entries__isnull=False).exists():
        return _(
            "The competition has entries. It is neither deleted nor moved: people follow their entries there."
        )
    if below.exists():
        return _(
            "A competition keeps the log of what was done to it, so it stays. Take it off the portal instead."
        )
    if page.specific_class is CompetitionIndexPage:
        return _("The list of competitions has its fixed address. It stays where it is.")
    return ""


@hooks.register("before_delete_page")
@hooks.register("before_move_page")
def competitions_stay(request, page, destination=None):
    if why := _why_it_stays(page):
        return _refuse(request, why, page)


@hooks.register("before_copy_page")
def competitions_are_made_from_blueprints(request, page):
    if issubclass(page.specific_class, CompetitionPage | CompetitionIndexPage):
        return _refuse(
            request, _("A competition is made from a blueprint by an organiser, not copied."), page
        )


@hooks.register("before_bulk_action")
def no_bulk_way_around(request, action_type, pages, action):
    if action_type not in ("delete", "move"):
        return None
    for page in pages:
        if hasattr(page, "specific_class") and (why := _why_it_stays(page)):
            return _refuse(request, why, page)
    return None


@hooks.register("before_publish_page")
def nothing_incomplete_goes_out(request, page):
    """What was typed is kept as a revision; it is told what is missing."""
    if isinstance(page, CompetitionPage) and (lacks := what_is_missing(page)):
        messages.error(request, words.missing_in_a_sentence(lacks))
        return redirect("wagtailadmin_pages:edit", page.pk)
    return None
