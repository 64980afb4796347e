"""The golden table: every address of ours, and what everybody gets there by GET and by an empty POST.

Roles are those of tests/house/world.py. A new address gets its row here first; the crawler
(tests/house/test_crawler.py) fails without one.
"""

from tests.competitions.rows import ROWS as OF_COMPETITIONS
from tests.house.table import Row
from tests.house.world import ROLES
from tests.ideas.rows_changes import ROWS as OF_CHANGES
from tests.ideas.rows_council import ROWS as OF_COUNCIL
from tests.ideas.rows_faces import ROWS as OF_FACES
from tests.ideas.rows_papers import ROWS as OF_PAPERS
from tests.ideas.rows_register import ROWS as OF_REGISTER
from tests.ideas.rows_similar import ROWS as OF_SIMILAR
from tests.ideas.rows_suggestions import ROWS as OF_SUGGESTIONS
from tests.plan.rows import ROWS as OF_THE_PLAN
from tests.plan.rows_groups import ROWS as OF_THE_BOOKS
from tests.plan.rows_papers import ROWS as OF_PLAN_PAPERS
from tests.plan.rows_public import ROWS as OF_PROGRESS
from tests.plan.rows_reports import ROWS as OF_REPORTS
from tests.plan.rows_targets import ROWS as OF_TARGETS
from tests.plan.rows_tasks import ROWS as OF_TASKS
from tests.plan.rows_voices import ROWS as OF_VOICES
from tests.portal.rows_clocks import ROWS as OF_CALENDARS
from tests.rights.rows import ROWS as OF_RIGHTS
from tests.training.rows_extracts import ROWS as OF_EXTRACTS

SETS = {
    "AUTHORS": "author co_author",
    "OFFICERS": "secretary chair vice_chair",
    "CHAIRS": "chair vice_chair",
    "MEMBERS": "member recused stand_in alternate",
    "COUNCIL": "secretary chair vice_chair member recused stand_in alternate",
    "DECIDERS": "head delegated",  # a deputy without a delegation decides and reads nothing
    "SIGNED_IN": " ".join(role for role in ROLES if role != "anonymous"),
    "EDITORS": "editor publisher superuser",
    "COVERAGE": "head deputy delegated personnel unit_head training",
}

# ---- other people's pages: who may get an answer at all, by first folder or by name; nobody unless named
OTHERS = {
    "quan-tri": "EDITORS administrator",  # Wagtail asks further inside
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
    "socialaccount_login_cancelled": "*",
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
    Row(
        "people:account_drop_factor pk=account",
        get="405 *",
        post="302 anonymous administrator | 403 *",
    ),
    Row("people:role_changes", get="200 chair administrator | 302 anonymous | 403 *", post="405 *"),
    Row("trail:page", get="200 administrator protection | 302 anonymous | 403 *", post="405 *"),
    Row("trail:export face=csv", get="200 administrator protection | 302 anonymous | 403 *", post="405 *"),
    Row("people:my_account", get="302 anonymous | 200 *", post="405 *"),
    Row("/tai-khoan/3rdparty/", get="404 *", post="404 *"),
    Row("/tai-khoan/oidc/don-vi/login/", get="404 *", post="404 *"),
    Row("own:security", get="302 anonymous | 200 *", post="405 *"),
    Row("own:sign_out_elsewhere", get="405 *", post="302 *"),
    Row("own:sign_out_one pk=1", get="405 *", post="302 *"),
    Row("own:oidc", get="404 *", post="405 *"),  # no provider is set there
    Row("own:asleep", get="200 *", post="405 *"),
    Row("own:ask_wake", get="200 *", post="422 *"),
    Row("own:wake token=khong-co", get="404 *", post="404 *"),
    Row("people:drop_kept", get="405 *", post="302 *"),
    Row("people:who", get="200 *", post="405 *"),
    Row("people:signed_in", get="302 anonymous | 200 *", post="405 *"),
    Row("notifications:list", get="302 anonymous | 200 *", post="405 *"),
    Row("notifications:news", get="401 anonymous | 400 *", post="405 *"),
    Row("notifications:mark_all_read", get="405 *", post="302 *"),
    Row("notifications:open pk=foreign_notice", get="302 anonymous stranger | 404 *", post="405 *"),
    Row("notifications:mark_read pk=foreign_notice", get="405 *", post="302 anonymous stranger | 404 *"),
    Row("notifications:preferences", get="302 anonymous | 200 *", post="302 anonymous | 200 *"),
    Row("notifications:outbox", get="200 administrator | 302 anonymous | 403 *", post="405 *"),
    Row("notifications:send_again pk=dead_mail", get="405 *", post="302 anonymous administrator | 403 *"),
    Row("obligations:work", get="302 anonymous | 200 *", post="405 *"),
    Row("obligations:reminders", get="200 administrator | 302 anonymous | 403 *", post="405 *"),
    Row(
        "obligations:remind_again pk=failed_reminder",
        get="405 *",
        post="302 anonymous administrator | 403 *",
    ),
    Row(
        "obligations:days_off",
        get="200 administrator | 302 anonymous | 403 *",
        post="422 administrator | 302 anonymous | 403 *",
    ),
    Row(
        "obligations:take_back pk=announced_day",
        get="200 administrator | 302 anonymous | 403 *",
        post="302 anonymous administrator | 403 *",
    ),
    Row("papers:verify_form", get="200 *", post="405 *"),
    Row("papers:verify code=certificate", get="200 *", post="405 *"),
    Row("papers:verify code=AAAAAAAA", get="404 *", post="405 *"),
    Row("/", get="200 *", post="405 *"),
    Row("/gioi-thieu/", get="200 *", post="405 *"),
    Row("/tin-tuc/", get="200 *", post="405 *"),
    Row("/tin-tuc/ra-mat-cau-lac-bo/", get="200 *", post="405 *"),
    Row("/ke-hoach/", get="200 *", post="405 *"),
    Row("/van-ban/", get="200 *", post="405 *"),
    Row("/hoi-dap/", get="200 *", post="405 *"),
    Row("/lien-he/", get="200 *", post="405 *"),
    Row("/tiep-can/", get="200 *", post="405 *"),
    Row("/so-do-trang/", get="200 *", post="405 *"),
    Row("/trang-nhap/", get="404 *", post="404 *"),
    Row("/khong-co/", get="404 *", post="404 *"),
    Row("portal:open_data", get="200 *", post="405 *"),
    Row("portal:open_data_guide", get="200 *", post="405 *"),
    Row("portal:open_data_description", get="200 *", post="405 *"),
    Row("portal:open_data_sang-kien", get="200 *", post="405 *"),
    Row("portal:open_data_sang-kien_csv", get="200 *", post="405 *"),
    Row("portal:open_data_do-phu-dao-tao", get="200 *", post="405 *"),
    Row("portal:open_data_do-phu-dao-tao_csv", get="200 *", post="405 *"),
    Row("portal:open_data_unknown slug=khong-co", get="404 *", post="405 *"),
    Row("portal:open_data_unknown_csv slug=khong-co", get="404 *", post="405 *"),
    Row("/quan-tri/login/", get="302 anonymous | 403 *", post="302 anonymous | 403 *"),
    Row("/_util/authenticate_with_password/1/1/", get="404 *", post="404 *"),
    Row("/_util/login/", get="302 anonymous | 403 *", post="302 anonymous | 403 *"),
    Row("/quan-tri/users/", get="404 *", post="404 *"),
    Row("/quan-tri/snippets/choose/portal/plannedoutage/create/", get="404 *", post="404 *"),
    Row("/quan-tri/password_reset/", get="404 *", post="404 *"),
    Row("/quan-tri/account/password", get="404 *", post="404 *"),
    Row("/tai-khoan/email/", get="404 *", post="404 *"),
    Row("/tai-khoan/password/set/", get="404 *", post="404 *"),
    Row("/media/images/khong-co.jpg", get="404 *", post="405 *"),
    Row("/tai-lieu/999999/khong-co.pdf", get="404 *", post="405 *"),
    Row("ideas:form_list", get="302 anonymous | 200 *", post="405 *"),
    Row(
        "ideas:form_start",
        get="302 anonymous | 403 superuser | 200 *",
        post="302 anonymous | 403 superuser | 200 *",
    ),
    Row(
        "ideas:form_step code=draft step=1",
        get="200 AUTHORS | 302 anonymous | 404 *",
        post="302 anonymous AUTHORS | 404 *",
    ),
    Row(
        "ideas:form_step code=draft step=7",
        get="200 AUTHORS | 302 anonymous | 404 *",
        post="200 AUTHORS | 302 anonymous | 404 *",
    ),
    Row(
        "ideas:form_step code=foreign_draft step=5",
        get="200 stranger | 302 anonymous | 404 *",
        post="302 anonymous stranger | 404 *",
    ),
    Row(
        "ideas:form_step code=supplement step=7",
        get="200 AUTHORS | 302 anonymous | 404 *",
        post="200 AUTHORS | 302 anonymous | 404 *",
    ),
    Row(
        "ideas:form_step code=evaluating step=1",
        get="302 anonymous AUTHORS | 404 *",
        post="302 anonymous AUTHORS | 404 *",
    ),
    Row(
        "ideas:form_autosave code=draft step=1",
        get="405 *",
        post="200 AUTHORS | 401 anonymous | 404 *",
    ),
    Row(
        "ideas:form_autosave code=foreign_draft step=1",
        get="405 *",
        post="200 stranger | 401 anonymous | 404 *",
    ),
    Row(
        "ideas:form_author_add code=draft",
        get="200 AUTHORS | 302 anonymous | 404 *",
        post="200 AUTHORS | 302 anonymous | 404 *",
    ),
    Row(
        "ideas:form_author_add code=foreign_draft",
        get="200 stranger | 302 anonymous | 404 *",
        post="200 stranger | 302 anonymous | 404 *",
    ),
    Row(
        "ideas:form_author_outside code=draft",
        get="200 AUTHORS | 302 anonymous | 404 *",
        post="200 AUTHORS | 302 anonymous | 404 *",
    ),
    Row(
        "ideas:form_author code=draft pk=draft_co_author",
        get="200 AUTHORS | 302 anonymous | 404 *",
        post="302 anonymous AUTHORS | 404 *",
    ),
    Row(
        "ideas:form_author code=draft pk=foreign_draft_main_author",
        get="302 anonymous | 404 *",
        post="302 anonymous | 404 *",
    ),
    Row(
        "ideas:form_author_remove code=draft pk=draft_co_author",
        get="200 AUTHORS | 302 anonymous | 404 *",
        post="302 anonymous AUTHORS | 404 *",
    ),
    Row(
        "ideas:form_author_remove code=draft pk=draft_main_author",
        get="302 anonymous | 404 *",
        post="302 anonymous | 404 *",
    ),
    Row(
        "ideas:form_participant_add code=draft",
        get="200 AUTHORS | 302 anonymous | 404 *",
        post="200 AUTHORS | 302 anonymous | 404 *",
    ),
    Row(
        "ideas:form_participant code=draft pk=participant",
        get="200 AUTHORS | 302 anonymous | 404 *",
        post="200 AUTHORS | 302 anonymous | 404 *",
    ),
    Row(
        "ideas:form_participant_remove code=draft pk=participant",
        get="200 AUTHORS | 302 anonymous | 404 *",
        post="302 anonymous AUTHORS | 404 *",
    ),
    Row(
        "ideas:form_participant code=foreign_draft pk=participant",
        get="302 anonymous | 404 *",
        post="302 anonymous | 404 *",
    ),
    Row(
        "ideas:form_confirm code=draft",
        get="200 AUTHORS | 302 anonymous | 404 *",
        post="200 author | 302 anonymous co_author | 404 *",
    ),
    Row(
        "ideas:form_confirm code=foreign_draft",
        get="200 stranger | 302 anonymous | 404 *",
        post="200 stranger | 302 anonymous | 404 *",
    ),
    Row(
        "ideas:form_confirm code=evaluating",
        get="200 AUTHORS | 302 anonymous | 404 *",
        post="200 AUTHORS | 302 anonymous | 404 *",
    ),
    Row(
        "ideas:form_file code=draft pk=draft_file",
        get="200 AUTHORS | 302 anonymous | 404 *",
        post="405 *",
    ),
    Row(
        "ideas:form_file code=foreign_draft pk=foreign_draft_file",
        get="200 stranger | 302 anonymous | 404 *",
        post="405 *",
    ),
    Row(
        "ideas:form_file code=evaluating pk=evaluating_file",
        get="200 AUTHORS OFFICERS member stand_in DECIDERS | 302 anonymous | 404 *",
        post="405 *",
    ),
    Row(
        "ideas:form_file code=recognised pk=recognised_file",
        get="200 AUTHORS OFFICERS member recused DECIDERS | 302 anonymous | 404 *",
        post="405 *",
    ),
    Row("ideas:form_file code=draft pk=evaluating_file", get="302 anonymous | 404 *", post="405 *"),
    Row(
        "ideas:form_file_remove code=draft pk=draft_file",
        get="200 AUTHORS | 302 anonymous | 404 *",
        post="302 anonymous AUTHORS | 404 *",
    ),
    Row(
        "ideas:form_file_remove code=evaluating pk=evaluating_file",
        get="302 anonymous AUTHORS | 404 *",
        post="302 anonymous AUTHORS | 404 *",
    ),
    Row(
        "ideas:form_file_remove code=draft pk=foreign_draft_file",
        get="302 anonymous | 404 *",
        post="302 anonymous | 404 *",
    ),
    Row("ideas:dossier code=draft", get="200 AUTHORS | 302 anonymous | 404 *", post="405 *"),
    Row("ideas:dossier code=foreign_draft", get="200 stranger | 302 anonymous | 404 *", post="405 *"),
    Row(
        "ideas:dossier code=submitted",
        get="200 AUTHORS OFFICERS DECIDERS | 302 anonymous | 404 *",
        post="405 *",
    ),
    Row(
        "ideas:dossier code=supplement",
        get="200 AUTHORS OFFICERS DECIDERS | 302 anonymous | 404 *",
        post="405 *",
    ),
    Row(
        "ideas:dossier code=accepted",
        get="200 AUTHORS OFFICERS DECIDERS | 302 anonymous | 404 *",
        post="405 *",
    ),
    Row(
        "ideas:dossier code=evaluating",
        get="200 AUTHORS OFFICERS member stand_in DECIDERS | 302 anonymous | 404 *",
        post="405 *",
    ),
    Row(
        "ideas:dossier code=evaluated",
        get="200 AUTHORS COUNCIL DECIDERS | 302 anonymous | 404 *",
        post="405 *",
    ),
    Row(
        "ideas:dossier code=recognised",
        get="200 AUTHORS COUNCIL DECIDERS | 302 anonymous | 404 *",
        post="405 *",
    ),
    Row(
        "ideas:dossier code=declined",
        get="200 AUTHORS COUNCIL DECIDERS | 302 anonymous | 404 *",
        post="405 *",
    ),
    Row("ideas:dossier code=SK-2026-HD999", get="302 anonymous | 404 *", post="405 *"),
    Row("ideas:dossier_live code=draft", get="200 AUTHORS | 302 anonymous | 404 *", post="405 *"),
    Row(
        "ideas:dossier_live code=evaluating",
        get="200 AUTHORS OFFICERS member stand_in DECIDERS | 302 anonymous | 404 *",
        post="405 *",
    ),
    Row("ideas:step code=draft transition=submit", get="302 anonymous | 404 *", post="302 anonymous | 404 *"),
    Row(
        "ideas:step code=draft transition=withdraw",
        get="200 author | 302 anonymous | 403 co_author | 404 *",
        post="200 author | 302 anonymous | 403 co_author | 404 *",
    ),
    Row(
        "ideas:step code=draft transition=khong-co", get="302 anonymous | 404 *", post="302 anonymous | 404 *"
    ),
    Row(
        "ideas:step code=foreign_draft transition=submit",
        get="302 anonymous | 404 *",
        post="302 anonymous | 404 *",
    ),
    Row(
        "ideas:step code=submitted transition=request_supplement",
        get="200 secretary | 302 anonymous | 403 AUTHORS CHAIRS DECIDERS | 404 *",
        post="200 secretary | 302 anonymous | 403 AUTHORS CHAIRS DECIDERS | 404 *",
    ),
    Row(
        "ideas:step code=submitted transition=accept",
        get="302 anonymous | 403 AUTHORS OFFICERS DECIDERS | 404 *",
        post="200 secretary | 302 anonymous | 403 AUTHORS CHAIRS DECIDERS | 404 *",
    ),
    Row(
        "ideas:step code=submitted transition=expire",
        get="302 anonymous | 404 *",
        post="302 anonymous | 404 *",
    ),
    Row(
        "ideas:step code=supplement transition=resubmit",
        get="302 anonymous | 404 *",
        post="302 anonymous | 404 *",
    ),
    Row(
        "ideas:step code=accepted transition=start_evaluation",
        get="200 secretary | 302 anonymous | 403 AUTHORS CHAIRS DECIDERS | 404 *",
        post="302 anonymous secretary | 403 AUTHORS CHAIRS DECIDERS | 404 *",
    ),
    Row(
        "ideas:step code=evaluating transition=close_evaluation",
        get="302 anonymous | 403 AUTHORS OFFICERS member stand_in DECIDERS | 404 *",
        post="200 secretary | 302 anonymous | 403 AUTHORS CHAIRS member stand_in DECIDERS | 404 *",
    ),
    Row(
        "ideas:step code=evaluated transition=reopen_evaluation",
        get="302 anonymous | 403 AUTHORS COUNCIL DECIDERS | 404 *",
        post="200 chair | 302 anonymous | 403 AUTHORS secretary vice_chair MEMBERS DECIDERS | 404 *",
    ),
    Row(
        "ideas:step code=evaluated transition=recognise",
        get="200 head delegated | 302 anonymous | 403 AUTHORS COUNCIL | 404 *",
        post="200 head delegated | 302 anonymous | 403 AUTHORS COUNCIL | 404 *",
    ),
    Row(
        "ideas:step code=evaluated transition=decline",
        get="200 head delegated | 302 anonymous | 403 AUTHORS COUNCIL | 404 *",
        post="200 head delegated | 302 anonymous | 403 AUTHORS COUNCIL | 404 *",
    ),
    Row(
        "ideas:step code=declined transition=reconsider",
        get="302 anonymous | 403 AUTHORS COUNCIL DECIDERS | 404 *",
        post="200 head delegated | 302 anonymous | 403 AUTHORS COUNCIL | 404 *",
    ),
    Row(
        "ideas:step code=recognised transition=correct",
        get="200 head delegated | 302 anonymous | 403 AUTHORS COUNCIL | 404 *",
        post="200 head delegated | 302 anonymous | 403 AUTHORS COUNCIL | 404 *",
    ),
    Row(
        "ideas:step code=recognised transition=revoke",
        get="200 head delegated | 302 anonymous | 403 AUTHORS COUNCIL | 404 *",
        post="200 head delegated | 302 anonymous | 403 AUTHORS COUNCIL | 404 *",
    ),
    Row(
        "ideas:formality code=submitted",
        get="200 secretary | 302 anonymous | 403 AUTHORS CHAIRS DECIDERS | 404 *",
        post="302 anonymous | 400 secretary | 403 AUTHORS CHAIRS DECIDERS | 404 *",
    ),
    Row(
        "ideas:formality code=evaluating",
        get="200 secretary | 302 anonymous | 403 AUTHORS CHAIRS member stand_in DECIDERS | 404 *",
        post="302 anonymous | 400 secretary | 403 AUTHORS CHAIRS member stand_in DECIDERS | 404 *",
    ),
    Row(
        "ideas:attach_document code=submitted",
        get="405 *",
        post="200 secretary | 302 anonymous | 403 AUTHORS CHAIRS DECIDERS | 404 *",
    ),
    Row(
        "ideas:decision_file code=recognised pk=decision",
        get="200 AUTHORS COUNCIL DECIDERS | 302 anonymous | 404 *",
        post="405 *",
    ),
    Row("ideas:decision_file code=evaluated pk=decision", get="302 anonymous | 404 *", post="405 *"),
    Row(
        "ideas:complaints code=declined",
        get="200 AUTHORS OFFICERS DECIDERS | 302 anonymous | 403 MEMBERS | 404 *",
        post="405 *",
    ),
    Row(
        "ideas:complaints code=evaluating",
        get="200 AUTHORS OFFICERS DECIDERS | 302 anonymous | 403 member stand_in | 404 *",
        post="405 *",
    ),
    Row(
        "ideas:file_complaint code=declined",
        get="302 anonymous | 403 AUTHORS COUNCIL DECIDERS | 404 *",
        post="302 anonymous | 403 CHAIRS MEMBERS DECIDERS | 409 AUTHORS secretary | 404 *",
    ),
    Row(
        "ideas:take_up_complaint code=declined pk=complaint",
        get="200 head delegated | 302 anonymous | 403 AUTHORS OFFICERS | 404 *",
        post="302 anonymous head delegated | 403 AUTHORS OFFICERS | 404 *",
    ),
    Row(
        "ideas:settle_complaint code=declined pk=complaint",
        get="302 anonymous | 403 AUTHORS OFFICERS DECIDERS | 404 *",
        post="302 anonymous | 403 AUTHORS OFFICERS DECIDERS | 404 *",
    ),
    Row(
        "ideas:settle_complaint code=evaluating pk=complaint",
        get="302 anonymous | 404 *",
        post="302 anonymous | 404 *",
    ),
    Row("ideas:sheets", get="302 anonymous | 200 *", post="405 *"),
    Row(
        "ideas:sheet pk=member_sheet",
        get="200 member | 302 anonymous | 404 *",
        post="302 anonymous | 409 member | 404 *",
    ),
    Row("ideas:sheet pk=foreign_sheet", get="302 anonymous | 404 *", post="302 anonymous | 404 *"),
    Row("ideas:sheet pk=recused_sheet", get="302 anonymous | 404 *", post="302 anonymous | 404 *"),
    Row(
        "ideas:sheet pk=stand_in_sheet",
        get="200 stand_in | 302 anonymous | 404 *",
        post="302 anonymous | 409 stand_in | 404 *",
    ),
    Row(
        "ideas:sheet pk=closed_sheet",
        get="200 OFFICERS member head delegated | 302 anonymous | 404 *",
        post="302 anonymous | 403 OFFICERS member head delegated | 404 *",
    ),
    Row("ideas:sheet_autosave pk=member_sheet", get="405 *", post="401 anonymous | 409 member | 404 *"),
    Row("ideas:sheet_autosave pk=foreign_sheet", get="405 *", post="401 anonymous | 404 *"),
    Row(
        "ideas:sheet_send pk=member_sheet",
        get="302 anonymous member | 404 *",
        post="302 anonymous member | 404 *",
    ),
    Row("ideas:sheet_send pk=foreign_sheet", get="302 anonymous | 404 *", post="302 anonymous | 404 *"),
    Row(
        "ideas:sheet_recuse pk=member_sheet",
        get="200 member | 302 anonymous | 404 *",
        post="200 member | 302 anonymous | 404 *",
    ),
    Row("ideas:sheet_recuse pk=foreign_sheet", get="302 anonymous | 404 *", post="302 anonymous | 404 *"),
    Row("ideas:sheet_print pk=member_sheet", get="200 member | 302 anonymous | 404 *", post="405 *"),
    Row("ideas:sheet_print pk=foreign_sheet", get="302 anonymous | 404 *", post="405 *"),
    Row("ideas:sheet_row pk=member_sheet", get="200 member | 302 anonymous | 404 *", post="405 *"),
    Row("ideas:sheet_row pk=foreign_sheet", get="302 anonymous | 404 *", post="405 *"),
    Row("ideas:board", get="200 OFFICERS | 302 anonymous | 403 *", post="405 *"),
    Row(
        "ideas:board_row code=evaluating",
        get="200 OFFICERS | 302 anonymous | 404 *",
        post="405 *",
    ),
    Row("ideas:board_row code=draft", get="302 anonymous | 404 *", post="405 *"),
    Row("ideas:remind", get="405 *", post="302 anonymous OFFICERS | 403 *"),
    Row("ideas:start_evaluation", get="405 *", post="302 anonymous OFFICERS | 403 *"),
    Row(
        "ideas:sheets_of code=evaluating",
        get="200 OFFICERS | 302 anonymous | 404 *",
        post="405 *",
    ),
    Row(
        "ideas:sheets_of code=evaluated",
        get="200 OFFICERS | 302 anonymous | 404 *",
        post="405 *",
    ),
    Row("ideas:sheets_of code=draft", get="302 anonymous | 404 *", post="405 *"),
    Row(
        "ideas:sheet_replace pk=member_sheet",
        get="200 secretary | 302 anonymous | 403 CHAIRS | 404 *",
        post="200 secretary | 302 anonymous | 403 CHAIRS | 404 *",
    ),
    Row(
        "ideas:sheet_reopen pk=foreign_sheet",
        get="200 chair | 302 anonymous | 403 secretary vice_chair | 404 *",
        post="200 chair | 302 anonymous | 403 secretary vice_chair | 404 *",
    ),
    Row(
        "ideas:rounds",
        get="200 COUNCIL DECIDERS deputy administrator | 302 anonymous | 403 *",
        post="405 *",
    ),
    Row(
        "ideas:round_new",
        get="200 secretary administrator | 302 anonymous | 403 *",
        post="200 secretary administrator | 302 anonymous | 403 *",
    ),
    Row(
        "ideas:round pk=round",
        get="200 secretary administrator | 302 anonymous | 403 *",
        post="200 secretary administrator | 302 anonymous | 403 *",
    ),
    Row("ideas:rubric pk=rubric", get="302 anonymous | 200 *", post="405 *"),
    Row(
        "ideas:appointments",
        get="200 COUNCIL DECIDERS deputy administrator | 302 anonymous | 403 *",
        post="405 *",
    ),
    Row(
        "ideas:appointment_new",
        get="200 administrator | 302 anonymous | 403 *",
        post="200 administrator | 302 anonymous | 403 *",
    ),
    Row(
        "ideas:appointment pk=appointment",
        get="200 COUNCIL DECIDERS deputy administrator | 302 anonymous | 403 *",
        post="405 *",
    ),
    Row(
        "ideas:appointment pk=foreign_appointment",
        get="200 COUNCIL DECIDERS deputy administrator | 302 anonymous | 403 *",
        post="405 *",
    ),
    Row(
        "ideas:appointment_edit pk=appointment",
        get="200 administrator | 302 anonymous | 403 *",
        post="200 administrator | 302 anonymous | 403 *",
    ),
    Row(
        "ideas:delegations",
        get="200 COUNCIL DECIDERS deputy administrator | 302 anonymous | 403 *",
        post="405 *",
    ),
    Row(
        "ideas:delegation_new",
        get="200 head administrator | 302 anonymous | 403 *",
        post="200 head administrator | 302 anonymous | 403 *",
    ),
    Row("ideas:delegation_end pk=delegation", get="405 *", post="302 anonymous head administrator | 403 *"),
    Row(
        "ideas:meetings",
        get="200 COUNCIL | 302 anonymous | 404 *",
        post="405 *",
    ),
    Row(
        "ideas:meeting_plan",
        get="200 secretary | 302 anonymous | 403 CHAIRS MEMBERS | 404 *",
        post="200 secretary | 302 anonymous | 403 CHAIRS MEMBERS | 404 *",
    ),
    Row(
        "ideas:meeting pk=planned_meeting",
        get="200 COUNCIL | 302 anonymous | 404 *",
        post="302 anonymous | 404 *",
    ),
    Row(
        "ideas:meeting pk=open_meeting",
        get="200 COUNCIL | 302 anonymous | 404 *",
        post="302 anonymous | 404 *",
    ),
    Row(
        "ideas:meeting pk=meeting",
        get="200 COUNCIL | 302 anonymous | 404 *",
        post="302 anonymous | 404 *",
    ),
    Row("ideas:meeting pk=foreign_meeting", get="302 anonymous | 404 *", post="302 anonymous | 404 *"),
    Row(
        "ideas:meeting_change pk=planned_meeting",
        get="200 secretary | 302 anonymous | 403 CHAIRS MEMBERS | 404 *",
        post="200 secretary | 302 anonymous | 403 CHAIRS MEMBERS | 404 *",
    ),
    Row("ideas:meeting_change pk=foreign_meeting", get="302 anonymous | 404 *", post="302 anonymous | 404 *"),
    Row("ideas:meeting_tally pk=meeting item_pk=agenda_item", get="302 anonymous | 404 *", post="405 *"),
    Row("ideas:meeting_tally pk=open_meeting item_pk=agenda_item", get="302 anonymous | 404 *", post="405 *"),
    Row(
        "ideas:decisions",
        get="200 DECIDERS deputy | 302 anonymous | 403 *",
        post="200 head delegated | 302 anonymous | 403 *",
    ),
    Row("ideas:decisions_made", get="200 DECIDERS deputy | 302 anonymous | 403 *", post="405 *"),
    Row("ideas:decision_complaints", get="200 DECIDERS deputy | 302 anonymous | 403 *", post="405 *"),
    Row("portal:sitemap", get="200 *", post="405 *"),
    Row("portal:robots", get="200 *", post="405 *"),
    Row("portal:security_contact", get="404 *", post="405 *"),  # the tests' ward names no mailbox
    Row("portal:calendar", get="200 *", post="405 *"),
    Row("portal:calendar_feed", get="200 *", post="405 *"),
    Row("portal:rate", get="405 *", post="403 *"),
    Row(
        "portal_rating_report",
        get="200 editor publisher administrator | 302 *",
        post="405 editor publisher administrator | 302 *",
    ),
    Row("portal:search", get="200 *", post="405 *"),
    Row("portal:news_rss", get="200 *", post="405 *"),
    Row("portal:news_atom", get="200 *", post="405 *"),
    Row("ideas:public_list", get="200 *", post="405 *"),
    Row("ideas:public_card code=recognised", get="200 *", post="405 *"),
    Row(
        "ideas:public_card code=evaluated",
        get="302 AUTHORS COUNCIL DECIDERS | 404 *",
        post="405 *",
    ),
    Row("ideas:public_card code=draft", get="302 AUTHORS | 404 *", post="405 *"),
    Row(
        "ideas:certificate code=certificate",
        get="200 author OFFICERS head | 302 anonymous | 404 *",
        post="405 *",
    ),
    Row(
        "ideas:certificate code=AAAAAAAA",
        get="302 anonymous | 404 *",
        post="405 *",
    ),
    # ---- training
    Row("training:home", get="200 *", post="405 *"),
    Row("training:calendar", get="200 *", post="405 *"),
    Row("training:public_feed", get="200 *", post="405 *"),
    Row("training:personal_feed token=feed_token", get="200 *", post="405 *"),
    Row("training:my_sessions", get="302 anonymous | 200 *", post="405 *"),
    Row(
        "training:certificate code=training_certificate",
        get="200 staff training | 302 anonymous | 404 *",
        post="405 *",
    ),
    Row("training:courses", get="200 training | 302 anonymous | 403 *", post="405 *"),
    Row(
        "training:course_create",
        get="200 training | 302 anonymous | 403 *",
        post="302 anonymous | 422 training | 403 *",
    ),
    Row(
        "training:course_change code=course",
        get="200 training | 302 anonymous | 403 *",
        post="302 anonymous | 422 training | 403 *",
    ),
    Row("training:sessions", get="200 training | 302 anonymous | 403 *", post="405 *"),
    Row(
        "training:session_create",
        get="200 training | 302 anonymous | 403 *",
        post="302 anonymous | 422 training | 403 *",
    ),
    Row("training:session code=planned_session", get="200 training | 404 *", post="405 *"),
    Row("training:session code=open_session", get="200 *", post="405 *"),
    Row("training:session code=held_session", get="200 *", post="405 *"),
    Row(
        "training:session_change code=open_session",
        get="200 training | 302 anonymous | 403 *",
        post="302 anonymous | 422 training | 403 *",
    ),
    Row(
        "training:session_step code=open_session step=cancel",
        get="200 training | 302 anonymous | 403 *",
        post="302 anonymous | 422 training | 403 *",
    ),
    Row(
        "training:session_step code=held_session step=confirm",
        get="200 training | 302 anonymous | 403 *",
        post="302 anonymous | 422 training | 403 *",
    ),
    Row("training:enrol code=open_session", get="405 *", post="302 *"),
    Row("training:give_back code=open_session", get="405 *", post="302 *"),
    Row(
        "training:session_people code=open_session", get="200 training | 302 anonymous | 403 *", post="405 *"
    ),
    Row("training:take_off code=open_session", get="405 *", post="302 anonymous | 404 training | 403 *"),
    Row(
        "training:call_up code=open_session",
        get="200 training | 302 anonymous | 403 *",
        post="302 anonymous | 422 training | 403 *",
    ),
    Row(
        "training:roll code=held_session",
        get="200 training | 302 anonymous | 403 *",
        post="302 anonymous training | 403 *",
    ),
    Row("training:roll_tick code=held_session", get="405 *", post="401 anonymous | 409 training | 403 *"),
    Row(
        "training:roll_add code=held_session",
        get="200 training | 302 anonymous | 403 *",
        post="302 anonymous training | 403 *",
    ),
    Row(
        "training:roll_take_back code=held_session", get="405 *", post="302 anonymous | 404 training | 403 *"
    ),
    Row("training:head_count code=held_session", get="405 *", post="302 anonymous training | 403 *"),
    Row("training:answer_scan code=held_session", get="405 *", post="302 anonymous | 404 training | 403 *"),
    Row("training:screen code=held_session", get="200 training | 302 anonymous | 403 *", post="405 *"),
    Row("training:stage code=held_session", get="200 training | 302 anonymous | 403 *", post="405 *"),
    Row("training:standing code=held_session", get="302 anonymous | 404 superuser | 200 *", post="405 *"),
    Row("training:sheet code=held_session", get="200 training | 302 anonymous | 403 *", post="405 *"),
    Row("training:sheet_upload code=held_session", get="405 *", post="302 anonymous training | 403 *"),
    Row(
        "training:sheet_scan code=held_session pk=sheet_scan",
        get="200 training | 302 anonymous | 403 *",
        post="405 *",
    ),
    Row(
        "training:issue_certificates code=confirmed_session",
        get="405 *",
        post="302 anonymous training | 403 *",
    ),
    Row("training:claim claim=khong-phai", get="302 anonymous | 410 *", post="302 anonymous | 410 *"),
    Row("training:scan code=held_session token=khong-con", get="410 *", post="405 *"),
    Row("training:coverage", get="200 COVERAGE | 302 anonymous | 403 *", post="405 *"),
    Row("training:coverage_trend", get="200 COVERAGE | 302 anonymous | 403 *", post="405 *"),
    Row("training:coverage_people", get="200 COVERAGE | 302 anonymous | 403 *", post="405 *"),
    Row(
        "training:coverage_person staff_code=trainee",
        get="200 staff COVERAGE | 302 anonymous | 403 *",
        post="405 *",
    ),
    Row("training:coverage_missing", get="200 COVERAGE | 302 anonymous | 403 *", post="405 *"),
    Row("training:coverage_call_up", get="405 *", post="302 anonymous | 422 training | 403 *"),
    Row("training:coverage_missing_export", get="200 COVERAGE | 302 anonymous | 403 *", post="405 *"),
    Row(
        "training:coverage_policy",
        get="200 training | 302 anonymous | 403 *",
        post="200 training | 302 anonymous | 403 *",
    ),
    Row("training:figures", get="200 *", post="405 *"),
    Row("training:figures_json", get="200 *", post="405 *"),
    Row("training:freezes", get="200 COVERAGE | 302 anonymous | 403 *", post="405 *"),
    Row(
        "training:freeze_take code=digital-skills year=last_year label=danh-gia",
        get="200 training | 302 anonymous | 403 *",
        post="200 training | 302 anonymous | 403 *",
    ),
    Row("training:freeze pk=freeze", get="200 COVERAGE | 302 anonymous | 404 *", post="405 *"),
    Row("training:freeze_excel pk=freeze", get="200 COVERAGE | 302 anonymous | 404 *", post="405 *"),
    Row("training:freeze_pdf pk=freeze", get="200 COVERAGE | 302 anonymous | 404 *", post="405 *"),
    Row(
        "training:imports",
        get="200 training | 302 anonymous | 403 *",
        post="200 training | 302 anonymous | 403 *",
    ),
    Row("training:import_export", get="200 training | 302 anonymous | 403 *", post="405 *"),
    Row("training:import_batch pk=import_batch", get="200 training | 302 anonymous | 403 *", post="405 *"),
    Row("training:import_decide pk=import_batch", get="405 *", post="302 anonymous training | 403 *"),
    Row("training:import_write pk=import_batch", get="405 *", post="302 anonymous training | 403 *"),
    Row(
        "training:import_drop pk=import_batch",
        get="200 training | 302 anonymous | 403 *",
        post="302 anonymous training | 403 *",
    ),
    Row(
        "training:import_revert pk=import_batch",
        get="200 training | 302 anonymous | 403 *",
        post="302 anonymous training | 403 *",
    ),
    Row("training:import_errors pk=import_batch", get="200 training | 302 anonymous | 403 *", post="405 *"),
    Row("training:my_record", get="302 anonymous | 403 superuser | 200 *", post="405 *"),
    Row("training:records", get="200 unit_head training | 302 anonymous | 403 *", post="405 *"),
    Row(
        "training:self_assessment", get="302 anonymous | 403 superuser | 200 *", post="403 superuser | 302 *"
    ),
    Row(
        "training:record staff_code=trainee",
        get="200 staff unit_head training | 302 anonymous | 404 *",
        post="405 *",
    ),
    Row(
        "training:record_extract staff_code=trainee",
        get="200 staff unit_head training personnel | 302 anonymous | 404 *",
        post="405 *",
    ),
    Row(
        "training:evidence_add staff_code=trainee",
        get="200 training | 302 anonymous | 403 staff unit_head | 404 *",
        post="200 training | 302 anonymous | 403 staff unit_head | 404 *",
    ),
    Row(
        "training:evidence_withdraw pk=evidence",
        get="200 training | 302 anonymous | 403 staff unit_head | 404 *",
        post="200 training | 302 anonymous | 403 staff unit_head | 404 *",
    ),
    Row(
        "training:targets",
        get="200 training | 302 anonymous | 403 *",
        post="200 training | 302 anonymous | 403 *",
    ),
    Row("training:credits", get="302 anonymous | 200 *", post="405 *"),
    Row(
        "training:credit_submit",
        get="302 anonymous | 403 superuser | 200 *",
        post="302 anonymous | 403 superuser | 200 *",
    ),
    Row(
        "training:credit pk=credit", get="200 staff unit_head training | 302 anonymous | 404 *", post="405 *"
    ),
    Row(
        "training:credit_verify pk=credit",
        get="200 unit_head training | 302 anonymous | 403 staff | 404 *",
        post="200 unit_head training | 302 anonymous | 403 staff | 404 *",
    ),
    Row(
        "training:credit_refuse pk=credit",
        get="200 unit_head training | 302 anonymous | 403 staff | 404 *",
        post="200 unit_head training | 302 anonymous | 403 staff | 404 *",
    ),
    Row(
        "training:credit_file pk=credit",
        get="200 staff unit_head training | 302 anonymous | 404 *",
        post="405 *",
    ),
    Row("training:exemptions", get="302 anonymous | 200 *", post="405 *"),
    Row(
        "training:exemption_ask",
        get="302 anonymous | 403 superuser | 200 *",
        post="302 anonymous | 403 superuser | 200 *",
    ),
    Row("training:exemption pk=exemption", get="200 staff personnel | 302 anonymous | 404 *", post="405 *"),
    Row(
        "training:exemption_approve pk=exemption",
        get="200 personnel | 302 anonymous | 403 staff | 404 *",
        post="302 anonymous personnel | 403 staff | 404 *",
    ),
    Row(
        "training:exemption_refuse pk=exemption",
        get="200 personnel | 302 anonymous | 403 staff | 404 *",
        post="200 personnel | 302 anonymous | 403 staff | 404 *",
    ),
    # ---- competitions
    *OF_COMPETITIONS,
    *OF_CHANGES,
    *OF_FACES,
    *OF_COUNCIL,
    *OF_PAPERS,
    *OF_SIMILAR,
    *OF_REGISTER,
    *OF_CALENDARS,
    *OF_SUGGESTIONS,
    *OF_THE_PLAN,
    *OF_TARGETS,
    *OF_TASKS,
    *OF_REPORTS,
    *OF_PLAN_PAPERS,
    *OF_EXTRACTS,
    *OF_RIGHTS,
    *OF_VOICES,
    *OF_THE_BOOKS,
    *OF_PROGRESS,
]
