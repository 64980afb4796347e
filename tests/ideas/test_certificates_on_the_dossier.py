"""An author finds the certificate where the dossier is."""

import pytest

from . import builders

pytestmark = pytest.mark.django_db


def test_each_author_finds_their_own_certificate_on_the_dossier(client):
    ward = builders.make_ward()
    initiative = builders.recognised(ward)
    held = {
        author.staff.user.username: author.certificates.get().certificate.code
        for author in initiative.authors.select_related("staff__user")
    }
    finds = {
        "tacgia": [held["tacgia"]],
        "dongtacgia": [held["dongtacgia"]],
        "thuky": sorted(held.values()),
        "lanhdao": sorted(held.values()),
        "hoidong1": [],
    }
    for username, codes in finds.items():
        client.force_login(ward.users[username])
        page = client.get(initiative.get_absolute_url()).content.decode()
        found = sorted(code for code in held.values() if f"/giay-chung-nhan/{code}/" in page)
        assert (username, found) == (username, codes)
