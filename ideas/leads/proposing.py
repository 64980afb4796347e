"""A balanced proposal: the same seed over the same dossiers and members draws the same one again."""

from scoring.assignment import assign

MOST_EACH = 3


def propose(kept, each, seed):
    """({initiative key: staff keys}, {code: how many are lacking}) with `each` leads for every dossier.

    Leads who still score keep their dossiers. Nobody leads what they do not score (authors, conflicts), and
    no hand-out that keeps what is held could be more even (`scoring.assignment`). The order of keys plays no
    part: dossiers are named by code, people by staff code.
    """
    names = {staff.staff_code: pk for dossier in kept.values() for pk, staff in dossier.eligible.items()}
    codes = {dossier.code: pk for pk, dossier in kept.items()}
    held = {
        dossier.code: _codes(dossier, dossier.lead_ids & set(dossier.eligible)) for dossier in kept.values()
    }
    barred = {d.code: set(names) - {staff.staff_code for staff in d.eligible.values()} for d in kept.values()}
    drawn = assign(codes, names, each, seed=seed, barred=barred, held=held)
    plan = {codes[code]: {names[name] for name in have} for code, have in held.items()}
    for code, name in drawn.pairs:
        plan[codes[code]].add(names[name])
    return plan, dict(drawn.short)


def _codes(dossier, keys):
    return {dossier.eligible[key].staff_code for key in keys}
