"""A competition being judged by `giamkhao` and another; results drafted, and others published."""

from decimal import Decimal

from django.utils import timezone

from competitions.consenting import ASKED, PUBLISH_ENTRY, subject_of
from competitions.judging import closing, handing_out, writing
from competitions.models import Award, AwardCertificate, EntrySheet
from competitions.results import checking, drafting, publishing
from competitions.results.basis import basis_of
from papers.certificates import ensure_pdf
from people.roles import Role
from tests.competitions import builders
from tests.competitions import judging_builders as judging
from tests.ideas.builders import make_user
from trust.consents import set_consents

# what: (words, whoever may meet them)
SECRETS = {
    "points of another judge": (("17.5", "17,5"), ()),
    "words of another judge": ("Lời giám khảo khác 5531", ()),
    "why a judge stands aside": ("Người nhà 5532", ()),
    "entrant of an entry being judged": (("Thí Sinh Ẩn 5533", "thi.sinh.5533"), ()),
    "file name of an entry being judged": ("tep-goc-5534", ()),
    "entry being judged": (("Bài đang chấm 5535",), ("judge", "organiser")),
    "why results were sent back": ("Trả lại vì 5536", ("organiser", "publisher")),
    "winner who is not to be named": ("Người Thắng Kín 5537", ("organiser",)),
}


def add(world):
    ward = world.ward
    ward.users["giamkhao2"] = make_user("giamkhao2", "Giám Khảo Hai", Role.JUDGE)
    ward.users["giamkhao3"] = make_user("giamkhao3", "Giám Khảo Ba", Role.JUDGE)
    _add_judging(world)
    _add_drafted(world)
    _add_published(world)


def _competition(ward, judges, **fields):
    page = builders.competition(phase="preliminary", organiser=ward.tochuc, **fields)
    for user in judges:
        page.judges.create(user=user, appointed_at=timezone.now())
    return page


def _add_judging(world):
    ward = world.ward
    page = _competition(ward, [ward.giamkhao, ward.giamkhao2, ward.giamkhao3], judges_each=2)
    for number in range(3):
        person = builders.participant(f"thi.sinh.5533.{number}@hungdao.example", full_name="Thí Sinh Ẩn 5533")
        entry = builders.entry(page, person, title=f"Bài đang chấm 5535 {number}")
        builders.attach(entry, "tep-goc-5534.png", caption="")
        builders.hand_in(entry)
    handing_out.assign_stage(page, "preliminary", ward.tochuc, seed=1)
    sheets = EntrySheet.objects.filter(competition=page).select_related("judge__user")
    foreign = sheets.filter(judge__user=ward.giamkhao2).first()
    points = {code: Decimal(p) for code, p in judging.POINTS.items()} | {"sang-tao": Decimal("17.5")}
    writing.submit_sheet(ward.giamkhao2, foreign, points, "Lời giám khảo khác 5531", base_version=0)
    recused = sheets.filter(judge__user=ward.giamkhao3).first()
    writing.declare_conflict(ward.giamkhao3, recused, "Người nhà 5532")
    world.labels |= {
        "judging": page.code,
        "judge_sheet": sheets.filter(judge__user=ward.giamkhao, state="todo").first().pk,
        "foreign_entry_sheet": foreign.pk,
        "recused_entry_sheet": recused.pk,
    }


def _closed(ward, name):
    page = _competition(ward, [ward.giamkhao2, ward.giamkhao3])
    page.phases.filter(code__in=("vote", "final")).delete()
    entry = builders.entry(page, builders.participant(full_name=name), title="Bài đã chấm")
    builders.attach(entry, "anh.png")
    entry = builders.hand_in(entry)
    handing_out.assign_stage(page, "preliminary", ward.tochuc)
    judging.send_all(page)
    closing.close_stage(page, "preliminary", ward.tochuc)
    return judging.fresh(page), entry


def _drafted(ward, page):
    basis = basis_of(page, timezone.now())
    choices = {o.slot.name: drafting.Choice(o.proposed) for o in drafting.offers(page, basis)}
    return drafting.draft(page, ward.tochuc, choices, seen="")


def _add_drafted(world):
    ward = world.ward
    page, _entry = _closed(ward, "Người Dự Thi Thường")
    _drafted(ward, page)
    checking.send_back(page, ward.duyetbai, "Trả lại vì 5536")
    world.labels["results_drafted"] = page.code
    world.labels["judged_sheet"] = EntrySheet.objects.filter(competition=page).first().pk


def _add_published(world):
    ward = world.ward
    page, entry = _closed(ward, "Người Thắng Kín 5537")
    leader = builders.leader_of(entry)
    set_consents(subject_of(leader, page), ("competition-entry", PUBLISH_ENTRY), ASKED, timezone.now())
    kept = _drafted(ward, page)
    checking.check(page, ward.duyetbai, seen=kept.sha256)
    decided = {
        "number": "9/QĐ-UBND",
        "on": timezone.localdate(),
        "signed_as": "head",
        "signer_name": "Phạm Văn A",
    }
    publishing.publish(page, ward.tochuc, seen=kept.sha256, **decided)
    paper = AwardCertificate.objects.get(award__entry=entry).certificate
    ensure_pdf(paper)
    world.labels |= {
        "results_out": page.code,
        "results_out_slug": page.slug,
        "award": Award.objects.get(entry=entry).pk,
        "won_entry": entry.pk,
        "won_paper": paper.code,
    }
