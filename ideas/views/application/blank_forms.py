"""Blank forms: printing one's own, and keying one that came back on paper."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ideas.access import EDITABLE, may_start
from ideas.application import blank_forms
from ideas.forms.blank import FormCodeForm
from ideas.models import BlankForm
from ideas.views.form.doors import step_url
from ideas.views.papers.handing import hand_out
from papers.codes import shown, typed
from people.access import require_role
from people.roles import Role
from trust.answers import by_code, too_many
from vietnamese.dates import short_date


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def mine(request):
    """Blank forms this person printed and nobody keyed yet; the button makes one more."""
    if not may_start(request.user):
        raise PermissionDenied(
            _("A dossier is begun by somebody on the ward's roster. Ask the personnel officer to add you.")
        )
    status = 200
    if request.method == "POST":
        try:
            form = blank_forms.print_form(request.user)
        except blank_forms.TooManyUnused:
            status = 409
        else:
            messages.success(request, _("The form %(code)s is ready to print.") % {"code": form.code_shown})
            return redirect("ideas:blank_forms")
    unused = list(blank_forms.unused_of(request.user))
    context = {
        "forms": unused,
        "is_full": len(unused) >= blank_forms.MOST_UNUSED,
        "most": blank_forms.MOST_UNUSED,
        "weeks": blank_forms.WEEKS_KEPT,
        "keys_paper": "paper" in may_start(request.user),
        "crumbs": _way(_("Blank forms")),
    }
    return render(request, "ideas/application/blank_forms.html", context, status=status)


@require_safe
@never_cache
@login_required
def paper(request, code):
    """The PDF of one's own print that is not keyed yet."""
    own = blank_forms.unused_of(request.user).select_related("form_template")
    form = own.filter(code=typed(code)).first()
    if form is None:
        raise Http404
    return hand_out(blank_forms.form_file(form))


@require_role(Role.RECORDS_CLERK)
@require_safe
@never_cache
def look_up(request):
    """Asks the clerk for a code; with one (`?ma=`), leads to its form."""
    if "ma" not in request.GET:
        return _asked(request, FormCodeForm())
    given = request.GET["ma"]
    if code := typed(given):
        return redirect("ideas:key_this_form", code)
    if not given.strip():
        return _asked(request, FormCodeForm(request.GET))
    return _unknown(request, given)


def _asked(request, form):
    return by_code(request, "ideas/application/look_up.html", {"form": form, "crumbs": _way(_here())})


@require_role(Role.RECORDS_CLERK)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def key(request, code):
    """The form of a code: keying it begins its draft; once begun, the code leads straight there."""
    if blank_forms.WRONG_CODES.used_up(request):
        return too_many(request, blank_forms.WRONG_CODES)
    form = blank_forms.form_of_code(code)
    if form is None:
        return _unknown(request, code)
    if form.initiative is None and request.method != "POST":
        return _page(request, form)
    try:
        initiative = blank_forms.begin_keying(form, request.user)
    except blank_forms.KeyedByAnother as refused:
        return _page(request, form, refused)
    return _lead_there(request, form, initiative)


def _lead_there(request, form, initiative):
    """A copied form has the code of another application: the page says which dossier this one opened."""
    if form.initiative is not None:
        messages.info(
            request,
            _("Form %(code)s was keyed as %(dossier)s, begun on %(day)s. Compare the name with the paper.")
            % {
                "code": form.code_shown,
                "dossier": initiative.code,
                "day": short_date(initiative.created_at),
            },
        )
    if initiative.state in EDITABLE:
        return redirect(step_url(initiative, 1))
    return redirect(initiative.get_absolute_url())


def _page(request, form: BlankForm, keyed_by_another=None):
    context = {"blank": form, "other": keyed_by_another, "crumbs": _way(_here(), form.code_shown)}
    status = 409 if keyed_by_another else 200
    return by_code(request, "ideas/application/key.html", context, status=status)


def _unknown(request, given):
    """One answer for what is no code, was never a code, or is one no longer."""
    if blank_forms.WRONG_CODES.used_up(request):
        return too_many(request, blank_forms.WRONG_CODES)
    blank_forms.WRONG_CODES.add(request)
    code = typed(given)
    read = shown(code) if code else given[:40]
    context = {
        "form": FormCodeForm(),
        "given": read,
        "weeks": blank_forms.WEEKS_KEPT,
        "crumbs": _way(_here(), read),
    }
    return by_code(request, "ideas/application/unknown.html", context, status=404)


def _here():
    return _("Key in a paper form")


def _way(here, code=""):
    way = [(_("Initiatives"), "/sang-kien/"), (_("My dossiers"), reverse("ideas:form_list"))]
    return [*way, (here, reverse("ideas:key_form")), (code, "")] if code else [*way, (here, "")]
