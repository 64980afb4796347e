"""A co-author reads what it is about and answers for the share shown."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ideas.authorship import confirm_share, decline_share, may_confirm
from ideas.forms.people import DeclineForm
from ideas.models import Initiative
from ideas.shares import ShareRefused, parse_share
from people.kept_post import keep_post
from vietnamese.numbers import format_percent


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@keep_post
def confirm(request, code):
    initiative = get_object_or_404(Initiative.objects.visible_to(request.user).for_workflow(), code=code)
    staff = getattr(request.user, "staff", None)
    author = next((a for a in initiative.authors.all() if staff and a.staff_id == staff.pk), None)
    if author is None:
        raise Http404
    form = DeclineForm(request.kept_post if request.kept_post and "decline" in request.kept_post else None)
    if request.method == "POST" and may_confirm(initiative, request.user):
        declines = "decline" in request.POST
        form = DeclineForm(request.POST) if declines else DeclineForm()
        if not declines or form.is_valid():
            return _answer(request, initiative, form if declines else None)
    context = {
        "initiative": initiative,
        "author": author,
        "can_answer": may_confirm(initiative, request.user) is not None,
        "form": form,
    }
    return render(request, "ideas/form/confirm.html", context)


def _answer(request, initiative, declined):
    """The POST carries the share that was read; another one by now means it is asked again."""
    try:
        share = parse_share(request.POST.get("share", ""))
    except ShareRefused:
        share = None
    if declined is not None:
        taken = decline_share(initiative, request.user, share, declined.cleaned_data["reason"])
        words = _("The main author of %(code)s was told that you do not agree.") % {"code": initiative.code}
    else:
        taken = confirm_share(initiative, request.user, share)
        words = _("You confirmed your share in %(code)s: %(share)s.") % {
            "code": initiative.code,
            "share": format_percent(share or 0, 2),
        }
    if taken:
        messages.success(request, words)
    else:
        messages.warning(request, _("The shares changed while you were reading. Read them below once more."))
    return redirect(request.path)
