"""What authors do in the sample stories: begin, fill in, confirm, submit, complain."""

from decimal import Decimal

from django.db import transaction

from ideas import authorship, complaints, workflow
from ideas.files import attach_file
from ideas.models import Field, FirstUseParticipant, Initiative

from .evidence import page, picture

INVESTOR = "UBND phường Hưng Đạo"


def begin(stage, dossier, moment):
    initiative = _start(stage, dossier, moment)
    _fill(initiative, dossier, stage)
    for name in dossier["files"]:
        _attach(stage, initiative, dossier, name)


def begin_part(stage, dossier, moment):
    """A draft somebody has only begun."""
    initiative = _start(stage, dossier, moment)
    written = {name: text for name, text in dossier["texts"].items() if text}
    Initiative.objects.filter(pk=initiative.pk).update(
        kind=dossier["kind"], field=Field.objects.get(code=dossier["field"]), **written
    )


def _start(stage, dossier, moment):
    (main, main_share), *others = dossier["authors"]
    paper = dossier["keyed_from_paper"]
    creator = stage.people["vanthu"] if paper else stage.people[main]
    initiative = authorship.start_dossier(
        creator, dossier["title"], keyed_from_paper=paper, is_sample=True, now=moment
    )
    stage.initiatives[dossier["key"]] = initiative.pk
    share = Decimal(main_share)
    if paper:
        author = stage.people[main].staff
        authorship.add_author(initiative, staff=author, share=share, is_main=True)
        unit = author.assignments.get(is_primary=True, end_before=None).unit
        Initiative.objects.filter(pk=initiative.pk).update(unit=unit)
    else:
        initiative.authors.update(share=share)
    for username, part in others:
        authorship.add_author(initiative, staff=stage.people[username].staff, share=Decimal(part))
    return initiative


def _fill(initiative, dossier, stage):
    days = dossier["first_used_days_ago"]
    secret = dossier["texts"]["confidential_part"]
    Initiative.objects.filter(pk=initiative.pk).update(
        kind=dossier["kind"],
        field=Field.objects.get(code=dossier["field"]),
        investor=INVESTOR,
        uses_public_money=dossier["uses_public_money"],
        first_applied_on=stage.calendar.day(days),
        has_confidential_part=bool(secret),
        benefit_amount=dossier["benefit_amount"],
        edit_version=7,
        **dossier["texts"],
    )
    FirstUseParticipant.objects.bulk_create(
        FirstUseParticipant(
            initiative=initiative,
            order=order,
            full_name=name,
            workplace=place,
            job_title=job,
            support=support,
        )
        for order, (name, place, job, support) in enumerate(dossier["participants"], start=1)
    )


def _attach(stage, initiative, dossier, name, kind="evidence"):
    user = stage.people["vanthu" if dossier["keyed_from_paper"] else dossier["authors"][0][0]]
    return attach_file(initiative, file(dossier, name), kind, user)


def file(dossier, name):
    words = dossier["texts"]
    if name == "anh":
        return picture("anh-bang-theo-doi.png", dossier["key"])
    heading, parts, signer = {
        "so-lieu": (
            "Bảng số liệu trước và sau",
            [("Trước khi áp dụng", words["prior_state"]), ("Sau khi áp dụng", words["benefit_by_author"])],
            "Người lập bảng",
        ),
        "xac-nhan": (
            "Giấy xác nhận áp dụng lần đầu",
            [("Nội dung", words["benefit_by_users"] or words["benefit_by_author"])],
            "Đại diện nơi áp dụng",
        ),
        "don-giay": (
            "Đơn yêu cầu công nhận sáng kiến",
            [("Mô tả", words["description"])],
            "Người nộp đơn",
        ),
        "dong-y-gop": (
            "Biên bản thống nhất gộp hồ sơ",
            [("Nội dung", "Các tác giả thống nhất gộp hai hồ sơ thành một.")],
            "Các tác giả",
        ),
    }[name]
    return page(f"{name}.pdf", heading, dossier["title"], parts, signer=signer)


def confirm(stage, dossier, moment):
    initiative = stage.dossier(dossier["key"])
    for username, share in dossier["authors"][1:]:
        authorship.confirm_share(initiative, stage.people[username], Decimal(share), now=moment)


def ask(stage, dossier, moment):
    with transaction.atomic():
        authorship.ask_to_confirm(stage.dossier(dossier["key"]))


def submit(stage, dossier, moment, received_days_ago=None):
    initiative = stage.dossier(dossier["key"])
    if not dossier["keyed_from_paper"]:
        workflow.move(initiative, "submit", stage.people[dossier["authors"][0][0]], now=moment)
        return
    _attach(stage, initiative, dossier, "don-giay", "paper_application")
    received = stage.calendar.day(received_days_ago)
    initiative = stage.dossier(dossier["key"])
    workflow.move(initiative, "submit", stage.people["vanthu"], now=moment, received_on=received)


def resubmit(stage, dossier, moment):
    initiative = stage.dossier(dossier["key"])
    if "xac-nhan" not in dossier["files"] or initiative.supplement_kind == "council":
        _attach(stage, initiative, dossier, "so-lieu")
    Initiative.objects.filter(pk=initiative.pk).update(
        benefit_by_author=initiative.benefit_by_author
        + "\n\nBổ sung: cách tính và xác nhận của nơi áp dụng ở tệp kèm theo."
    )
    main = stage.people[dossier["authors"][0][0]]
    workflow.move(stage.dossier(dossier["key"]), "resubmit", main, now=moment)


def withdraw(stage, dossier, moment, reason):
    main = stage.people[dossier["authors"][0][0]]
    workflow.move(stage.dossier(dossier["key"]), "withdraw", main, now=moment, reason=reason)


def complaint(stage, dossier, moment, text):
    main = stage.people[dossier["authors"][0][0]]
    complaints.file_complaint(stage.dossier(dossier["key"]), main, text=text, now=moment)
