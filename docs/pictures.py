"""Takes the pictures of the README from a running trial portal, with Chromium.

    make run PORT=8000        # in another window
    .venv/bin/python docs/pictures.py http://127.0.0.1:8000 PASSWORD

The dossiers are found by what the pages show, so any loaded sample set will do.
"""

import argparse
import os
import re
from pathlib import Path

from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).parent / "pictures"
SIZE = {"width": 1280, "height": 860}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site")
    parser.add_argument("password", nargs="?", default=os.environ.get("SAMPLE_PASSWORD", ""))
    arguments = parser.parse_args()
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox", "--disable-dev-shm-usage"],
        )
        camera = Camera(browser, arguments.site.rstrip("/"), arguments.password)
        for picture in PICTURES:
            picture(camera)
        browser.close()


class Camera:
    """A window per person; `shoot` keeps what it shows."""

    def __init__(self, browser, site, password):
        self.browser, self.site, self.password = browser, site, password

    def page(self, username=""):
        context = self.browser.new_context(viewport=SIZE, locale="vi-VN")
        page = context.new_page()
        if username:
            page.goto(f"{self.site}/tai-khoan/login/")
            page.fill("input[name=login]", username)
            page.fill("input[name=password]", self.password)
            page.press("input[name=password]", "Enter")
            page.wait_for_url("**/viec-cua-toi/")
        return page

    def open(self, page, path):
        answer = page.goto(f"{self.site}{path}")
        if answer.status != 200:
            raise SystemExit(f"{path} answered {answer.status}")
        return page

    def shoot(self, page, name):
        page.wait_for_load_state("networkidle")
        page.screenshot(path=FOLDER / f"{name}.png")
        print(FOLDER / f"{name}.png")  # noqa: T201


def first_link(page, pattern):
    """The first address on the page that matches; pages are read, not guessed."""
    links = [link.get_attribute("href") for link in page.locator("main a[href]").all()]
    found = [link for link in links if re.search(pattern, link)]
    if not found:
        raise SystemExit(f"{page.url} has no link like {pattern}")
    return found[0]


def work(camera):
    camera.shoot(camera.page("hoidong1"), "work")


def dossier(camera):
    page = camera.page("thuky")
    link = first_link(page, r"/sang-kien/ho-so/SK-[^/]+/$|/sang-kien/ho-so/SK-[^/]+/kiem-tra/$")
    camera.open(page, re.sub(r"kiem-tra/$", "", link))
    camera.shoot(page, "dossier")


def sheet(camera):
    page = camera.page("hoidong3")
    camera.open(page, first_link(page, r"/sang-kien/phieu-cham/\d+/$"))
    camera.shoot(page, "sheet")


def board(camera):
    page = camera.page("thuky")
    camera.shoot(camera.open(page, "/sang-kien/hoi-dong/"), "board")


def decision(camera):
    page = camera.page("lanhdao")
    camera.shoot(camera.open(page, "/sang-kien/quyet-dinh/"), "decision")


def public(camera):
    page = camera.page()
    camera.shoot(camera.open(page, "/sang-kien/"), "public")


def verify(camera):
    """The code is read from an author's certificate, as a visitor would read it from paper."""
    page = camera.page("tacgia")
    camera.open(page, "/sang-kien/ho-so/")
    codes = [
        link.get_attribute("href") for link in page.locator("main a[href*='/sang-kien/ho-so/SK-']").all()
    ]
    for path in dict.fromkeys(codes):
        camera.open(page, re.match(r"/sang-kien/ho-so/SK-[^/]+/", path).group())
        found = re.search(r"/(?:xac-minh|sang-kien/giay-chung-nhan)/([A-Z0-9]{8})/", page.content())
        if found:
            camera.shoot(camera.open(camera.page(), f"/xac-minh/{found.group(1)}/"), "verify")
            return
    raise SystemExit("No dossier of tacgia shows a certificate.")


def coverage(camera):
    page = camera.page("daotao")
    camera.shoot(camera.open(page, "/dao-tao/ty-le/"), "coverage")


def roll(camera):
    """On a phone, as it is taken."""
    page = camera.page("daotao")
    camera.open(page, "/dao-tao/buoi/")
    path = first_link(page, r"/dao-tao/buoi/(?!moi/)[^/]+/$")
    page.set_viewport_size({"width": 360, "height": 740})
    camera.shoot(camera.open(page, f"{path}diem-danh/"), "roll")


def tasks(camera):
    page = camera.page("dieuphoi")
    camera.shoot(camera.open(page, "/ke-hoach/dieu-hanh/nhiem-vu/"), "tasks")


def progress(camera):
    camera.shoot(camera.open(camera.page(), "/ke-hoach/tien-do/"), "progress")


def trail(camera):
    page = camera.open(camera.page("quantri"), "/nhat-ky/")
    page.locator("main form").evaluate("form => form.scrollIntoView()")
    camera.shoot(page, "trail")


def sign_in(camera):
    page = camera.page("thuky")
    camera.shoot(camera.open(page, "/tai-khoan/bao-mat/"), "sign-in")


PICTURES = (
    *(work, dossier, sheet, board, decision, public, verify, coverage, roll, tasks, progress),
    *(trail, sign_in),
)

if __name__ == "__main__":
    main()
