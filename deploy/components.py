"""`python -m deploy.components`: writes constraints.txt, every component the portal brings along, at the
version that is installed here; to be run after `requirements.txt` changed and its tests passed."""

from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "constraints.txt"
HEAD = "# Written by `python -m deploy.components`: what requirements.txt brings along, as it was tested.\n"


def brought_along(requirements=ROOT / "requirements.txt"):
    """{name: version} of what is installed for these requirements, directly or not."""
    found, seen, left = {}, set(), list(_named(requirements))
    while left:
        wanted = left.pop()
        key = canonicalize_name(wanted.name), frozenset(wanted.extras)
        if key in seen:
            continue
        seen.add(key)
        installed = distribution(wanted.name)
        found[key[0]] = installed.version
        left += [one for one in map(Requirement, installed.requires or ()) if _applies(one, wanted.extras)]
    return found


def pinned(file=FILE):
    return {canonicalize_name(one.name): str(one.specifier).removeprefix("==") for one in _named(file)}


def _named(file):
    lines = (line.partition("#")[0].strip() for line in file.read_text().splitlines())
    return [Requirement(line) for line in lines if line and not line.startswith("-")]


def _applies(requirement, extras):
    marker = requirement.marker
    return marker is None or any(marker.evaluate({"extra": extra}) for extra in extras or {""})


def main():
    lines = [f"{name}=={version}\n" for name, version in sorted(brought_along().items())]
    FILE.write_text(HEAD + "".join(lines))


if __name__ == "__main__":
    main()
