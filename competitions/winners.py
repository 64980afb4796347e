"""Who won what, as everybody may read it."""


def winners_of(competition):
    """Nothing before the results are published."""
    return []
