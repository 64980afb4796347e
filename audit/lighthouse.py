"""Lighthouse's four scores as a phone on a slow network gets them. Its own reports lie beside ours."""

import json
import os
import statistics
import subprocess

from . import node
from .axe import CHROMIUM
from .pages import MEASURED, public_pages
from .report import REPORTS, Outcome, write

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
LEAST = 95
RUNS = 3  # a score under the least is asked again, since it moves with the machine's load; the median counts
CHROME = "--headless=new --no-sandbox --disable-dev-shm-usage"


def check(site):
    found = {}
    for page in public_pages():
        if page.name in MEASURED:
            found[page.name] = _scores(site, page)
    lines = [f"{'':<12}" + "".join(f"{category:>16}" for category in CATEGORIES)]
    for name, scores in found.items():
        lines.append(f"{name:<12}" + "".join(f"{scores[category]:>16}" for category in CATEGORIES))
        lines += [f"    {failed}" for failed in scores["failed"]]
    lines.append(str(write("lighthouse", found)))
    holds = all(scores[category] >= LEAST for scores in found.values() for category in CATEGORIES)
    return Outcome(holds, lines)


def _scores(site, page):
    """{category: 0 to 100} and `failed`: what took points away at the last run."""
    runs = []
    while len(runs) < RUNS:
        report = _report(site, page)
        runs.append({name: round(report["categories"][name]["score"] * 100) for name in CATEGORIES})
        if len(runs) == 1 and min(runs[0].values()) >= LEAST:
            break
    medians = {name: round(statistics.median(run[name] for run in runs)) for name in CATEGORIES}
    return medians | {"failed": list(_failed(report)), "runs": runs}


def _report(site, page):
    path = REPORTS / f"lighthouse-{page.name}.json"
    node.run(
        [
            *("node", str(node.package("lighthouse") / "cli" / "index.js"), site.origin + page.path),
            *("--quiet", "--no-enable-error-reporting", f"--chrome-flags={CHROME}"),
            *("--output=json", f"--output-path={path}", f"--only-categories={','.join(CATEGORIES)}"),
        ],
        env=os.environ | {"CHROME_PATH": CHROMIUM},
        stdout=subprocess.DEVNULL,
    )
    return json.loads(path.read_text())


def _failed(report):
    for name in CATEGORIES:
        for reference in report["categories"][name]["auditRefs"]:
            audit = report["audits"][reference["id"]]
            if reference["weight"] and audit["score"] is not None and audit["score"] < 1:
                value = audit.get("displayValue", "")
                yield f"{name}: {audit['id']} {audit['score']:.2f} {value}".rstrip()
