"""The form templates every installation starts with: TT 18/2013/TT-BKHCN, Phụ lục I.

The circular numbers nothing; it puts a dash before what follows the name of the initiative. `number` is the
place in the form, which the portal's pages name. Điều 5.3 of the circular says what goes into items 5 and 7;
its words head their parts. What the ward must know beside the form (NĐ 13/2012, Điều 3, 5, 7) is the annex.
"""

from datetime import date

TT18 = "TT18/2013-PL1"

_PEOPLE = [
    {"key": "order", "wording": "Số TT", "width": 6, "align": "center"},
    {"key": "full_name", "wording": "Họ và tên", "width": 16},
    {"key": "birth_date", "wording": "Ngày tháng năm sinh", "width": 15, "align": "center"},
    {"key": "workplace", "wording": "Nơi công tác (hoặc nơi thường trú)", "width": 16},
    {"key": "job_title", "wording": "Chức danh", "width": 12},
    {"key": "qualification", "wording": "Trình độ chuyên môn", "width": 12},
]
_YES_NO = [[True, "Có"], [False, "Không"]]
_KINDS = [
    ["technical_solution", "Giải pháp kỹ thuật"],
    ["management_solution", "Giải pháp quản lý"],
    ["operational_solution", "Giải pháp tác nghiệp"],
    ["applied_progress", "Giải pháp ứng dụng tiến bộ kỹ thuật"],
]
_ITEMS = [
    {"number": 1, "key": "recipient", "kind": "recipient", "wording": "Kính gửi"},
    {
        "number": 2,
        "key": "authors",
        "kind": "people",
        "wording": "Tôi (chúng tôi) ghi tên dưới đây",
        "lines": 5,
        "columns": [
            *_PEOPLE,
            {
                "key": "share",
                "wording": "Tỷ lệ (%) đóng góp vào việc tạo ra sáng kiến "
                "(ghi rõ đối với từng đồng tác giả, nếu có)",
                "width": 17,
                "align": "right",
            },
        ],
    },
    {
        "number": 3,
        "key": "title",
        "kind": "text",
        "wording": "Là tác giả (nhóm tác giả) đề nghị xét công nhận sáng kiến",
        "note": "Tên của sáng kiến.",
        "lines": 2,
        "fields": [{"key": "title", "kind": "text"}],
    },
    {
        "number": 4,
        "key": "investor",
        "kind": "text",
        "mark": "-",
        "wording": "Chủ đầu tư tạo ra sáng kiến "
        "(trường hợp tác giả không đồng thời là chủ đầu tư tạo ra sáng kiến)",
        "note": "Tên và địa chỉ của chủ đầu tư tạo ra sáng kiến.",
        "fields": [{"key": "investor", "kind": "text"}],
    },
    {
        "number": 5,
        "key": "field_of_application",
        "kind": "long_text",
        "mark": "-",
        "wording": "Lĩnh vực áp dụng sáng kiến",
        "note": "Nêu rõ lĩnh vực có thể áp dụng sáng kiến và vấn đề mà sáng kiến giải quyết.",
        "lines": 3,
        "fields": [
            {"key": "field", "kind": "text", "wording": "Lĩnh vực có thể áp dụng"},
            {"key": "problem", "kind": "long_text", "wording": "Vấn đề mà sáng kiến giải quyết"},
        ],
    },
    {
        "number": 6,
        "key": "first_use",
        "kind": "date",
        "mark": "-",
        "wording": "Ngày sáng kiến được áp dụng lần đầu hoặc áp dụng thử (ghi ngày nào sớm hơn)",
        "shows_earliest": True,
        "fields": [
            {"key": "first_applied_on", "kind": "date", "wording": "Áp dụng lần đầu", "optional": True},
            {"key": "trial_applied_on", "kind": "date", "wording": "Áp dụng thử", "optional": True},
        ],
    },
    {
        "number": 7,
        "key": "nature",
        "kind": "long_text",
        "mark": "-",
        "wording": "Mô tả bản chất của sáng kiến",
        "lines": 6,
        "fields": [
            {"key": "prior_state", "kind": "long_text", "wording": "Tình trạng của giải pháp đã biết"},
            {"key": "description", "kind": "long_text", "wording": "Các bước thực hiện giải pháp"},
            {"key": "novelty", "kind": "long_text", "wording": "Những nội dung đã cải tiến, sáng tạo"},
            {"key": "applicability", "kind": "long_text", "wording": "Khả năng áp dụng của sáng kiến"},
        ],
    },
    {
        "number": 8,
        "key": "confidential",
        "kind": "long_text",
        "mark": "-",
        "wording": "Những thông tin cần được bảo mật (nếu có)",
        "lines": 3,
        "fields": [
            {"key": "has_confidential_part", "kind": "choice", "is_gate": True, "choices": _YES_NO},
            {
                "key": "confidential_part",
                "kind": "long_text",
                "optional": True,
                "is_confidential": True,
            },
        ],
    },
    {
        "number": 9,
        "key": "conditions",
        "kind": "long_text",
        "mark": "-",
        "wording": "Các điều kiện cần thiết để áp dụng sáng kiến",
        "lines": 4,
        "fields": [{"key": "conditions", "kind": "long_text"}],
    },
    {
        "number": 10,
        "key": "benefit_by_author",
        "kind": "long_text",
        "mark": "-",
        "wording": "Đánh giá lợi ích thu được hoặc dự kiến có thể thu được do áp dụng sáng kiến "
        "theo ý kiến của tác giả",
        "lines": 5,
        "fields": [{"key": "benefit_by_author", "kind": "long_text"}],
    },
    {
        "number": 11,
        "key": "benefit_by_users",
        "kind": "long_text",
        "mark": "-",
        "wording": "Đánh giá lợi ích thu được hoặc dự kiến có thể thu được do áp dụng sáng kiến "
        "theo ý kiến của tổ chức, cá nhân đã tham gia áp dụng sáng kiến lần đầu, "
        "kể cả áp dụng thử (nếu có)",
        "lines": 5,
        "fields": [{"key": "benefit_by_users", "kind": "long_text", "optional": True}],
    },
    {
        "number": 12,
        "key": "participants",
        "kind": "people",
        "wording": "Danh sách những người đã tham gia áp dụng thử hoặc áp dụng sáng kiến lần đầu (nếu có)",
        "lines": 4,
        "columns": [*_PEOPLE, {"key": "support", "wording": "Nội dung công việc hỗ trợ", "width": 17}],
    },
    {
        "number": 13,
        "key": "pledge",
        "kind": "pledge",
        "wording": "Tôi (chúng tôi) xin cam đoan mọi thông tin nêu trong đơn là trung thực, đúng sự thật "
        "và hoàn toàn chịu trách nhiệm trước pháp luật",
    },
    {
        "number": 14,
        "key": "signature",
        "kind": "signature",
        "wording": "Người nộp đơn",
        "note": "(Ký và ghi rõ họ tên)",
    },
    {
        "number": 1,
        "in_annex": True,
        "mark": "1.",
        "key": "kind",
        "kind": "choice",
        "wording": "Loại giải pháp",
        "fields": [{"key": "kind", "kind": "choice", "choices": _KINDS}],
    },
    {
        "number": 2,
        "in_annex": True,
        "mark": "2.",
        "key": "public_money",
        "kind": "choice",
        "wording": "Sáng kiến có được tạo ra bằng kinh phí, phương tiện của Nhà nước",
        "fields": [{"key": "uses_public_money", "kind": "choice", "choices": _YES_NO}],
    },
    {
        "number": 3,
        "in_annex": True,
        "mark": "3.",
        "key": "first_use_end",
        "kind": "date",
        "wording": "Ngày kết thúc áp dụng lần đầu (nếu đã kết thúc)",
        "fields": [{"key": "first_use_ended_on", "kind": "date", "optional": True}],
    },
    {
        "number": 4,
        "in_annex": True,
        "mark": "4.",
        "key": "benefit_amount",
        "kind": "amount",
        "wording": "Số tiền làm lợi một năm (nếu tính được bằng tiền)",
        "fields": [{"key": "benefit_amount", "kind": "amount", "optional": True}],
    },
    {
        "number": 5,
        "in_annex": True,
        "mark": "5.",
        "key": "summary",
        "kind": "long_text",
        "wording": "Tóm tắt để công bố sau khi được công nhận (không ghi nội dung cần bảo mật)",
        "lines": 5,
        "fields": [{"key": "public_summary", "kind": "long_text"}],
    },
]

SHIPPED = (
    {
        "code": TT18,
        "version": 1,
        "legal_basis": "Phụ lục I ban hành kèm theo Thông tư số 18/2013/TT-BKHCN ngày 01 tháng 8 năm 2013 "
        "của Bộ trưởng Bộ Khoa học và Công nghệ",
        "effective_from": date(2013, 10, 1),
        "definition": {"title": "Đơn yêu cầu công nhận sáng kiến", "items": _ITEMS},
    },
)
