"""Why two initiatives are held to be similar, in words a person can check."""

from difflib import SequenceMatcher

from django.utils.translation import gettext as _

from ideas.models import LinkKind

from .scoring import NEARLY_THE_SAME
from .words import pieces

_FEWEST_QUOTED = {"title": 4, "solution": 5}  # words in a row; fewer say nothing
_MOST_QUOTED = 12


def why(hit, title, solution):
    """Sentences on one `Hit`. `title` and `solution` are the texts asked about, from which is quoted: so
    nothing of the other initiative is told that was not typed here too. Of its problem nothing is quoted,
    since the public does not read it."""
    told = [_SAID[part](score) for part, score in hit.resemblance.parts]
    quoted = _longest([("title", title, hit.compared.title), ("solution", solution, hit.compared.solution)])
    if quoted:
        told.append(_("Both say “%(words)s”.") % {"words": quoted})
    return told


def _of_title(score):
    if score >= NEARLY_THE_SAME:
        return _("The name is nearly the same.")
    return _("The name is similar.")


def _of_problem(score):
    if score >= NEARLY_THE_SAME:
        return _("The problem is told in nearly the same words.")
    return _("It solves a similar problem.")


def _of_solution(score):
    if score >= NEARLY_THE_SAME:
        return _("The solution is told in nearly the same words.")
    return _("The solution is similar.")


_SAID = {"title": _of_title, "problem": _of_problem, "solution": _of_solution}


def _longest(compared):
    """The longest run of words both have, as it stands here; empty where none is long enough."""
    best = []
    for part, text, others in compared:
        own = pieces(text)
        folded = [word for word, _typed in own]
        run = SequenceMatcher(None, folded, others, autojunk=False).find_longest_match()
        if run.size >= _FEWEST_QUOTED[part] and run.size > len(best):
            best = [typed for _word, typed in own[run.a : run.a + run.size]]
    return " ".join(best[:_MOST_QUOTED]) + ("…" if len(best) > _MOST_QUOTED else "")


def link_words(kind, *, is_source):
    """How an initiative hangs together with the other one of its link."""
    return {
        (LinkKind.CONTINUES, True): _("Continues"),
        (LinkKind.CONTINUES, False): _("Is continued by"),
        (LinkKind.PART_OF, True): _("Is part of"),
        (LinkKind.PART_OF, False): _("Has as a part"),
    }.get((kind, is_source), _("Is similar to"))
