"""Dossiers that resemble each other, for the tests of similar work."""

from ideas.samples import texts

from . import builders

# The same subject told twice.
COLOURS = {
    "title": "Nhắc hạn hồ sơ bằng bảng màu dùng chung",
    "problem": "Hồ sơ liên thông trả chậm vì không ai nhắc hạn.",
    "description": "Một bảng màu dùng chung: xanh còn hạn, vàng còn 2 ngày, đỏ quá hạn.",
}
COLOURS_AGAIN = {
    "title": "Bảng màu dùng chung để nhắc hạn hồ sơ",
    "problem": "Hồ sơ liên thông hay trả chậm vì không có ai nhắc hạn.",
    "description": "Dùng chung một bảng màu: xanh còn hạn, vàng còn 2 ngày, đỏ quá hạn.",
}


def story(number):
    """Texts of one of the written samples, which resemble nothing else."""
    told = texts.initiatives()[number]
    return {"title": told["title"], **{n: told["texts"][n] for n in ("problem", "description")}}


def similar_address(code=None, **typed):
    return {"path": "/sang-kien/ho-so/tuong-tu/", "data": {**({"code": code} if code else {}), **typed}}


def recognised_colours(ward):
    return builders.recognised(ward, **COLOURS)
