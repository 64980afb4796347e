"""A section: written in, saved while typing, two people at once included; its draft drawn anew."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from editing.choosing import choice_context, empty_or, resolved, row
from editing.differences import abridged, merged
from people.kept_post import written_by_another

from ...consolidation import showing, writing
from ...consolidation.access import FORM, for_writers, may_write
from ...consolidation.refusing import Refused
from ...forms.consolidation import SectionForm
from .found import address, begun, crumbs


def _found(code, section):
    report = begun(code)
    found = report.sections.filter(code=section).first()
    if found is None:
        raise Http404
    return report, found


def _require_open(report):
    if report.is_issued:
        raise PermissionDenied(Refused("consolidation_issued").sentence)


@for_writers(methods=FORM)
def section(request, code, section):
    report, found = _found(code, section)
    _require_open(report)
    if request.method != "POST":
        return _page(request, report, found, SectionForm(found, request.kept_post or None))
    form = SectionForm(found, request.POST)
    if not form.is_valid():
        return _page(request, report, found, form, status=422)
    answers, base, unchosen = resolved(request.POST, form.answers(), form.base)
    try:
        saved = writing.save_section(request.user, report, section, answers, base)
    except writing.Conflict as conflict:
        return _conflict_page(request, report, found, form, conflict, unchosen)
    except Refused as refused:
        raise PermissionDenied(refused.sentence) from refused
    messages.success(request, _("Saved at %(time)s.") % {"time": f"{timezone.localtime(saved.at):%H:%M}"})
    stays = request.POST.get("then") == "stay"
    target = request.path if stays else address(report.period)
    return redirect(f"{target}?da-luu={section}" + ("" if stays else f"#{section}"))


def _page(request, report, found, form, status=200):
    arguments = [report.period.code, found.code]
    context = {
        "report": report,
        "period": report.period,
        "section": found,
        "label": showing.LABELS[found.code],
        "form": form,
        "autosave": reverse("plan:consolidation_autosave", args=arguments),
        "record": address(report.period),
        "login_url": f"{reverse('account_login')}?next={request.path}",
        "crumbs": crumbs(report.period, showing.LABELS[found.code]),
    }
    return render(request, "plan/consolidation/section.html", context, status=status)


def _conflict_page(request, report, found, form, conflict, unchosen):
    rows = [row(request.POST, clash, form[clash.name].label, empty_or) for clash in conflict.clashes]
    context = choice_context(request.POST, rows, unchosen) | {
        "period": report.period,
        "label": showing.LABELS[found.code],
        "by": conflict.by,
        "at": conflict.at,
        "now": timezone.now(),
        "crumbs": crumbs(report.period, showing.LABELS[found.code]),
    }
    return render(request, "plan/consolidation/conflict.html", context, status=409)


@require_POST
@never_cache
def autosave(request, code, section):
    """What is typed, saved without a click. 401 signed out, 403 not theirs to write, 404 no such section, 409
    two people, 410 issued meanwhile."""
    if not request.user.is_authenticated:
        return JsonResponse({"message": _("Your session ended. Sign in again to save.")}, status=401)
    if not may_write(request.user):
        return JsonResponse({"message": Refused("only_coordinator").sentence}, status=403)
    if written_by_another(request, str(request.user.pk)):
        message = _("Somebody else is signed in here now. Nothing was saved in their name.")
        return JsonResponse({"message": message}, status=403)
    report, found = _found(code, section)
    form = SectionForm(found, request.POST)
    try:
        saved = writing.save_section(request.user, report, section, form.answers(), form.base)
    except writing.Conflict as conflict:
        message = _("%(name)s changed this part at %(time)s while you were typing.") % {
            "name": conflict.by or _("Somebody"),
            "time": f"{timezone.localtime(conflict.at):%H:%M}",
        }
        return JsonResponse({"message": message}, status=409)
    except Refused as refused:
        return JsonResponse({"message": refused.sentence}, status=410)
    return JsonResponse(
        {
            "message": _("Saved at %(time)s") % {"time": f"{timezone.localtime(saved.at):%H:%M}"},
            "edit_version": saved.section.edit_version,
            "base": saved.base,
            "changed": list(saved.changed),
            "errors": {form[name].id_for_label: list(errors) for name, errors in form.errors.items()},
        }
    )


@for_writers(methods=FORM)
def redraft(request, code, section):
    """The text beside the draft the accepted reports give now; what stays is chosen here."""
    report, found = _found(code, section)
    _require_open(report)
    status = 200
    if request.method == "POST":
        seen, choice = request.POST.get("seen", ""), request.POST.get("choice")
        try:
            if choice not in ("take", "leave"):
                raise Refused("draft_moved")
            writing.redraft(request.user, report, section, seen=seen, take=choice == "take")
        except Refused as refused:
            messages.error(request, refused.sentence)
            status = 409
        else:
            took = _("The new draft is taken. What stood before stays in the history.")
            messages.success(request, took if choice == "take" else _("Your text stays as it is."))
            return redirect(f"{address(report.period)}#{section}")
        found.refresh_from_db()
    fresh = writing.fresh_drafts(report.period)[section]
    context = {
        "period": report.period,
        "section": found,
        "label": showing.LABELS[section],
        "is_same": fresh == found.text,
        "pieces": abridged(merged(found.text, fresh)),
        "seen": writing.seen_of(found, fresh),
        "back": f"{address(report.period)}#{section}",
        "crumbs": crumbs(report.period, showing.LABELS[section]),
    }
    return render(request, "plan/consolidation/redraft.html", context, status=status)
