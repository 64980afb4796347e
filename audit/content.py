"""What the samples lack: an article and a page with every block, a picture as heavy as a photograph, a file
to download, an outage that is announced."""

import io
from datetime import timedelta

ARTICLE = "bai-du-khoi"


def add_content():
    picture, document = _picture(), _document()
    body = _body(picture, document)
    _article(picture, body)
    _standard_page(body)
    _library_entry(document)
    _outage()


def _picture():
    from django.core.files.images import ImageFile
    from PIL import Image as Pillow
    from PIL import ImageFilter
    from wagtail.images.models import Image

    grain = Pillow.effect_noise((1600, 1000), 90).filter(ImageFilter.GaussianBlur(3)).convert("RGB")
    sky = Pillow.linear_gradient("L").resize(grain.size).convert("RGB")
    data = io.BytesIO()
    Pillow.blend(grain, sky, 0.5).save(data, "JPEG", quality=90)
    return Image.objects.create(title="Ảnh thử", file=ImageFile(data, name="anh-thu.jpg"))


def _document():
    from django.core.files.base import ContentFile
    from wagtail.documents.models import Document

    return Document.objects.create(title="Tài liệu thử", file=ContentFile(b"%PDF-1.7 x", name="thu.pdf"))


def _body(picture, document):
    """Every block, and every mark the editor offers within a text."""
    from portal.blocks import PageBody

    text = (
        "<h3>Mục nhỏ</h3><p><b>Đậm</b>, <i>nghiêng</i>, "
        f'<a href="/tin-tuc/">liên kết</a>, <a linktype="document" id="{document.pk}">tài liệu</a>.</p>'
        "<ul><li>Một</li><li>Hai</li></ul><ol><li>Ba</li><li>Bốn</li></ol>"
    )
    words = {"image": picture.pk, "alt_text": "Những vệt sáng mờ", "decorative": False}
    blocks = [
        {"type": "heading", "value": "Tiêu đề mục"},
        {"type": "text", "value": text},
        {"type": "picture", "value": {"image": words, "caption": "Chú thích ảnh", "source": "Ảnh thử"}},
        {"type": "note", "value": {"kind": "plain", "text": "Thông tin thêm."}},
        {"type": "note", "value": {"kind": "warn", "text": "Điều cần chú ý."}},
        {"type": "files", "value": [document.pk]},
    ]
    body = PageBody()
    if missing := set(body.child_blocks) - {block["type"] for block in blocks}:
        raise NotImplementedError(f"blocks the audit does not know yet: {missing}")
    return body.to_python(blocks)


def _article(picture, body):
    from portal.models import ArticlePage, NewsIndexPage

    page = ArticlePage(
        title="Bài có đủ các khối",
        slug=ARTICLE,
        lead="Bài dùng để soát: có ảnh, danh sách, ghi chú và tệp tải về.",
        author_line="Ban biên tập (mẫu)",
        source="Dữ liệu mẫu",
        picture=picture,
        picture_alt="Những vệt sáng mờ",
        body=body,
    )
    NewsIndexPage.objects.get().add_child(instance=page)
    page.save_revision().publish()


def _standard_page(body):
    from portal.models import StandardPage

    parent = StandardPage.objects.get(slug="gioi-thieu")
    page = StandardPage(title="Trang có đủ các khối", slug="du-khoi", summary="Trang để soát.", body=body)
    parent.add_child(instance=page)
    page.save_revision().publish()


def _library_entry(document):
    from portal.models import DocumentLibraryPage
    from portal.models.library import DocumentKind, LibraryEntry

    library = DocumentLibraryPage.objects.get()
    library.entries.add(
        LibraryEntry(
            doc_number="01/TB-UBND",
            doc_subject="Thông báo có tệp đính kèm",
            issuer="UBND phường",
            kind=DocumentKind.NOTICE,
            file=document,
        )
    )
    library.save_revision().publish()


def _outage():
    from django.utils import timezone

    from portal.models import PlannedOutage

    now = timezone.now()
    PlannedOutage.objects.create(
        affected="đăng nhập và gửi hồ sơ",
        announced_at=now - timedelta(hours=1),
        starts_at=now + timedelta(days=20),
        ends_at=now + timedelta(days=20, hours=3),
    )
