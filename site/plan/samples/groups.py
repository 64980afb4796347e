"""Samples of the books: two clubs and a team with what they did, sessions, an officer, publicity, a model,
and the programme of the year. Dates are counted from the day of loading; every entry is marked a sample."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from people.models import Unit, User
from people.service import position_of, primary_unit_of

from ..books.writing import log
from ..groups import residential
from ..models import (
    Campaign,
    GroupActivity,
    GroupMember,
    LocalGroup,
    Officer,
    Programme,
    ProgrammeItem,
    Publicity,
    Replication,
    ResidentSession,
    Showcase,
    ShowcaseState,
)
from ..officers import owing

_GROUPS = ("Tổ dân phố mẫu số 1", "Tổ dân phố mẫu số 2", "Tổ dân phố mẫu số 3")
_MEMBERS = ("Nguyễn Thị Mẫu", "Trần Văn Mẫu", "Lê Thị Mẫu", "Phạm Văn Mẫu", "Hoàng Thị Mẫu")


def load(size, now):
    """`{what: how many}`; part of the samples' transaction."""
    today, keeper = timezone.localdate(now), User.objects.get(username="dieuphoi")
    unit = primary_unit_of(keeper.staff, today) or Unit.objects.get(code="VHXH")
    maker = _Maker(keeper, unit, now)
    places = [residential.write(name, keeper, now=now) for name in _GROUPS]
    maker.groups(places)
    maker.sessions(places)
    maker.officer()
    maker.publicity()
    maker.model(places)
    maker.programme()
    return {"entries of the books": maker.number}


class _Maker:
    def __init__(self, user, unit, now):
        self.user, self.unit, self.now, self.number = user, unit, now, 0
        self.today = timezone.localdate(now)

    def day(self, delta):
        return self.today + timedelta(days=delta)

    def made(self, model, book, **values):
        values = {"unit": self.unit, "made_at": self.now, "edit_version": 1, "is_sample": True} | values
        row = model.objects.create(
            book=book, made_by=self.user, made_by_name=self.user.display_name, **values
        )
        log(row, "made", self.user, self.now)
        self.number += 1
        return row

    def groups(self, places):
        for number, place in enumerate(places, 1):
            club = number < 3
            name = "Câu lạc bộ Đổi mới sáng tạo" if club else "Tổ công nghệ số cộng đồng"
            group = self.made(
                LocalGroup,
                "clubs" if club else "teams",
                unit=place,
                title=f"{name} {number} (mẫu)",
                decision_number=f"{number}0/QĐ-UBND",
                decided_on=self.day(-205),
                start_on=self.day(-200),
            )
            GroupMember.objects.bulk_create(
                GroupMember(group=group, name=member, start_on=self.day(-200)) for member in _MEMBERS
            )
            if number != 2:  # the second club has done nothing for long
                self.made(
                    GroupActivity,
                    "activities",
                    unit=place,
                    title="Hướng dẫn người cao tuổi dùng VNeID",
                    group=group,
                    held_on=self.day(-12 * number),
                    people=18 + number,
                )

    def sessions(self, places):
        campaign = self.made(
            Campaign,
            "campaigns",
            title="Tháng kỹ năng số (mẫu)",
            topic="skills",
            start_on=self.day(-25),
            end_before=self.day(31),
        )
        for delta, people in ((-20, 46), (9, None)):
            row = self.made(
                ResidentSession,
                "sessions",
                title="Kỹ năng số cơ bản cho người dân (mẫu)",
                campaign=campaign,
                kind="training",
                topic="skills",
                held_on=self.day(delta),
                starts_at=time(8, 0),
                ends_at=time(10, 30),
                place="Nhà văn hóa tổ dân phố",
                people=people,
                is_public=True,
            )
            row.groups.set(places[:2])

    def officer(self):
        row = self.made(
            Officer,
            "officers",
            title=self.user.display_name,
            staff=self.user.staff,
            position=position_of(self.user.staff, self.today),
            fields=["digital", "innovation"],
            is_dedicated=True,
            decision_number="15/QĐ-UBND",
            decided_on=self.day(-150),
            start_on=self.day(-149),
            review_on=self.day(120),
        )
        owing.follow(row, self.user, self.now, True)

    def publicity(self):
        for delta, channel, title in (
            (-30, "radio", "Bài phát thanh: cài đặt VNeID an toàn"),
            (-14, "fanpage", "Video: nộp hồ sơ trực tuyến"),
            (-3, "zalo", "Tin: lịch tập huấn kỹ năng số"),
        ):
            at = timezone.make_aware(datetime.combine(self.day(delta), time(6, 30)))
            self.made(Publicity, "publicity", title=f"{title} (mẫu)", channel=channel, at=at)

    def model(self, places):
        row = self.made(
            Showcase,
            "showcase",
            title="Chợ dân sinh không dùng tiền mặt (mẫu)",
            where=places[0],
            text="Tất cả sạp hàng của chợ nhận thanh toán bằng mã QR.",
            who="Tổ công nghệ số cộng đồng cùng Ban quản lý chợ.",
            results="Sau ba tháng, 42 trên 50 sạp nhận thanh toán bằng mã QR.",
            how_to="Mở tài khoản cho từng sạp, in mã, hướng dẫn tại chỗ hai buổi.",
            slug="cho-dan-sinh-khong-dung-tien-mat-mau",
            state=ShowcaseState.PUBLISHED,
            published_at=self.now,
        )
        log(row, "published", self.user, self.now)
        Replication.objects.create(showcase=row, place=places[1].name, start_on=self.day(-10))

    def programme(self):
        year = self.today.year
        row = self.made(
            Programme,
            "programmes",
            title=f"Chương trình công tác “Phường đổi mới sáng tạo” năm {year}",
            year=year,
        )
        for order, (what, period) in enumerate(
            (("Tập huấn kỹ năng số cho nhân dân", "q2"), ("Tổng kết năm, chọn mô hình điển hình", "m12"))
        ):
            ProgrammeItem.objects.create(programme=row, what=what, unit=self.unit, period=period, order=order)
