"""Fields, rubrics and form templates every installation starts with; run after migrate, never changing
what is there.
"""

from scoring.models import load_rubrics

from .application.keeping import load_form_templates

FIELDS = {
    "cai-cach-hanh-chinh": "Cải cách hành chính",
    "chuyen-doi-so": "Chuyển đổi số, số hóa dữ liệu",
    "kinh-te": "Kinh tế, tài chính",
    "ha-tang-do-thi": "Hạ tầng, đô thị",
    "moi-truong": "Tài nguyên, môi trường",
    "van-hoa-xa-hoi": "Văn hóa, xã hội",
    "giao-duc": "Giáo dục, đào tạo",
    "y-te": "Y tế, chăm sóc sức khỏe",
    "an-ninh": "An ninh, trật tự",
    "khac": "Lĩnh vực khác",
}


def load_reference_data(**kwargs):
    from .models import Field, Rubric

    present = set(Field.objects.values_list("code", flat=True))
    Field.objects.bulk_create(
        Field(code=code, name=name, order=order)
        for order, (code, name) in enumerate(FIELDS.items())
        if code not in present
    )
    load_rubrics(Rubric)
    load_form_templates()
