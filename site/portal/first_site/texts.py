"""The words of the first pages. What the portal does and what the law asks; editors go on from here."""


def _question(question, answer):
    return ("question", {"question": question, "answer": answer})


INTRODUCTION = [
    ("heading", "Cổng để làm gì"),
    (
        "text",
        "<p>Cổng là nơi cán bộ, công chức phường nộp sáng kiến, Hội đồng chấm và biểu quyết, và người "
        "dân đọc "
        "kết quả. Cổng cũng theo dõi việc bồi dưỡng kỹ năng số hằng năm của từng người.</p>"
        "<p>Cổng là một phần của cổng thành phố. Thủ tục hành chính làm tại "
        '<a href="https://dichvucong.gov.vn">Cổng Dịch vụ công quốc gia</a>, không làm ở đây.</p>',
    ),
    ("heading", "Ai làm gì"),
    (
        "text",
        "<p>Phòng Văn hóa - Xã hội phường là cơ quan đầu mối của Kế hoạch: theo dõi, đôn đốc tiến độ và xây "
        "dựng báo cáo. Bảy đơn vị được giao nhiệm vụ; danh sách và nhiệm vụ có trong trang "
        '<a href="/ke-hoach/#don-vi">Kế hoạch</a>.</p>',
    ),
    ("heading", "Xem gì trước"),
    (
        "text",
        '<ul><li><a href="/sang-kien/">Sáng kiến đã được công nhận</a></li>'
        '<li><a href="/dao-tao/">Đào tạo và lịch các lớp</a></li>'
        '<li><a href="/ke-hoach/">Kế hoạch số 178/KH-UBND</a></li></ul>',
    ),
]

QUESTIONS = [
    _question(
        "Sáng kiến khác ý tưởng ở điểm nào?",
        "<p>Sáng kiến là giải pháp đã được áp dụng hoặc áp dụng thử, có tính mới trong phạm vi cơ sở và mang "
        "lại lợi ích thiết thực. Ý tưởng chưa áp dụng thì chưa được công nhận là sáng kiến.</p>",
    ),
    _question(
        "Nộp sáng kiến trong thời hạn nào?",
        "<p>Trong vòng một năm kể từ ngày giải pháp được áp dụng lần đầu hoặc áp dụng thử.</p>",
    ),
    _question(
        "Bao lâu thì có kết quả?",
        "<p>Trong 1 tháng, đơn được xem xét về hình thức. Sau khi chấp nhận đơn, trong 3 tháng có quyết "
        "định. "
        "Thiếu gì, thư ký Hội đồng yêu cầu bổ sung trong 1 tháng.</p>",
    ),
    _question(
        "Ai chấm và ai công nhận?",
        "<p>Hội đồng sáng kiến chấm và biểu quyết; cần ít nhất hai phần ba số thành viên tán thành. Chủ tịch "
        "UBND phường quyết định công nhận. Tác giả không chấm sáng kiến của chính mình.</p>",
    ),
    _question(
        "Giấy chứng nhận có thật không, kiểm tra ở đâu?",
        '<p>Gõ mã in trên giấy vào trang <a href="/xac-minh/">Xác minh giấy chứng nhận</a>, hoặc quét mã QR '
        "trên giấy.</p>",
    ),
    _question(
        "Mỗi năm phải bồi dưỡng kỹ năng số mấy lần?",
        "<p>Theo Kế hoạch, 100% cán bộ được bồi dưỡng kỹ năng số, chuyển đổi số ít nhất 01 lần mỗi năm. Lịch "
        'các lớp ở trang <a href="/dao-tao/lich/">Lịch đào tạo</a>.</p>',
    ),
]

CONTACT = [
    ("heading", "Việc gì hỏi ai"),
    (
        "text",
        "<ul><li>Hồ sơ sáng kiến: thư ký Hội đồng sáng kiến của phường.</li>"
        "<li>Kế hoạch, báo cáo, lớp tập huấn: Phòng Văn hóa - Xã hội phường.</li>"
        "<li>Thủ tục hành chính: Trung tâm Phục vụ hành chính công phường.</li></ul>",
    ),
]

ACCESSIBILITY = [
    ("heading", "Mục tiêu"),
    (
        "text",
        "<p>Cổng được làm theo chuẩn WCAG 2.2 mức AA: đọc được bằng bàn phím và phần mềm đọc màn hình, "
        "đủ tương "
        "phản, không có phần nhấp nháy. Cỡ chữ đổi được ở đầu mỗi trang. Tin và trang đọc được khi tắt "
        "JavaScript.</p>",
    ),
    ("heading", "Cách kiểm tra"),
    (
        "text",
        "<p>Mỗi trang được thử tự động trên màn hình máy tính và điện thoại 360 điểm ảnh. Tệp do nơi "
        "khác ban "
        "hành có thể chưa đọc được bằng phần mềm đọc màn hình.</p>",
    ),
    ("heading", "Gặp chỗ khó dùng"),
    (
        "text",
        '<p>Xin báo theo địa chỉ ở trang <a href="/lien-he/">Liên hệ</a>, nói rõ trang và việc đang làm.</p>',
    ),
]

PRIVACY = [
    ("heading", "Dữ liệu nào được giữ"),
    (
        "text",
        "<p>Của cán bộ, công chức: họ tên, đơn vị, chức vụ, hồ sơ sáng kiến và kết quả bồi dưỡng, để "
        "làm nhiệm "
        "vụ theo quy định. Người đọc cổng không cần tài khoản; cổng không dùng công cụ theo dõi và không "
        "gửi dữ liệu cho bên thứ ba.</p>",
    ),
    ("heading", "Dữ liệu nào được công khai"),
    (
        "text",
        "<p>Của tác giả sáng kiến đã công nhận: họ tên, đơn vị và tên sáng kiến. Ngày sinh, điện thoại, "
        "địa chỉ nhà "
        "không được công khai.</p>",
    ),
    ("heading", "Quyền của ông/bà"),
    (
        "text",
        "<p>Theo Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15, ông/bà được biết, xem, sửa, lấy bản sao, "
        "yêu cầu xóa "
        "hoặc hạn chế, phản đối, rút lại sự đồng ý, khiếu nại và yêu cầu bồi thường. Yêu cầu được trả "
        "lời trong "
        "2 ngày làm việc, theo Nghị định số 356/2025/NĐ-CP; gửi ở trang "
        '<a href="/quyen-du-lieu/">Quyền của ông/bà đối với dữ liệu của mình</a>.</p>'
        '<p>Từng hoạt động xử lý dữ liệu có ở trang <a href="/quyen-du-lieu/hoat-dong/">Cổng giữ dữ liệu '
        "cá nhân nào</a>.</p>",
    ),
]
