"""How people sign in: backends, passwords, second factor, sessions, the sign-in of the city."""

from config.environment import Environment

env = Environment()

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "people.sign_in.backend.StaffBackend",
    "guardian.backends.ObjectPermissionBackend",
]
ANONYMOUS_USER_NAME = None  # no account stands for "nobody"; access.py answers before guardian is asked
GUARDIAN_RAISE_403 = True
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "people.sign_in.passwords.LengthByProtection"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "people.sign_in.passwords.NoHabits"},
]
LOGIN_URL = "/tai-khoan/login/"
LOGIN_REDIRECT_URL = "/viec-cua-toi/"
ACCOUNT_ADAPTER = "people.sign_in.StaffAccountAdapter"
ACCOUNT_FORMS = {
    "login": "people.sign_in.StaffLoginForm",
    "change_password": "people.sign_in.forms.NewPasswordForm",
}
ACCOUNT_SESSION_REMEMBER = False  # a sign-in ends with the browser, and before that with disuse
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_PREVENT_ENUMERATION = True
# Wrong tries of one name or account are counted in the database (people.sign_in.tries); these are of one
# address.
ACCOUNT_RATE_LIMITS = {"login_failed": "20/5m/ip"}
ACCOUNT_REAUTHENTICATION_METHODS = ["password", "mfa"]  # a letter is no proof of who sits here
MFA_ADAPTER = "people.sign_in.second_factor.StaffFactors"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_FORMS = {
    "add_webauthn": "people.key_forms.AddKeyForm",
    "edit_webauthn": "people.key_forms.RenameKeyForm",
    "authenticate": "people.sign_in.forms.SecondStepForm",
    "reauthenticate": "people.sign_in.forms.SecondStepAgainForm",
}
MFA_TOTP_ISSUER = "Hưng Đạo"

# ---- what a system of level 2 keeps (legal.md §6.4)
SESSION_ENGINE = "people.sign_in.session_store"
IDLE_MINUTES, IDLE_MINUTES_ADMINISTRATORS = 15, 5  # the most the checklist allows
SESSION_LONGEST_HOURS = 12  # a working day: whoever is busy signs in anew after that
SECOND_FACTOR_REQUIRED = True  # of everybody with a role; the tests' settings alone say otherwise
ADMINISTRATOR_PASSWORD_MONTHS = 2
IDLE_ACCOUNT_DAYS, IDLE_ACCOUNT_WARNING_DAYS = 45, 7
PASSWORD_RESET_TIMEOUT = 4 * 3600  # seconds; the mail may wait for its server that long
# Words that no password may lean on: the names of the ward and the city, as people type them.
PASSWORD_HABITS = ["hưng đạo", "hải phòng", "UBND"]
# Sign-in by the city or by VNeID (OpenID Connect): off without OIDC_ISSUER. Nobody gets an account by it.
OIDC_ISSUER = env("OIDC_ISSUER", default="")
OIDC_CLIENT_ID = env("OIDC_CLIENT_ID", default="")
OIDC_CLIENT_SECRET = env("OIDC_CLIENT_SECRET", default="")
OIDC_NAME = env("OIDC_NAME", default="Hải Phòng")
# Whose account an identity opens the first time: that of its verified e-mail, or of the staff code in a
# claim.
OIDC_MATCH = env("OIDC_MATCH", default="email")
OIDC_STAFF_CODE_CLAIM = env("OIDC_STAFF_CODE_CLAIM", default="staff_code")
OIDC_SCOPES = env.list("OIDC_SCOPES", default=["openid", "profile", "email"])
SOCIALACCOUNT_ADAPTER = "people.sign_in.oidc.KnownPeopleOnly"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form that leads to another site would not pass `form-action 'self'`
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5  # seconds


def oidc_app(issuer, client_id, secret, name):
    """What allauth has to know of a provider. A token counts where it names this very issuer, whatever the
    provider's own metadata call it (OpenID Connect Discovery 4.3)."""
    return {
        "provider_id": "don-vi",
        "name": name,
        "client_id": client_id,
        "secret": secret,
        "settings": {
            "server_url": issuer,
            "uid_field": "sub",
            "openid_configuration_overrides": {"issuer": issuer},
        },
    }


SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "SCOPE": OIDC_SCOPES,
        "APPS": [oidc_app(OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME)] if OIDC_ISSUER else [],
    }
}
