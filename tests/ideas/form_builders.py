"""What the tests of the form type and upload."""

import json

from django.core.files.uploadedfile import SimpleUploadedFile

from ideas.drafts import base_of
from ideas.models import Initiative

from .builders import PDF

XHR = {"HTTP_ACCEPT": "application/json"}


def address(initiative, rest=""):
    return f"{initiative.get_absolute_url()}{rest}"


def step(initiative, number):
    return address(initiative, f"sua/{number}/")


def base(initiative, number):
    """What a page drawn now carries."""
    return json.dumps(base_of(reread(initiative), number))


def reread(initiative):
    return Initiative.objects.for_workflow().get(pk=initiative.pk)


def typed(initiative, number, **values):
    return {"base": base(initiative, number), **values}


def pdf(name="minh-chung.pdf", content=PDF):
    return SimpleUploadedFile(name, content, "application/pdf")


def shares(initiative, *typed_shares):
    return {
        f"share-{author.pk}": share
        for author, share in zip(reread(initiative).authors.all(), typed_shares, strict=True)
    }
