"""What editors publish has an address; nothing else does."""

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from wagtail.documents.models import Document
from wagtail.models import CollectionViewRestriction, PageViewRestriction

from portal.media import is_published
from portal.stamp import current
from tests.portal.builders import editors_file, picture, site, standard_page
from tests.portal.test_editing import member_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def statuses(client, addresses):
    """What each address answers, files read to their end."""
    found = []
    for address in addresses:
        answer = client.get(address)
        found.append(answer.status_code)
        if answer.streaming:
            b"".join(answer.streaming_content)  # read to its end it is closed
    return found


def file(name="ke-hoach.pdf"):
    return Document.objects.create(title="Kế hoạch", file=ContentFile(b"%PDF-1.7 x", name=name))


def with_picture(image, **fields):
    block = {"image": image, "caption": "", "source": ""}
    image.decorative, image.contextual_alt_text = False, "Một ô màu"
    page = standard_page(body=[("picture", block)], **fields)
    if page.live:
        page.save_revision().publish()
    return page


def test_a_published_picture_is_served_and_its_original_is_not(client):
    site()
    image = picture()
    with_picture(image)
    html = client.get("/gioi-thieu/").content.decode()
    addresses = {file.file.name.rpartition(".")[2]: file.url for file in image.renditions.all()}
    assert f'src="{addresses["webp"]}"' in html and 'alt="Một ô màu"' in html and "style=" not in html
    for kind in ("avif", "webp"):
        answer = client.get(addresses[kind])
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, f"image/{kind}")
        assert not answer.cookies and "X-Public" in answer.headers
    assert client.get(image.file.url).status_code == 404


def test_what_is_made_for_the_editors_lists_is_theirs(client):
    site()
    image = picture()
    with_picture(image)
    addresses = [editors_file(image, spec).url for spec in ("max-165x165", "original")]
    assert [client.get(address).status_code for address in addresses] == [404, 404]
    client.force_login(member_of("editor"))
    answers = [client.get(address) for address in addresses]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert not any("X-Public" in answer.headers for answer in answers)


def test_a_picture_of_a_draft_is_seen_by_editors_only(client):
    site()
    image = picture()
    with_picture(image, live=False)
    address = editors_file(image, "width-480|format-webp").url
    assert not is_published(image)
    assert client.get(address).status_code == 404
    client.force_login(member_of("editor"))
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(("role", "status"), [("publisher", 200), ("administrator", 404), ("staff", 404)])
def test_media_of_drafts_are_for_those_who_work_with_them(client, role, status):
    site()
    Group.objects.get_or_create(name="staff")
    image, document = picture(), file()
    with_picture(image, live=False)
    client.force_login(member_of(role))
    addresses = [image.get_rendition("width-480|format-webp").url, document.url]
    assert statuses(client, addresses) == [status] * 2


def test_media_go_out_and_leave_with_their_page_and_need_no_worker(client, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    site()
    image, document = picture(), file()
    page = with_picture(image, live=False)
    page.body.append(("files", [document]))
    page.save_revision().publish()
    addresses = [image.get_rendition("width-480|format-webp").url, document.url]
    assert statuses(client, addresses) == [200, 200]
    page.body = []
    page.save_revision()
    assert statuses(client, addresses) == [200, 200]
    page.get_latest_revision().publish()
    assert statuses(client, addresses) == [404, 404]


def test_media_of_a_closed_page_are_for_those_who_may_read_it(client):
    site()
    image = picture()
    page = with_picture(image)
    address = image.get_rendition("width-480|format-webp").url
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert client.get(address).status_code == 404
    Group.objects.get_or_create(name="staff")
    client.force_login(member_of("staff"))
    assert client.get(address).status_code == 200


def test_a_closed_folder_of_files_stays_closed_though_a_page_shows_one(client):
    site()
    document = file()
    standard_page(body=[("files", [document])])
    before = current()
    CollectionViewRestriction.objects.create(collection=document.collection, restriction_type="login")
    assert client.get(document.url).status_code == 404 and current() != before


def test_a_published_file_is_saved_and_never_run(client):
    site()
    document = file()
    assert client.get(document.url).status_code == 404
    standard_page(body=[("files", [document])])
    assert document.url in client.get("/gioi-thieu/").content.decode()
    answer = client.get(document.url)
    assert answer.status_code == 200 and b"".join(answer) == b"%PDF-1.7 x"
    assert answer.streaming  # twenty megabytes for each of many readers are never in memory
    assert answer.headers["Content-Disposition"] == 'attachment; filename="ke-hoach.pdf"'
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert client.get(document.url.replace("ke-hoach", "khac")).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "private/hoso.pdf",
        "images/../private/hoso.pdf",
        "images/%2e%2e/private/hoso.pdf",
        "documents/hoso.pdf",
    ],
)
def test_other_files_have_no_address(client, path):
    site()
    stored = settings.MEDIA_ROOT / "private" / "hoso.pdf"
    stored.parent.mkdir(parents=True)
    stored.write_bytes(b"x")
    assert client.get(f"/media/{path}").status_code == 404


def test_a_page_and_a_file_with_the_same_number_are_not_confused():
    home = site()
    document = file()
    assert not is_published(document)
    Document.objects.filter(pk=document.pk).update(id=home.pk)
    assert not is_published(Document.objects.get(pk=home.pk))
