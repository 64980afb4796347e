"""Sign-in by the city or by VNeID (OpenID Connect). Nobody gets an account by it.

The rule: an identity (`sub` of the one issuer) opens the account it was linked to. The first time it is
linked to the account that OIDC_MATCH names: "email": the provider calls the address verified, and exactly one
account has it; "staff_code": the claim OIDC_STAFF_CODE_CLAIM is the staff code of a person with an account. A
later identity of the same person takes the place of the first (the provider is trusted to say whose it is);
the owner is told. The second factor, first things and the idle time hold as for a password.

Of what the provider says about a person nothing is kept but `sub`.
"""

from allauth.account.adapter import get_adapter as account_adapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db import transaction
from django.shortcuts import render

from trust import audit
from vietnamese.text import nfc

from .. import events
from ..models import User

PROVIDER_ID = "don-vi"


def claims_of(data):
    """What the provider says, of both sources; {} where they speak of different people (OpenID Connect
    5.3.2)."""
    token, userinfo = data.get("id_token") or {}, data.get("userinfo") or {}
    if token and userinfo and token.get("sub") != userinfo.get("sub"):
        return {}
    return {**token, **userinfo}


def account_for(claims, match):
    """The account the rule `match` names; None where there is none or more than one."""
    if match == "staff_code":
        code = str(claims.get(settings.OIDC_STAFF_CODE_CLAIM) or "").strip()
        found = User.objects.filter(staff__staff_code=nfc(code)) if code else User.objects.none()
    else:
        address = str(claims.get("email") or "").strip()
        is_verified = claims.get("email_verified") is True
        found = User.objects.filter(email__iexact=address) if address and is_verified else User.objects.none()
    people = list(found.select_related("staff")[:2])
    return people[0] if len(people) == 1 else None


class KnownPeopleOnly(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request, sociallogin):
        return False

    def get_requests_session(self):
        """Asks the provider's addresses alone: an answer that leads elsewhere is none."""
        session = super().get_requests_session()
        session.max_redirects = 0
        return session

    def pre_social_login(self, request, sociallogin):
        claims = claims_of(sociallogin.account.extra_data)
        sociallogin.account.extra_data = {}
        if not claims:
            raise ImmediateHttpResponse(self._refused(request))
        if sociallogin.is_existing:
            sociallogin.account.save(update_fields=["extra_data"])
            user = sociallogin.user
        else:
            user = account_for(claims, settings.OIDC_MATCH)
            if user is None:
                raise ImmediateHttpResponse(self._refused(request))
        if not user.is_active:
            raise ImmediateHttpResponse(account_adapter(request).respond_user_inactive(request, user))
        with transaction.atomic():
            if not sociallogin.is_existing:
                self._link(request, sociallogin, user)
            _void_the_one_time_password(user)

    def _link(self, request, sociallogin, user):
        account = sociallogin.account
        SocialAccount.objects.filter(user=user, provider=account.provider).delete()
        sociallogin.user = account.user = user
        account.save()
        audit.record("identity.linked", request=request, target=user, match=settings.OIDC_MATCH)
        events.announce_account(events.IDENTITY_LINKED, [user])

    def _refused(self, request):
        audit.record("signin.failed", request=request, outcome="refused", step="oidc")
        context = {"provider": settings.OIDC_NAME, "match": settings.OIDC_MATCH}
        return render(request, "account/oidc_refused.html", context, status=403)


def _void_the_one_time_password(user):
    """It was given on paper for the first sign-in, which went another way: it opens nothing any more, and
    there is none to change."""
    if user.must_change_password:
        user.set_unusable_password()
        user.must_change_password = False
        user.save(update_fields=["password", "must_change_password"])
