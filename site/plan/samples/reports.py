"""Samples: placeholder."""


def load_reports(size, now):
    return {}
