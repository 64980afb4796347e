"""What editors may upload: decided by the bytes, as everywhere in the portal (`trust.uploads`). Wagtail alone
believes the name of a file, and breaks on a picture that ends too early or is far too large."""

from django.conf import settings
from wagtail.documents import forms as document_forms
from wagtail.documents.fields import WagtailDocumentField
from wagtail.images import forms as image_forms
from wagtail.images.fields import WagtailImageField

from trust.uploads import UploadPolicy, check_upload

FILES = UploadPolicy(frozenset({"pdf", "docx", "xlsx"}), max_bytes=settings.WAGTAILDOCS_MAX_UPLOAD_SIZE)
PICTURES = UploadPolicy(frozenset({"jpg", "png", "webp"}), max_bytes=settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE)


class _Checked:
    policy = None

    def to_python(self, data):
        if data not in self.empty_values:
            data.name = check_upload(data, self.policy).name
        return super().to_python(data)

    def widget_attrs(self, widget):
        return {**super().widget_attrs(widget), "accept": self.policy.accept}


class FileField(_Checked, WagtailDocumentField):
    policy = FILES


class PictureField(_Checked, WagtailImageField):
    policy = PICTURES


def distrust():
    """Wagtail names its fields here, for one upload and for many, and has no setting for them."""
    document_forms.WagtailDocumentField = FileField
    image_forms.WagtailImageField = PictureField
