"""The administrator's pages: accounts and roles; and everybody's own page."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trust.answers import limited
from trust.limits import Requests
from vietnamese.text import fold

from .. import accounts, kept_post
from ..access import may_read_role_log, require_role, roles_of
from ..forms import AccountSearch, GrantRoleForm, NewAccountForm, RoleForm
from ..models import AccountChange, RoleChange, Staff, User
from ..roles import Role, grant_role, revoke_role
from ..service import position_of, primary_unit_of
from ..sign_in import second_factor

PAGE_SIZE = 50
LOG_LINES = 20


def _crumbs(*last):
    return [(_("Accounts"), "/nhan-su/tai-khoan/"), *last]


@require_safe
@require_role(Role.ADMINISTRATOR)
def account_list(request):
    form = AccountSearch(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    people = User.objects.select_related("staff").prefetch_related("groups").order_by("username")
    words = fold(asked.get("q", "")).split()
    if words:
        named = Q()
        for word in words:
            named &= Q(staff__search_key__contains=word)
        people = people.filter(named | Q(username__icontains=asked["q"].strip()))
    if asked.get("role"):
        people = people.filter(groups__name=asked["role"])
    page = Paginator(people, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [(user, _role_labels(group.name for group in user.groups.all())) for user in page]
    return render(request, "people/account_list.html", {"form": form, "page_obj": page, "rows": rows})


def _role_labels(codes):
    """In the order roles are declared."""
    held = set(codes)
    return [str(role.label) for role in Role if role.value in held]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@require_role(Role.ADMINISTRATOR)
@sensitive_variables("password")
def account_create(request):
    """The one-time password is shown in the answer to the POST and nowhere else."""
    form = NewAccountForm(request.POST or None, initial={"staff_code": request.GET.get("ma", "")})
    if request.method == "POST" and form.is_valid():
        try:
            user, password = accounts.create_account(request.user, form.staff)
        except ValidationError as error:
            form.add_error("staff_code", error)
        else:
            return _show_password(request, user, password)
    without = Staff.objects.filter(user=None).order_by("order_key", "staff_code")
    page = Paginator(without, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"form": form, "page_obj": page, "crumbs": _crumbs((_("New account"), ""))}
    return render(request, "people/account_create.html", context)


def _show_password(request, user, password):
    context = {"person": user, "password": password, "crumbs": _crumbs((_("One-time password"), ""))}
    return render(request, "people/account_password.html", context)


@require_safe
@require_role(Role.ADMINISTRATOR)
def account_detail(request, pk):
    return _show(request, get_object_or_404(User.objects.select_related("staff"), pk=pk))


def _show(request, person):
    held = {code for code in person.groups.values_list("name", flat=True) if code in Role.values}
    context = {
        "person": person,
        "held": [(role.value, role.label) for role in Role if role.value in held],
        "grant_form": GrantRoleForm(held=held),
        "oneself": person.pk == request.user.pk,
        "has_factor": second_factor.has_one(person),
        "role_log": RoleChange.objects.filter(person=person)[:LOG_LINES],
        "account_log": AccountChange.objects.filter(person=person)[:LOG_LINES],
        "crumbs": _crumbs((person.display_name, "")),
    }
    return render(request, "people/account_detail.html", context)


@require_POST
@require_role(Role.ADMINISTRATOR)
def account_role(request, pk):
    """`change` is grant or revoke."""
    person = get_object_or_404(User, pk=pk)
    form = RoleForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Choose a role from the list."))
        return redirect("people:account_detail", pk=pk)
    role = Role(form.cleaned_data["role"])
    if request.POST.get("change") == "revoke":
        done, text = revoke_role(request.user, person, role), _("Role taken back: %(role)s.")
    else:
        done, text = grant_role(request.user, person, role), _("Role given: %(role)s.")
    if done:
        messages.success(request, text % {"role": role.label})
    return redirect("people:account_detail", pk=pk)


@require_POST
@require_role(Role.ADMINISTRATOR)
def account_disable(request, pk):
    if accounts.set_active(request.user, get_object_or_404(User, pk=pk), False):
        messages.success(request, _("The account is closed. It cannot sign in; everything it wrote stays."))
    return redirect("people:account_detail", pk=pk)


@require_POST
@require_role(Role.ADMINISTRATOR)
def account_enable(request, pk):
    if accounts.set_active(request.user, get_object_or_404(User, pk=pk), True):
        messages.success(request, _("The account is open again."))
    return redirect("people:account_detail", pk=pk)


@require_POST
@never_cache
@require_role(Role.ADMINISTRATOR)
@sensitive_variables("password")
def account_new_password(request, pk):
    person = get_object_or_404(User, pk=pk)
    return _show_password(request, person, accounts.renew_password(request.user, person))


@require_POST
@require_role(Role.ADMINISTRATOR)
def account_drop_factor(request, pk):
    if accounts.drop_second_factor(request.user, get_object_or_404(User, pk=pk)):
        messages.success(
            request, _("The second step is taken off. The person sets up a new one when signing in.")
        )
    return redirect("people:account_detail", pk=pk)


@require_safe
def role_changes(request):
    """The log of roles: administrators, and whoever is told of every change."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if not may_read_role_log(request.user):
        raise PermissionDenied(_("The log of roles is for administrators and the chair of the council."))
    page = Paginator(RoleChange.objects.all(), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [
        (change, Role(change.role).label if change.role in Role.values else change.role) for change in page
    ]
    return render(request, "people/role_changes.html", {"page_obj": page, "rows": rows})


@require_safe
def my_account(request):
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    staff = getattr(request.user, "staff", None)
    today = timezone.localdate()
    context = {
        "staff": staff,
        "unit": primary_unit_of(staff, today) if staff else None,
        "position": position_of(staff, today) if staff else "",
        "roles": _role_labels(roles_of(request.user)),
    }
    return render(request, "people/my_account.html", context)


@limited(Requests("kept-dropped", most=120, seconds=600))
@require_POST
def drop_kept(request):
    """Forgets the text kept for a page and goes back there."""
    target = request.POST.get("page", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()):
        return redirect("/")
    kept_post.drop(request, target)
    return HttpResponseRedirect(target)
