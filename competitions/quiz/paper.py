"""Which questions one person gets, in which order, with their answers in which order. Pure."""

from random import Random, SystemRandom


def draw(bank: dict[int, list[int]], number: int, rng: Random | None = None) -> list:
    """`number` questions of `bank` ({question: its answers}), all of them where there are fewer:
    [[question, [answer, …]], …]. By the system's own randomness, unless given: nobody foresees it."""
    rng = rng or SystemRandom()
    chosen = rng.sample(sorted(bank), min(number, len(bank)))
    return [[question, rng.sample(bank[question], len(bank[question]))] for question in chosen]
