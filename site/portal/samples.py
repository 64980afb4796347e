"""Sample articles, each marked as one, with pictures drawn by code when they are loaded."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import typst
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.images import get_image_model

from .models import ArticlePage, NewsIndexPage, Section

_MARK = "<p><i>Bài mẫu: người, số liệu và sự việc trong bài không có thật.</i></p>"
_SCENES = Path(__file__).with_name("sample_pictures")
PIXELS_PER_INCH = 254  # a tenth of a millimetre of a scene is a pixel


@dataclass(frozen=True)
class _Scene:
    """A picture in `sample_pictures`; `focus` is (x, y, width, height) of what must stay in sight."""

    name: str
    alt: str
    focus: tuple[int, int, int, int]


_ARTICLES = (
    (
        "Ra mắt Câu lạc bộ đổi mới sáng tạo tại tổ dân phố số 5",
        "ra-mat-cau-lac-bo",
        Section.INNOVATION,
        "Câu lạc bộ họp tối thứ Tư hằng tuần, nhận ý tưởng của người dân để cùng hoàn thiện.",
        "<p>Mười hai hội viên nòng cốt đã đăng ký tham gia. Mỗi tháng chọn một ý tưởng để làm thử.</p>",
        _Scene(
            "table",
            "Hình vẽ nhìn từ trên xuống: mười hai người quanh bàn tròn, giữa bàn là tờ giấy vẽ bóng đèn.",
            (800, 450, 720, 720),
        ),
    ),
    (
        "Hướng dẫn hộ kinh doanh mở gian hàng trên sàn thương mại điện tử",
        "mo-gian-hang",
        Section.DIGITAL,
        "Hai buổi tại nhà văn hóa, ưu tiên người cao tuổi và hộ kinh doanh nhỏ lẻ.",
        "<p>Tổ công nghệ số cộng đồng giúp từng hộ chụp ảnh sản phẩm, đặt tên và ghi giá.</p>",
        _Scene(
            "stall",
            "Hình vẽ: quầy quả dưới mái hiên sọc đỏ trắng; phía trước là điện thoại hiện chính quầy ấy.",
            (1130, 480, 760, 720),
        ),
    ),
    (
        "Lịch các lớp kỹ năng số quý 4",
        "lich-lop-ky-nang-so",
        Section.SKILLS,
        "Ba lớp cho cán bộ, công chức; xem ngày giờ trong lịch đào tạo.",
        '<p>Lịch đầy đủ ở trang <a href="/dao-tao/lich/">Lịch đào tạo</a>.</p>',
        _Scene(
            "window",
            "Hình vẽ: máy tính trên bàn hiện lịch có ba ngày được đánh dấu; ngoài cửa sổ, hàng cọc trên sông "
            "lúc mặt trời lặn.",
            (800, 520, 700, 700),
        ),
    ),
)


def load_articles(size, now):
    """`{what: how many}`; nothing where there is no news list, or where it has articles already."""
    index = NewsIndexPage.objects.first()
    if index is None or index.get_children().exists():
        return {}
    today = timezone.localdate(now)
    for number, (title, slug, section, lead, text, scene) in enumerate(_ARTICLES):
        page = ArticlePage(
            title=f"{title} (bài mẫu)",
            slug=slug,
            section=section,
            lead=lead,
            published_on=today - timedelta(days=7 * number + 3),
            author_line="Ban biên tập (mẫu)",
            source="Dữ liệu mẫu",
            picture=_picture(scene, slug),
            picture_alt=scene.alt,
            body=[("text", text + _MARK)],
            locale=index.locale,
        )
        index.add_child(instance=page)
        page.save_revision().publish()
    return {"articles": len(_ARTICLES)}


def draw(scene, pixels_per_inch):
    """A scene of `sample_pictures` as PNG."""
    return typst.compile(
        str(_SCENES / f"{scene}.typ"),
        root=str(_SCENES),
        format="png",
        ppi=pixels_per_inch,
        ignore_system_fonts=True,
    )


def _picture(scene, slug):
    """Drawn, and kept as an editor's upload would be, with its focal point."""
    drawn = draw(scene.name, PIXELS_PER_INCH)
    x, y, width, height = scene.focus
    return get_image_model().objects.create(
        title=f"{slug} (hình mẫu)",
        file=ContentFile(drawn, name=f"mau-{slug}.png"),
        description=scene.alt,
        focal_point_x=x,
        focal_point_y=y,
        focal_point_width=width,
        focal_point_height=height,
    )
