"""Which backups of a folder stay: the newest of each of the last days, weeks and months that have one."""

import re
from datetime import datetime
from itertools import islice

BEGINNING, ENDING = "hungdao-", ".age"
_NAME = re.compile(r"hungdao-(\d{8}-\d{6})\.age")


def name_at(moment) -> str:
    """Of a backup made at `moment`, local time: hungdao-20261130-021500.age."""
    return f"{BEGINNING}{moment:%Y%m%d-%H%M%S}{ENDING}"


def moment_of(name) -> datetime | None:
    """When the backup of this name was made; None for a file that is none of ours."""
    found = _NAME.fullmatch(name)
    try:
        return datetime.strptime(found[1], "%Y%m%d-%H%M%S") if found else None
    except ValueError:
        return None


def kept(moments, days, weeks=0, months=0) -> set[datetime]:
    """Of `moments` those that stay: the last one of each of the newest `days` days, `weeks` weeks (from
    Monday) and `months` months that have any. The newest always stays."""
    newest_first = sorted(moments, reverse=True)
    stay = set(newest_first[:1])
    for period, number in (
        (lambda at: at.date(), days),
        (lambda at: at.isocalendar()[:2], weeks),
        (lambda at: (at.year, at.month), months),
    ):
        last = {}
        for at in newest_first:
            last.setdefault(period(at), at)
        stay.update(islice(last.values(), number))
    return stay


def rotate(folder, days, weeks=0, months=0) -> list[str]:
    """Removes the others from `folder` and says their names. Files with other names are left alone."""
    found = {at: path for path in folder.iterdir() if (at := moment_of(path.name))}
    gone = sorted(found.keys() - kept(found, days, weeks, months))
    for at in gone:
        found[at].unlink()
    return [found[at].name for at in gone]
