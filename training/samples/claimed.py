"""Courses taken elsewhere and exemptions: handed in or asked for by one, decided by another."""

import json
from pathlib import Path

import typst
from django.core.files.base import ContentFile

from training import credits, exemptions
from training.models import Exemption, OutsideCredit, Requirement
from training.reference_data import DIGITAL_SKILLS

from .courses import read
from .desk import Step

FOLDER = Path(__file__).parent
MARK = "DỮ LIỆU MẪU - không có giá trị sử dụng"


def steps(desk):
    requirement = Requirement.objects.get(code=DIGITAL_SKILLS)
    for told in read("sessions")["credits"]:
        yield from _credit(desk, told, requirement)
    for told in read("sessions")["exemptions"]:
        yield from _exemption(desk, told, requirement)


def _credit(desk, told, requirement):
    person = desk.people[told["person"]]
    handed = credits.Handed(
        requirement=requirement,
        completed_on=desk.day(told["on"]),
        minutes=told["minutes"],
        title=told["title"],
        issuer=told["issuer"],
        certificate_number=told["number"],
        topics=tuple(told["topics"]),
    )

    def hand_in(moment):
        certificate = credits.store_certificate(_certificate(person, handed))
        credits.submit(person.user, person, handed, certificate, now=moment)

    def decide(to, **words):
        def take(moment):
            credit = OutsideCredit.objects.get(staff=person, certificate_number=told["number"])
            credits.decide(credit, desk.officer, to, now=moment, **words)

        return take

    yield Step(desk.moment(told["handed_in"]), hand_in)
    if "verified" in told:
        words = {"topics": handed.topics, "level": 2}
        yield Step(desk.moment(told["verified"], 10), decide(OutsideCredit.State.VERIFIED, **words))
    if "refused" in told:
        yield Step(
            desk.moment(told["handed_in"], 15), decide(OutsideCredit.State.REFUSED, reason=told["refused"])
        )


def _certificate(person, handed):
    data = {
        "person": person.full_name,
        "title": handed.title,
        "issuer": handed.issuer,
        "number": handed.certificate_number,
        "minutes": str(handed.minutes),
        "day": f"{handed.completed_on:%d/%m/%Y}",
        "mark": MARK,
    }
    content = typst.compile(
        str(FOLDER / "certificate.typ"),
        root=str(FOLDER),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    return ContentFile(content, name="giay-chung-nhan.pdf")


def _exemption(desk, told, requirement):
    person = desk.people[told["person"]]
    asked = exemptions.Asked(
        requirement=requirement,
        start_on=desk.calendar.dated(told["from"]),
        end_before=desk.calendar.dated(told["until"]),
        reason=told["reason"],
    )

    def approve(moment):
        row = Exemption.objects.get(staff=person, start_on=asked.start_on)
        exemptions.decide(
            row, desk.personnel, Exemption.State.APPROVED, decision_number=told["decision"], now=moment
        )

    yield Step(
        desk.moment(told["asked"]), lambda moment: exemptions.ask(person.user, person, asked, now=moment)
    )
    if "approved" in told:
        yield Step(desk.moment(told["approved"], 10), approve)
