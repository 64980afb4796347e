"""The books of activities in the crawler's ward, with words that must not leak."""

from plan.models import GroupMember, ProgrammeItem, Showcase
from plan.showcase import publishing

from . import books as b

KEEPERS = ("coordinator", "reporter", "unit_head")
LEADERS = ("head", "deputy", "delegated")
SECRETS = {
    "member of a club": (("Hội viên kín 4471", "0911 558 213"), (*KEEPERS, *LEADERS)),
    "head of a club": ("Chủ nhiệm kín 4472", (*KEEPERS, *LEADERS)),
    "session of another unit": ("Buổi nội bộ 4473", (*KEEPERS, *LEADERS)),
    "draft of a model": ("Mô hình nháp 4474", (*KEEPERS, *LEADERS)),
    "consent behind a picture": ("Người đồng ý 4475", (*KEEPERS, *LEADERS)),
}


def add_books(world):
    ward, labels = world.ward, world.labels
    unit = b.a_group(ward.dieuphoi)
    of = b.units("VHXH")["VHXH"]
    club = b.enter("cau-lac-bo", ward.baocao, **b.club_values(unit, head="Chủ nhiệm kín 4472"))
    member = GroupMember.objects.create(
        group=club, name="Hội viên kín 4471", phone="0911 558 213", start_on=club.start_on
    )
    team = b.enter("to-cong-nghe-so", ward.baocao, **b.club_values(unit, title="Tổ công nghệ số 1"))
    activity = b.enter("nhat-ky", ward.baocao, [b.a_photo()], **b.activity_values(club))
    session = b.enter("buoi-tuyen-truyen", ward.baocao, **b.session_values(of, title="Buổi nội bộ 4473"))
    open_one = b.enter(
        "buoi-tuyen-truyen", ward.baocao, **b.session_values(of, title="Buổi công khai", is_public="on")
    )
    campaign = b.enter("dot-tuyen-truyen", ward.baocao, **b.campaign_values(of))
    officer = b.enter("can-bo", ward.dieuphoi, **b.officer_values(ward.baocao.staff))
    item = b.enter("truyen-thong", ward.baocao, **b.publicity_values(of))
    labels |= {
        "tdp": unit.pk,
        "club": club.pk,
        "member": member.pk,
        "team": team.pk,
        "activity": activity.pk,
        "activity_photo": activity.files.get().pk,
        "resident_session": session.pk,
        "public_session": open_one.pk,
        "campaign": campaign.pk,
        "officer": officer.pk,
        "publicity_item": item.pk,
    }
    _add_models(world, of)
    _add_programmes(world, of)


def _add_models(world, of):
    ward, labels = world.ward, world.labels
    draft = b.enter("mo-hinh", ward.baocao, **b.showcase_values(of, title="Mô hình nháp 4474"))
    row = b.enter("mo-hinh", ward.baocao, **b.showcase_values(of, title="Chợ không tiền mặt"))
    photo = b.a_photo()
    photo.checked = b.checked(photo)
    words = {"alt": "Sạp hàng", "consent": "Người đồng ý 4475"}
    picture = b.writing.add_file(b.book_at("mo-hinh"), row, photo, ward.baocao, **words)
    step = b.book_at("mo-hinh").step("cong-bo")
    row.refresh_from_db()
    form = step.form({"seen": row.edit_version, "agreed": "on"}, entry=row)
    assert form.is_valid()
    published = b.writing.take_step(b.book_at("mo-hinh"), step, row, form, ward.dieuphoi)
    labels |= {
        "model_draft": draft.pk,
        "model": row.pk,
        "model_slug": published.slug,
        "model_picture": picture.pk,
    }
    assert Showcase.objects.filter(state="published").count() == 1
    assert publishing.work_address(row)


def _add_programmes(world, of):
    ward, labels = world.ward, world.labels
    row = b.enter("chuong-trinh", ward.baocao, year=2027)
    item = ProgrammeItem.objects.create(programme=row, what="Mở lớp", unit=of, period="q1")
    book = b.book_at("chuong-trinh")
    issued = b.enter("chuong-trinh", ward.baocao, year=2028)
    ProgrammeItem.objects.create(programme=issued, what="Mở lớp", unit=of, period="q1")
    step, file = book.step("ban-hanh"), b.a_pdf()
    issued.refresh_from_db()
    typed = {
        "seen": issued.edit_version,
        "number": "905/KH-UBND",
        "issued_on": b.day(),
        "file_is_public": "on",
    }
    form = step.form(typed, {"file": file}, entry=issued)
    assert form.is_valid(), form.errors
    b.writing.take_step(book, step, issued, form, ward.baocao)
    labels |= {"programme": row.pk, "programme_item": item.pk, "issued_programme": issued.pk}
