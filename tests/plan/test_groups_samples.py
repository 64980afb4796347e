"""Samples of the books are marked, counted, and stand where their readers look."""

import pytest
from django.utils import timezone

from config.figures import figure_of
from people.samples import load
from plan.models import BookEntry
from plan.units import load_units


@pytest.fixture
def loaded(db, settings, tmp_path):
    settings.PRIVATE_ROOT = settings.MEDIA_ROOT = tmp_path
    load_units()
    return load()


def test_samples_of_the_books_are_marked_and_read_by_the_public(loaded, client):
    assert loaded["entries of the books"] == BookEntry.objects.count() > 10
    assert not BookEntry.objects.filter(is_sample=False).exists()
    today = timezone.localdate()
    assert figure_of("C6").compute(today.year, today).numerator == 1
    assert figure_of("C9").compute(today.year, today).numerator == 1
    page = client.get("/ke-hoach/mo-hinh/").content.decode()
    assert "Chợ dân sinh không dùng tiền mặt (mẫu)" in page
    assert "Dữ liệu mẫu" in page
    assert "Nguyễn Thị Mẫu" not in page
