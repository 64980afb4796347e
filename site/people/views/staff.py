"""The personnel officer's pages: who is on the roster."""

from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, Q, Value, When
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from trust.audit import record
from vietnamese.text import fold, name_key

from ..access import may_see_leave_kind, require_role, staff_visible_to
from ..forms import StaffSearch
from ..models import UnitAssignment, containing
from ..roles import Role
from ..service import workplaces

PAGE_SIZE = 50


def find_staff(people, text):
    """People whose name holds all words of `text`, marks or not, or whose code begins with it; names with
    exactly these marks come first, then by given name."""
    words = fold(text).split()
    if not words:
        return people.order_by("order_key", "staff_code")
    named = Q()
    for word in words:
        named &= Q(search_key__contains=word)
    exact = When(name_key__contains=name_key(text), then=Value(0))
    return (
        people.filter(named | Q(staff_code__istartswith=text.strip()))
        .annotate(rank=Case(exact, default=Value(1), output_field=IntegerField()))
        .order_by("rank", "order_key", "staff_code")
    )


@require_safe
@require_role(Role.PERSONNEL_OFFICER)
def staff_list(request):
    form = StaffSearch(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    today = timezone.localdate()
    people = find_staff(staff_visible_to(request.user), asked.get("q", ""))
    if asked.get("unit"):
        there = UnitAssignment.objects.filter(containing(today), unit=asked["unit"], is_primary=True)
        people = people.filter(pk__in=there.values("staff"))
    page = Paginator(people, PAGE_SIZE).get_page(request.GET.get("page"))
    places = workplaces([person.pk for person in page], today)
    rows = [(person, *places.get(person.pk, (None, ""))) for person in page]
    asked_for = bool(asked.get("q") or asked.get("unit"))
    return render(
        request,
        "people/staff_list.html",
        {"form": form, "page_obj": page, "rows": rows, "asked_for": asked_for},
    )


@require_safe
@require_role(Role.PERSONNEL_OFFICER)
def staff_detail(request, pk):
    person = get_object_or_404(staff_visible_to(request.user).select_related("user"), pk=pk)
    leaves, shows_kind = (
        list(person.leaves.read_by(request.user).order_by("-start_on")),
        may_see_leave_kind(request.user),
    )
    if leaves and shows_kind:
        record("health.read", request=request, target=person, count=len(leaves))
    return render(
        request,
        "people/staff_detail.html",
        {
            "person": person,
            "spells": person.spells.order_by("-start_on", "category"),
            "assignments": person.assignments.select_related("unit", "position").order_by(
                "-start_on", "unit"
            ),
            "leaves": leaves,
            "commendations": person.commendations.prefetch_related("changes").order_by("-decided_on", "-pk"),
            "shows_kind": shows_kind,
            "today": timezone.localdate(),
            "crumbs": [(_("Staff"), "/nhan-su/"), (person.full_name, "")],
        },
    )
