"""A dossier of the crawler's ward that was submitted twice."""

from ideas import workflow

from . import builders


def add_changes(world):
    ward = world.ward
    once = workflow.move(
        builders.submitted(ward, title="Bảng màu nộp hai lần 7205 chín"),
        "request_supplement",
        ward.thuky,
        reason="Thiếu xác nhận của nơi dùng thử.",
    )
    builders.fill_form(once, novelty="Bản nộp lại nói rõ hơn chỗ mới.")
    world.labels["twice"] = workflow.move(builders.fresh(once), "resubmit", ward.tacgia).code
