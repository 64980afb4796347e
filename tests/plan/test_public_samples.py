"""The sample publication: there whatever figures the other samples brought, marked as a sample; and no
samples of a plan that is not there."""

import pytest
from django.utils import timezone

from config.figures import all_figures
from people.samples import Size
from plan.models import Target, TargetPublication
from plan.samples.public import load_publication
from plan.samples.tasks import load_tasks

from .builders import make_plan_ward
from .test_public_pages import PAGE, report, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator():
    user = make_plan_ward().dieuphoi
    user.is_sample = True
    user.save()
    return user


@pytest.mark.parametrize("figures", [0, 1])
def test_the_page_is_full_after_the_samples(client, coordinator, figures):
    if figures:
        report("A1", 846, 1000, year=timezone.localdate().year)
    assert load_publication(Size(), timezone.now()) == {"target_publications": 1}
    made = TargetPublication.objects.get()
    assert (made.is_sample, made.by, made.counts["total"]) == (True, coordinator, 42)
    computed = [one["code"] for one in made.payload["targets"] if one["held"] and one["held"]["is_computed"]]
    codes = {figure.code for figure in all_figures()}
    assert computed == [code for code in Target.objects.values_list("code", flat=True) if code in codes]
    assert "dữ liệu mẫu" in text_of(client.get(PAGE))


def test_without_the_plan_there_is_nothing_to_publish(db):
    assert load_publication(Size(), timezone.now()) == {}


def test_without_the_plan_there_is_nothing_to_load(db):
    assert load_tasks(Size(), timezone.now()) == {}
