"""The requirements every installation starts with; run after migrate, never changing what is there."""

# code: (name, categories, legal basis); training.md §1, targets A9, C4, D9, E2 of plan 178/KH-UBND.
REQUIREMENTS = {
    "digital-skills": (
        "Kỹ năng số, chuyển đổi số",
        ["CB", "CC", "VC"],
        "Kế hoạch 178/KH-UBND, mục II.2.a (A9)",
    ),
    "core-digital-skills": ("Kỹ năng số của hội viên nòng cốt", ["NC"], "Kế hoạch 178/KH-UBND (C4)"),
    "digital-transformation": ("Chuyển đổi số", ["CB", "CC"], "Kế hoạch 178/KH-UBND (E2)"),
    "innovation": ("Đổi mới sáng tạo", ["CB", "CC"], "Kế hoạch 178/KH-UBND (E2)"),
    "information-security": ("An toàn thông tin", ["CB", "CC"], "Kế hoạch 178/KH-UBND (D9)"),
}
DIGITAL_SKILLS = "digital-skills"


def load_reference_data(**kwargs):
    from .models import Requirement

    present = set(Requirement.objects.values_list("code", flat=True))
    Requirement.objects.bulk_create(
        Requirement(code=code, name=name, categories=categories, legal_basis=basis, order=order)
        for order, (code, (name, categories, basis)) in enumerate(REQUIREMENTS.items())
        if code not in present
    )
