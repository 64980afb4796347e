"""Pictures and files of published pages. Nothing else under MEDIA_ROOT has an address."""

from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex

IMAGE_TYPES = {"jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp"}


def is_published(item) -> bool:
    """Whether a live page, open to all, shows this picture or file."""
    references = ReferenceIndex.get_references_to(item).values_list("base_content_type", "object_id")
    page_type = ContentType.objects.get_for_model(Page).pk
    pages = [int(pk) for kind, pk in references if kind == page_type]
    return Page.objects.live().public().filter(pk__in=pages).exists()


def may_read(user, item) -> bool:
    return is_published(item) or user.has_perm("wagtailadmin.access_admin")


@require_safe
def picture(request, name):
    """A size of a picture made for a page; the original, with all its hidden data, is never handed out."""
    path = f"images/{name}"
    rendition = (
        get_image_model().get_rendition_model().objects.select_related("image").filter(file=path).first()
    )
    kind = IMAGE_TYPES.get(name.rpartition(".")[2].lower())
    if rendition is None or kind is None or not may_read(request.user, rendition.image):
        raise Http404
    return _file(rendition.file, kind)


@require_safe
def document(request, document_id, name):
    """A file editors attached to a page. It is saved, not shown: nothing runs in the portal's name."""
    item = get_object_or_404(get_document_model(), pk=document_id)
    if item.filename != name or not may_read(request.user, item):
        raise Http404
    response = _file(item.file, "application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, item.filename)
    return response


def _file(stored, content_type):
    # Whole, at most 20 MB: a file iterator would hold a thread of the server per slow reader.
    try:
        with stored.open("rb") as handle:
            response = HttpResponse(handle.read(), content_type=content_type)
    except FileNotFoundError:
        raise Http404 from None
    response["Cache-Control"] = "no-cache"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
