"""Papers as pages list them: what can be made, and why not, in words."""

from dataclasses import dataclass

from ..reasons import sentence, who_can


def words(answer):
    """Why not, and who can where the sentence does not say it."""
    if answer.allowed or answer.reason.startswith(("only_", "paper_")):
        return sentence(answer)
    return f"{sentence(answer)} ({who_can(answer)})"


@dataclass(frozen=True)
class Shown:
    """A paper as a page lists it: its words and addresses."""

    offer: object
    why: str = ""
    why_not_registered: str = ""

    @classmethod
    def of(cls, offer):
        return cls(offer, words(offer.answer), "" if offer.registers.allowed else words(offer.registers))


def shown(offers):
    return [Shown.of(offer) for offer in offers]
