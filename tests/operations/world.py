"""A small portal with one of everything that is hard to carry over."""

from datetime import UTC, datetime

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, transaction

from people.models import User
from portal.models import SearchEntry
from portal.search import asking
from tests.portal.builders import site
from trust import audit
from trust.audit.models import AuditEvent
from trust.storage import PrivateStorage

TITLE = "Đổi mới cách tiếp dân 'một cửa' \"\\ 100 %"


def build():
    """Names with every mark, moments with and without a fraction, JSON, a key given out and taken back."""
    site()
    User.objects.create_user("hoà", first_name="Hòa", email="hoa@example.org")
    whole = User.objects.create_user("dung")
    User.objects.filter(pk=whole.pk).update(last_login=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))
    last = User.objects.create_user("da-xoa")
    gone = last.pk
    last.delete()
    SearchEntry.objects.create(
        kind="article",
        object_id="1",
        title=TITLE,
        url="/x/",
        folded_title="doi moi cach tiep dan",
        folded_text="mot cua",
        exact="đổi mới cách tiếp dân",
    )
    audit.record("outage.off", target=("test", "1"), rows=5, codes=["a", "b"])
    PrivateStorage().save("dossiers/ab/giay.pdf", ContentFile(b"%PDF-1.7 " + bytes(300_000)))
    default_storage.save("documents/quy-chế.pdf", ContentFile(b"%PDF-1.7 public"))
    return gone


def check(gone):
    """That a portal holds what `build` made, and does with it what it did."""
    assert User.objects.get(username="hoà").email == "hoa@example.org"
    assert User.objects.get(username="dung").last_login == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert SearchEntry.objects.get().title == TITLE
    assert asking.finds("đổi mới") and not asking.finds("khong co")
    event = AuditEvent.objects.get(action="outage.off")
    assert event.facts == {"rows": 5, "codes": ["a", "b"]}
    for change in ("UPDATE trust_auditevent SET account = 'x'", "DELETE FROM trust_auditevent"):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(change)
        except DatabaseError:
            pass
        else:
            raise AssertionError(f"the trail let itself be changed: {change}")
    assert User.objects.create_user("moi").pk == gone + 1  # the number given out stays given out
    entry = SearchEntry.objects.get()
    entry.folded_title = "ten khac"
    entry.save()
    assert asking.finds("ten khac") and not asking.finds("doi moi cach")
    private = settings.MEDIA_ROOT / "private/dossiers/ab/giay.pdf"
    assert private.read_bytes() == b"%PDF-1.7 " + bytes(300_000)
    assert private.stat().st_mode & 0o777 == 0o600
    assert (settings.MEDIA_ROOT / "documents/quy-chế.pdf").read_bytes() == b"%PDF-1.7 public"
