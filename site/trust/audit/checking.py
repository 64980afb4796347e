"""Whether the trail is as it was written: every seal, every event, every anchor, every trigger."""

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice

from django.db import connection
from django.db.models import Min
from django.utils import timezone

from . import anchors, sealing
from .models import AuditCheckpoint, AuditEvent, AuditSeal

SEALED_WITHIN = timedelta(hours=1)
CHUNK = 2000
MOST_FINDINGS = 1000  # of what is wrong; past that the trail is beyond naming rows
TABLES = ("trust_auditevent", "trust_auditseal", "trust_auditcheckpoint")


@dataclass(frozen=True)
class Finding:
    """`code`: changed (an event or its seal is not as sealed, or the order is another), event_missing,
    seals_missing, beginning_missing, checkpoint_changed, unknown_key, tail_cut, anchor_differs,
    never_sealed, trigger_missing. `number`: of the seal; `event`: key of the event."""

    code: str
    number: int | None = None
    event: int | None = None
    detail: str = ""


@dataclass
class Report:
    first: int = 0  # number of the first seal
    last: int = 0
    hash: str = sealing.BEGINNING  # of the last
    seals: int = 0
    unsealed: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def intact(self):
        return not self.findings

    def add(self, *args, **kwargs):
        if len(self.findings) < MOST_FINDINGS:
            self.findings.append(Finding(*args, **kwargs))


def check(*, extra_anchors=(), now=None) -> Report:
    """Looks at the whole trail. `extra_anchors`: (number, hash) pairs kept elsewhere. Begins anew where old
    events were removed in the meantime."""
    while True:
        before = _beginning()
        report = verify()
        if _beginning() == before:
            break
    _look_for_unsealed(report, now or timezone.now())
    _compare_anchors(report, [*anchors.kept(), *extra_anchors])
    _look_for_triggers(report)
    return report


def verify(*, up_to=None) -> Report:
    """The chain from its beginning, or the last checkpoint, to the seal `up_to` (included) or the end."""
    report = Report()
    checkpoint = _beginning()
    number, previous = 0, sealing.BEGINNING
    if checkpoint is not None:
        number, previous = checkpoint.number, checkpoint.hash
        _verify_checkpoint(report, checkpoint)
    seals = AuditSeal.objects.filter(number__gt=number).order_by("number")
    if up_to is not None:
        seals = seals.filter(number__lte=up_to)
    known = sealing.keys()
    rows = seals.iterator(chunk_size=CHUNK)
    while chunk := list(islice(rows, CHUNK)):
        contents = sealing.contents_of(AuditEvent.objects.filter(pk__in=[s.event_id for s in chunk]))
        for seal in chunk:
            _verify_seal(report, seal, number, previous, contents.get(seal.event_id), known)
            number, previous = seal.number, seal.hash
        report.first = report.first or chunk[0].number
        report.seals += len(chunk)
    report.last, report.hash = number, previous
    return report


def _beginning():
    return AuditCheckpoint.objects.order_by("number").last()


def _verify_checkpoint(report, checkpoint):
    key = sealing.keys().get(checkpoint.key)
    if key is None:
        report.add("unknown_key", checkpoint.number)
    elif sealing.sign(key, checkpoint_text(checkpoint)) != checkpoint.signature:
        report.add("checkpoint_changed", checkpoint.number)


def checkpoint_text(checkpoint):
    return f"checkpoint\n{checkpoint.number}\n{checkpoint.hash}\n{checkpoint.removed}"


def _verify_seal(report, seal, number, previous, contents, known):
    follows = seal.number == number + 1
    if not follows:
        code = "beginning_missing" if report.seals == 0 and number == 0 else "seals_missing"
        report.add(code, seal.number, detail=f"{number + 1}-{seal.number - 1}")
    if contents is None:
        report.add("event_missing", seal.number, seal.event_id)
    elif seal.key not in known:
        report.add("unknown_key", seal.number, seal.event_id)
    elif follows and sealing.link(known[seal.key], previous, seal.number, contents) != seal.hash:
        report.add("changed", seal.number, seal.event_id)


def _look_for_unsealed(report, now):
    waiting = sealing.unsealed()
    report.unsealed = waiting.count()
    # By when they were written they should have seals; a row written past the portal may claim any time.
    late = waiting.filter(at__lt=now - SEALED_WITHIN)
    oldest = late.aggregate(at=Min("at"))["at"]
    if oldest is not None:
        report.add("never_sealed", event=late.first().pk, detail=f"{late.count()}")


def _compare_anchors(report, wanted):
    beginning = _beginning()
    gone = beginning.number if beginning else 0
    wanted = [(number, digest) for number, digest in wanted if number >= gone]
    standing = dict(
        AuditSeal.objects.filter(number__in=[number for number, _digest in wanted]).values_list(
            "number", "hash"
        )
    )
    if beginning:
        standing[beginning.number] = beginning.hash
    for number, digest in wanted:
        if number > report.last:
            report.add("tail_cut", number, detail=f"{report.last + 1}-{number}")
        elif standing.get(number) != digest:
            report.add("anchor_differs", number)


def _look_for_triggers(report):
    on_sqlite = connection.vendor == "sqlite"
    wanted = ["no_update", "no_delete"] if on_sqlite else ["no_update", "no_delete", "no_truncate"]
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if on_sqlite
        else "SELECT tgname FROM pg_trigger WHERE tgenabled = 'O'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        standing = {name for (name,) in cursor.fetchall()}
    for table in TABLES:
        for name in wanted:
            if f"{table}_{name}" not in standing:
                report.add("trigger_missing", detail=f"{table}_{name}")
