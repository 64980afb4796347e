"""The golden table: every address of ours, and what everybody gets there by GET and by an empty POST.

Roles are those of tests/house/world.py. A new address gets its row here first; the crawler
(tests/house/test_crawler.py) fails without one.
"""

from tests.house.table import Row
from tests.house.world import ROLES

SETS = {
    "SIGNED_IN": " ".join(role for role in ROLES if role != "anonymous"),
    "EDITORS": "editor publisher superuser",
}

# ---- other people's pages: who may get an answer at all, by first folder or by name; nobody unless named
OTHERS = {
    "quan-tri": "EDITORS",  # Wagtail asks further inside
    "wagtailadmin_sprite": "*",  # its icons and words, no data
    "wagtailadmin_javascript_catalog": "*",
    "account_login": "anonymous",
    "account_signup": "anonymous",  # says that registration is closed
    "account_logout": "SIGNED_IN",
    "account_inactive": "*",
    "account_reset_password": "*",
    "account_reset_password_done": "*",
    "account_reset_password_from_key_done": "*",
    "account_reauthenticate": "SIGNED_IN",
    "account_change_password": "SIGNED_IN",
    "mfa_index": "SIGNED_IN",
    "mfa_list_webauthn": "SIGNED_IN",
}
TRIED_ON_OTHERS = ("anonymous", "staff", "secretary", "chair", "head", "administrator", "editor", "superuser")
# Wagtail's own views that break on an empty or senseless request; they answer nobody but editors.
OTHERS_BREAK = {
    ("get", "chosen"),
    ("post", "wagtailadmin_choose_page_external_link"),
    ("post", "process_import"),
}

ROWS = [
    Row("healthz", get="503 *", post="405 *"),
    Row("set_text_size", get="405 *", post="302 *"),
    Row("set_language", get="405 *", post="302 *"),
    Row("people:staff_list", get="200 personnel | 302 anonymous | 403 *", post="405 *"),
    Row("people:staff_detail pk=person", get="200 personnel | 302 anonymous | 403 *", post="405 *"),
    Row(
        "people:roster_import",
        get="200 personnel | 302 anonymous | 403 *",
        post="200 personnel | 302 anonymous | 403 *",
    ),
    Row("people:roster_preview pk=foreign_upload", get="302 anonymous | 404 personnel | 403 *", post="405 *"),
    Row("people:roster_confirm pk=foreign_upload", get="405 *", post="302 anonymous | 404 personnel | 403 *"),
    Row("people:roster_drop pk=foreign_upload", get="405 *", post="302 anonymous | 404 personnel | 403 *"),
    Row("people:roster_export", get="200 personnel | 302 anonymous | 403 *", post="405 *"),
    Row("people:account_list", get="200 administrator | 302 anonymous | 403 *", post="405 *"),
    Row(
        "people:account_create",
        get="200 administrator | 302 anonymous | 403 *",
        post="200 administrator | 302 anonymous | 403 *",
    ),
    Row("people:account_detail pk=account", get="200 administrator | 302 anonymous | 403 *", post="405 *"),
    Row("people:account_role pk=account", get="405 *", post="302 anonymous administrator | 403 *"),
    Row("people:account_disable pk=account", get="405 *", post="302 anonymous administrator | 403 *"),
    Row("people:account_enable pk=account", get="405 *", post="302 anonymous administrator | 403 *"),
    Row(
        "people:account_new_password pk=account",
        get="405 *",
        post="200 administrator | 302 anonymous | 403 *",
    ),
    Row("people:role_changes", get="200 chair administrator | 302 anonymous | 403 *", post="405 *"),
    Row("people:my_account", get="302 anonymous | 200 *", post="405 *"),
    Row("people:drop_kept", get="405 *", post="302 *"),
    Row("notifications:list", get="302 anonymous | 200 *", post="405 *"),
    Row("notifications:news", get="401 anonymous | 400 *", post="405 *"),
    Row("notifications:mark_all_read", get="405 *", post="302 *"),
    Row("notifications:open pk=foreign_notice", get="302 anonymous stranger | 404 *", post="405 *"),
    Row("notifications:mark_read pk=foreign_notice", get="405 *", post="302 anonymous stranger | 404 *"),
    Row("notifications:preferences", get="302 anonymous | 200 *", post="302 anonymous | 200 *"),
    Row("notifications:outbox", get="200 administrator | 302 anonymous | 403 *", post="405 *"),
    Row("notifications:send_again pk=dead_mail", get="405 *", post="302 anonymous administrator | 403 *"),
    Row("obligations:work", get="302 anonymous | 200 *", post="405 *"),
    Row("papers:verify_form", get="200 *", post="405 *"),
    Row("papers:verify code=certificate", get="200 *", post="405 *"),
    Row("papers:verify code=AAAAAAAA", get="404 *", post="405 *"),
    Row("/", get="200 *", post="200 *"),
    Row("/gioi-thieu/", get="200 *", post="200 *"),
    Row("/trang-nhap/", get="404 *", post="404 *"),
    Row("/khong-co/", get="404 *", post="404 *"),
    Row("/quan-tri/login/", get="302 anonymous | 403 *", post="302 anonymous | 403 *"),
    Row("/_util/login/", get="302 anonymous | 403 *", post="302 anonymous | 403 *"),
    Row("/quan-tri/users/", get="404 *", post="404 *"),
    Row("/quan-tri/password_reset/", get="404 *", post="404 *"),
    Row("/quan-tri/account/password", get="404 *", post="404 *"),
    Row("/tai-khoan/email/", get="404 *", post="404 *"),
    Row("/tai-khoan/password/set/", get="404 *", post="404 *"),
    Row("/media/images/khong-co.jpg", get="404 *", post="405 *"),
    Row("/tai-lieu/999999/khong-co.pdf", get="404 *", post="405 *"),
]
