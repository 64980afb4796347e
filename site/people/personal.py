"""What people keeps about people: accounts, the roster with its leaves, commendations."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from trust.holdings import GOES, PSEUDONYM, STAYS, Holding, Pseudonym, acts, by, register_holdings
from trust.parts import Part, register_part
from trust.personal import ACT, ARCHIVED, RECORDS
from trust.persons import recognised_by
from trust.processing import Activity, Basis, register_activity
from trust.retention import register as register_kind

ACCOUNTS, ROSTER, COMMENDATIONS = "people.accounts", "people.roster", "people.commendations"
HEALTH_KEPT = timedelta(days=5 * 365)
SERVES = _(
    "The person serves the ward: the law on officials has their record kept. Erased once the service "
    "has ended."
)


def register():
    _register_activities()
    recognised_by(_recognise)
    register_holdings(*_of_accounts(), *_of_the_roster(), *_logs())
    register_retention()
    register_part(
        Part(
            "people.sessions",
            ACCOUNTS,
            _("Open sign-in sessions"),
            {"until": _("good until")},
            lambda person: [{"until": row.expire_date} for row in sessions_of(person.of("user"))],
        )
    )


# ---- who is who


def _recognise(person):
    from .models import Staff, User

    known = Q(user__in=person.of("user")) | Q(pk__in=person.of("staff")) | Q(pk__in=list(_by_mailbox(person)))
    staff = list(Staff.objects.filter(known).values_list("pk", "user", "staff_code", "email"))
    users = set(person.of("user")) | {user for _pk, user, _code, _email in staff if user}
    emails = {email.casefold() for *_rest, email in staff if email}
    emails |= {
        mail.casefold() for mail in User.objects.filter(pk__in=users).values_list("email", flat=True) if mail
    }
    return {
        "user": users,
        "staff": {pk for pk, *_rest in staff},
        "staff_code": {code for _pk, _user, code, _email in staff},
        "owner": {str(user) for user in users},
        "email": emails,
    }


def _by_mailbox(person):
    """Whoever on the roster has one of these mailboxes alone: an address of the office proves nobody."""
    from .models import Staff

    for address in person.of("email"):
        keys = list(
            Staff.objects.filter(Q(email__iexact=address) | Q(user__email__iexact=address)).values_list("pk")
        )
        if len(keys) == 1:
            yield keys[0][0]


def serving_staff():
    """Keys of whoever is in service today."""
    from .models import ServiceSpell, containing

    return ServiceSpell.objects.filter(containing(timezone.localdate())).values("staff")


def _serving_accounts():
    from .models import Staff

    return Staff.objects.filter(pk__in=serving_staff(), user__isnull=False).values("user")


def _account_serves(lookup="pk"):
    return Q(**{f"{lookup}__in": _serving_accounts()})


def sessions_of(users):
    """Open sessions of these accounts. Django keeps no link: each is read."""
    wanted = {str(key) for key in users}
    rows = Session.objects.filter(expire_date__gt=timezone.now()) if wanted else ()
    return [row for row in rows if row.get_decoded().get("_auth_user_id") in wanted]


# ---- the tables


def _register_activities():
    register_activity(
        Activity(
            ACCOUNTS,
            _("Accounts and sign-in"),
            _("Officials and staff with an account"),
            _("User name, e-mail, roles, sessions, second steps of sign-in; when each was given or taken."),
            _("To let people do their work and nobody else do it in their name."),
            Basis.DUTY,
            _("Law 116/2025 on cybersecurity; Decree 331/2026 (systems of level 2)"),
            _("The person; administrators."),
            _("Until the service has ended and the person asks, or 45 days unused: then closed."),
        )
    )
    register_activity(
        Activity(
            ROSTER,
            _("Roster of the ward"),
            _("Officials, staff, part-time workers and core members"),
            _(
                "Staff code, name, date of birth, e-mail, qualification, times of service, units, "
                "positions, leave; "
                "the kind of leave is about health and is read by personnel officers alone."
            ),
            _("To know who serves where, whose training is due, who may act for which unit."),
            Basis.DUTY,
            _("Law on cadres and civil servants; Law 91/2025, Article 19.1.c"),
            _("The personnel officer; name, unit and position: whoever works with the person."),
            _("During service; afterwards name and times of service as archived, kinds of leave 5 years."),
            is_sensitive=True,
        )
    )
    register_activity(
        Activity(
            COMMENDATIONS,
            _("Commendations"),
            _("Officials and staff"),
            _("Title, year, decision."),
            _("To show what somebody was commended for."),
            Basis.DUTY,
            _("Law on emulation and commendation 06/2022"),
            _("The person, the personnel officer, heads of unit in the yearly extract."),
            _("As archived with the personnel file."),
        )
    )


def _of_accounts():
    names = ("username", "first_name", "last_name", "email")
    shown = ("last_login", "date_joined", "is_active")
    serves = {"only": _account_serves, "why": SERVES, "shown": shown, "label": _("account, in service")}
    yield Holding("people.User", ACCOUNTS, dict.fromkeys(names, STAYS), by(pk="user"), **serves)
    yield Holding(
        "people.User",
        ACCOUNTS,
        dict.fromkeys(names, GOES) | {"username": Pseudonym("da-xoa-{mark}-{pk}")},
        by(pk="user"),
        only=lambda: ~_account_serves(),
        shown=shown,
        label=_("account"),
        after=_close_accounts,
    )
    for model, fields, columns in (
        ("account.EmailAddress", ("email", "user"), ("verified",)),
        ("mfa.Authenticator", ("user",), ("type", "created_at", "last_used_at")),
        ("people.User_groups", ("user",), ("group",)),
    ):
        yield Holding(
            model,
            ACCOUNTS,
            dict.fromkeys(fields, STAYS),
            by(user="user"),
            only=lambda: _account_serves("user"),
            why=SERVES,
            shown=columns,
        )
        yield Holding(
            model,
            ACCOUNTS,
            dict.fromkeys(fields, GOES),
            by(user="user"),
            only=lambda: ~_account_serves("user"),
            goes_whole=True,
            shown=columns,
        )
    for model, field, columns in (
        ("people.User_user_permissions", "user", ()),
        ("people.SignInTries", "account", ("count", "last_at")),
    ):
        yield Holding(model, ACCOUNTS, {field: GOES}, by(**{field: "user"}), goes_whole=True, shown=columns)


def _close_accounts(keys, now):
    """Whoever was erased does not sign in any more, and is signed out everywhere."""
    from .models import User

    for user in User.objects.filter(pk__in=keys):
        user.set_unusable_password()
        user.is_active, user.last_login = False, None
        user.save(update_fields=["password", "password_changed_at", "is_active", "last_login"])
    for session in sessions_of(keys):
        session.delete()


def _of_the_roster():
    names = ("full_name", "name_key", "search_key", "order_key")
    more = ("birth_date", "email", "qualification")
    kept = {"staff_code": STAYS, "user": STAYS}
    serves = {
        "only": lambda: Q(pk__in=serving_staff()),
        "why": SERVES,
        "label": _("staff member, in service"),
    }
    shown = ("is_sample",)
    everything = dict.fromkeys((*names, *more), STAYS) | kept
    yield Holding("people.Staff", ROSTER, everything, by(pk="staff"), shown=(), **serves)
    yield Holding(
        "people.Staff",
        ROSTER,
        dict.fromkeys(names, PSEUDONYM) | dict.fromkeys(more, GOES) | kept,
        by(pk="staff"),
        only=lambda: ~Q(pk__in=serving_staff()),
        why=_("The staff code alone holds the archived records together."),
        shown=shown,
        label=_("staff member, service ended"),
        after=_set_keys,
    )
    yield from (
        Holding(
            model,
            ROSTER,
            {"staff": STAYS},
            by(staff="staff"),
            why=ARCHIVED,
            shown=columns,
        )
        for model, columns in (
            ("people.ServiceSpell", ("category", "start_on", "end_before")),
            ("people.UnitAssignment", ("unit", "position", "start_on", "end_before")),
        )
    )
    leave = ("start_on", "end_before", "decision_number", "is_approved")
    yield Holding(
        "people.Leave",
        ROSTER,
        {"staff": STAYS, "kind": STAYS},
        by(staff="staff"),
        only=lambda: Q(staff__in=serving_staff()),
        why=SERVES,
        shown=leave,
    )
    yield Holding(
        "people.Leave",
        ROSTER,
        {"staff": STAYS, "kind": GOES},
        by(staff="staff"),
        only=lambda: ~Q(staff__in=serving_staff()),
        why=ARCHIVED,
        shown=leave,
    )
    yield Holding(
        "people.Commendation",
        COMMENDATIONS,
        {"staff": STAYS},
        by(staff="staff"),
        why=ARCHIVED,
        shown=("year", "kind", "title", "decision_number", "decided_on", "issued_by"),
    )


def _set_keys(keys, now):
    """What is searched and sorted by follows the name."""
    from .models import Staff

    for person in Staff.objects.filter(pk__in=keys):
        person.save()


def _logs():
    about = "actor actor_name person person_name person_username person_staff_code"
    return acts(
        RECORDS,
        ACT,
        f"""
        people.RoleChange {about}
        people.AccountChange {about}
        people.RosterUpload by by_name file
        people.CommendationChange actor actor_name
        """,
    )


def register_retention():
    register_kind(
        "people.sessions",
        _("Sessions that have ended"),
        timedelta(0),
        lambda before: Session.objects.filter(expire_date__lt=before).delete()[0],
        due=lambda before: Session.objects.filter(expire_date__lt=before).count(),
        basis=_("They open nothing any more."),
    )
    register_kind(
        "people.leave_kinds",
        _("Kinds of leave (health data)"),
        HEALTH_KEPT,
        lambda before: _old_leave_kinds(before).update(kind=""),
        due=lambda before: _old_leave_kinds(before).count(),
        basis=_("No training year they count in is open to question any more."),
    )


def _old_leave_kinds(before):
    from .models import Leave

    ended = Q(end_before__lte=timezone.localdate(before))
    return Leave.objects.filter(ended).exclude(kind="")
