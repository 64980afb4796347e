"""Who takes part in the samples. Their addresses lead nowhere and nobody is written to."""

from datetime import date

from people.models import User
from vietnamese.text import fold

from ..addresses import email_key
from ..models import Participant

DOMAIN = "mau.hungdao.example"
_SURNAMES = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô"]
_GIVEN = [
    "An",
    "Bình",
    "Chi",
    "Dũng",
    "Giang",
    "Hà",
    "Hải",
    "Hạnh",
    "Hiếu",
    "Hoa",
    "Huệ",
    "Khánh",
    "Lâm",
    "Linh",
]


def account(username):
    return User.objects.get(username=username)


def resident(name, place="", born=None):
    """The sample participant of that name; one person however often they take part."""
    email = f"{fold(name).replace(' ', '.')}@{DOMAIN}"
    values = {
        "email": email,
        "full_name": name,
        "place": place,
        "birth_date": date(born, 6, 15) if born else None,
        "is_sample": True,
    }
    return Participant.objects.get_or_create(email_key=email_key(email), defaults=values)[0]


def voters(count):
    """`count` residents who do nothing but vote."""
    names = [f"{surname} Thị {given}" for surname in _SURNAMES for given in _GIVEN]
    return [resident(f"{name} (người bình chọn mẫu)") for name in names[:count]]
