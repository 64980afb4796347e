"""Sample articles, each marked as one."""

from datetime import timedelta

from django.utils import timezone

from .models import ArticlePage, NewsIndexPage, Section

_MARK = "<p><i>Bài mẫu: người, số liệu và sự việc trong bài không có thật.</i></p>"
_ARTICLES = (
    (
        "Ra mắt Câu lạc bộ đổi mới sáng tạo tại tổ dân phố số 5",
        "ra-mat-cau-lac-bo",
        Section.INNOVATION,
        "Câu lạc bộ họp tối thứ Tư hằng tuần, nhận ý tưởng của người dân để cùng hoàn thiện.",
        "<p>Mười hai hội viên nòng cốt đã đăng ký tham gia. Mỗi tháng chọn một ý tưởng để làm thử.</p>",
    ),
    (
        "Hướng dẫn hộ kinh doanh mở gian hàng trên sàn thương mại điện tử",
        "mo-gian-hang",
        Section.DIGITAL,
        "Hai buổi tại nhà văn hóa, ưu tiên người cao tuổi và hộ kinh doanh nhỏ lẻ.",
        "<p>Tổ công nghệ số cộng đồng giúp từng hộ chụp ảnh sản phẩm, đặt tên và ghi giá.</p>",
    ),
    (
        "Lịch các lớp kỹ năng số quý 4",
        "lich-lop-ky-nang-so",
        Section.SKILLS,
        "Ba lớp cho cán bộ, công chức; xem ngày giờ trong lịch đào tạo.",
        '<p>Lịch đầy đủ ở trang <a href="/dao-tao/lich/">Lịch đào tạo</a>.</p>',
    ),
)


def load_articles(size, now):
    """`{what: how many}`; nothing where there is no news list, or where it has articles already."""
    index = NewsIndexPage.objects.first()
    if index is None or index.get_children().exists():
        return {}
    today = timezone.localdate(now)
    for number, (title, slug, section, lead, text) in enumerate(_ARTICLES):
        page = ArticlePage(
            title=f"{title} (bài mẫu)",
            slug=slug,
            section=section,
            lead=lead,
            published_on=today - timedelta(days=7 * number + 3),
            author_line="Ban biên tập (mẫu)",
            source="Dữ liệu mẫu",
            body=[("text", text + _MARK)],
            locale=index.locale,
        )
        index.add_child(instance=page)
        page.save_revision().publish()
    return {"articles": len(_ARTICLES)}
