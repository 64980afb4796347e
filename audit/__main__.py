"""`make audit`: the portal with its samples, as production serves it, before three strangers: the Nu checker,
axe and Lighthouse.

`python -m audit html` asks one of them alone. Reports lie in var/audit/; exit 1 when something fails.
"""

import sys

from . import axe, html, lighthouse
from .served import served

CHECKS = {"html": html.check, "axe": axe.check, "lighthouse": lighthouse.check}


def main(names):
    if unknown := set(names) - set(CHECKS):
        sys.exit(f"No such check: {', '.join(sorted(unknown))}. There are: {', '.join(CHECKS)}")
    names = names or list(CHECKS)
    with served(for_browsers=names != ["html"]) as site:
        failed = [name for name in names if not _holds(name, site)]
    print(f"failed: {', '.join(failed)}" if failed else "all hold")
    return 1 if failed else 0


def _holds(name, site):
    print(f"== {name}", flush=True)
    outcome = CHECKS[name](site)
    print("\n".join(outcome.lines), flush=True)
    return outcome.holds


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
