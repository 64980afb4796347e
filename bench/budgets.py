"""What each figure may cost. A module may state its own in `BUDGETS`; these are of modules that do not."""

import operator

HOLDS = {"<=": operator.le, ">=": operator.ge, "==": operator.eq}
BUDGETS = {
    "start": {
        "migrations_s": ("<=", 20),
        "first_page_s": ("<=", 180),
        "second_run_s": ("<=", 10),
    },
    "board": {
        "queries_most": ("<=", 12),
        "cpu_ms_median": ("<=", 60),
        "html_bytes_most": ("<=", 100_000),
    },
    "decide": {
        "many.queries": ("<=", 15 + 3 * 50),
        "per_initiative": ("<=", 3),
    },
    "papers": {"first_ms": ("<=", 300)},
    "live": {
        "commit_to_socket_ms.p95": ("<=", 150),
        "sockets.fan_out_s": ("<=", 1.5),
        "restart.lost": ("==", 0),
        "dropped_network.lost": ("==", 0),
        "killed_redis.lost": ("==", 0),
    },
}


def check(figures, budgets):
    """`{path: {"figure", "budget", "holds"}}`; a list holds when all of it does, a missing figure never."""
    return {path: _one(_at(figures, path), *budget) for path, budget in budgets.items()}


def _at(figures, path):
    for part in path.split("."):
        figures = figures.get(part) if isinstance(figures, dict) else None
    return figures


def _one(figure, comparison, limit):
    values = figure if isinstance(figure, list) else [figure]
    holds = bool(values) and all(value is not None and HOLDS[comparison](value, limit) for value in values)
    return {"figure": figure, "budget": f"{comparison} {limit}", "holds": holds}
