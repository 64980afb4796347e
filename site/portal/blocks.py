"""The blocks of a page's body. Any app's pages may use them."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

TEXT_FEATURES = ["h3", "bold", "italic", "ol", "ul", "link", "document-link"]


class PictureBlock(blocks.StructBlock):
    """A picture. Wagtail refuses one that is neither described in words nor marked as decoration."""

    image = ImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=200)
    source = blocks.CharBlock(label=_("Source"), required=False, max_length=120)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "portal/blocks/picture.html"


class NoteBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        label=_("Kind"), choices=[("plain", _("Information")), ("warn", _("Attention"))], default="plain"
    )
    text = blocks.TextBlock(label=_("Text"), rows=2)

    class Meta:
        icon = "info-circle"
        label = _("Note")
        template = "portal/blocks/note.html"


class FilesBlock(blocks.ListBlock):
    def __init__(self, **kwargs):
        super().__init__(DocumentChooserBlock(label=_("File")), **kwargs)

    class Meta:
        icon = "doc-full"
        label = _("Files to download")
        template = "portal/blocks/files.html"


class PageBody(blocks.StreamBlock):
    heading = blocks.CharBlock(
        label=_("Heading"),
        icon="title",
        max_length=120,
        template="portal/blocks/heading.html",
        help_text=_("Short: readers find their way by headings."),
    )
    text = blocks.RichTextBlock(label=_("Text"), icon="pilcrow", features=TEXT_FEATURES)
    picture = PictureBlock()
    note = NoteBlock()
    files = FilesBlock()


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(
        label=_("Question"), max_length=200, help_text=_("As a resident would ask it.")
    )
    answer = blocks.RichTextBlock(label=_("Answer"), features=TEXT_FEATURES)

    class Meta:
        icon = "help"
        label = _("Question and answer")
        template = "portal/blocks/question.html"


class QuestionBody(blocks.StreamBlock):
    question = QuestionBlock()
