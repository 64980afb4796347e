"""Accessibility: no violation that axe finds, on a phone and on a desk."""

import os

from .pages import MEASURED, public_pages
from .report import Outcome, write

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
SIZES = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 800}}


def check(site):
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright

    found, lines = {}, []
    asked = [page for page in public_pages() if page.name in MEASURED]
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        for page in asked:
            for size, viewport in SIZES.items():
                tab = browser.new_page(viewport=viewport)
                tab.goto(site.origin + page.path)
                violations = Axe().run(tab).response["violations"]
                tab.close()
                found[f"{page.name}, {size}"] = violations
                lines += [f"{page.name:<12} {size:<6} {len(violations)} violations", *_told(violations)]
        browser.close()
    lines.append(f"{write('axe', found)}")
    return Outcome(not any(found.values()), lines)


def _told(violations):
    for violation in violations:
        places = ", ".join(str(node["target"]) for node in violation["nodes"])
        yield f"    {violation['id']}: {violation['help']} ({places})"
