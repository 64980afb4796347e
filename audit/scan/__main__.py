"""Runs the checks named, or all; exit 1 when one found something or could not look."""

import sys

from . import code, packages, site

CHECKS = {"code": code.check, "packages": packages.check, "site": site.check}


def main(names):
    if unknown := set(names) - set(CHECKS):
        sys.exit(f"No such check: {', '.join(sorted(unknown))}. There are: {', '.join(CHECKS)}")
    failed = [name for name in names or CHECKS if not _holds(name)]
    print(f"failed: {', '.join(failed)}" if failed else "nothing of medium severity or higher")
    return 1 if failed else 0


def _holds(name):
    print(f"== {name}", flush=True)
    outcome = CHECKS[name]()
    print("\n".join(outcome.lines), flush=True)
    return outcome.holds


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
