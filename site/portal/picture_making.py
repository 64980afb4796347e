"""When the files of pictures (`portal.pictures`) are made: by the worker, once a page is published."""

from django.contrib.contenttypes.models import ContentType
from django_tasks import task
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex

from .pictures import make
from .stamp import raise_stamp


@task()
def make_for_page(pk):
    """In the worker: the files of a published page, which is drawn again once they are there."""
    page = Page.objects.live().filter(pk=pk).first()
    if page is not None and make(_pictures_of(page)):
        raise_stamp()


def make_missing():
    """Of every published page: what a restored backup or a new cut left without files."""
    made = sum(make(_pictures_of(page)) for page in _pages_with_pictures().iterator(chunk_size=100))
    if made:
        raise_stamp()
    return made


def follow_page(instance, **kwargs):
    """Receiver of `page_published`."""
    if any(True for _each in _pictures_of(instance)):
        make_for_page.enqueue(instance.pk)


def follow_image(sender, instance, created, **kwargs):
    """Receiver of `post_save`: with another focal point the picture is cut anew."""
    if not created:
        for page in _pages_with_pictures(object_id=str(instance.pk)):
            make_for_page.enqueue(page.pk)


def _pictures_of(page):
    pictures = getattr(page.specific, "pictures", None)
    return pictures() if pictures else ()


def _pages_with_pictures(**which):
    kinds = ContentType.objects.get_for_models(Page, get_image_model())
    rows = ReferenceIndex.objects.filter(
        base_content_type=kinds[Page],
        to_content_type=kinds[get_image_model()],
        **{f"to_{name}": value for name, value in which.items()},
    )
    keys = {int(pk) for pk in rows.values_list("object_id", flat=True)}
    return Page.objects.live().filter(pk__in=keys).order_by("pk")
