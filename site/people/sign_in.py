"""How people sign in: allauth, closed registration."""

from allauth.account.adapter import DefaultAccountAdapter


class StaffAccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the administrator from the roster; nobody registers by themselves."""

    def is_open_for_signup(self, request):
        return False
