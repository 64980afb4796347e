"""HTML: to the Nu checker every page is without an error and without a warning; and no link leads nowhere."""

import json
import shutil
import subprocess
from collections import defaultdict

from . import node
from .pages import READERS, START, public_pages
from .report import REPORTS, Outcome, write
from .walk import Found, walk

SHOWN = 3  # places named for each message
FOLDER = REPORTS / "html"


def check(site):
    pages = _pages(site)
    complaints = [*_wrong_answers(pages), *_messages(pages)]
    path = write("html", complaints)
    lines = [f"{len(pages)} pages, {len(complaints)} complaints: {path}", *_summary(complaints)]
    return Outcome(not complaints, lines)


def _pages(site):
    found = list(walk(site, "", [page.path for page in public_pages()]))
    for reader in READERS:
        found += walk(site, reader, [START])
    return [*found, _server_error()]


def _server_error():
    """What is shown when the server itself fails; nobody can ask for it."""
    from config.errors import server_error

    return Found("", "/500/", 500, server_error(None).content.decode())


def _wrong_answers(pages):
    """Named pages that answer otherwise than they should, and links that lead nowhere."""
    expected = {page.path: page.status for page in public_pages()} | {"/500/": 500}
    for page in pages:
        if page.status != expected.get(page.path, 200):
            yield _complaint(page, f"answers {page.status}, linked from {page.from_path}", "")
    for path in set(expected) - {page.path for page in pages if not page.reader}:
        yield {"message": "no page", "reader": "", "path": path, "line": None, "extract": ""}


def _messages(pages):
    """What the checker says of all pages in one go."""
    by_file = _save(pages)
    jar = node.package("vnu-jar") / "build" / "dist" / "vnu.jar"
    said = node.run(
        ["java", "-jar", str(jar), "--format", "json", "--stdout", "--exit-zero-always", *by_file],
        stdout=subprocess.PIPE,
    ).stdout
    for message in json.loads(said)["messages"]:
        page = by_file[message["url"].removeprefix("file:")]
        yield _complaint(page, message["message"], message.get("extract", ""), message.get("lastLine"))


def _save(pages):
    """{file: page}, one folder for each reader."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    by_file = {}
    for page in pages:
        folder = FOLDER / (page.reader or "public")
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{page.name}.html"
        path.write_text(page.html)
        by_file[str(path)] = page
    return by_file


def _complaint(page, message, extract, line=None):
    return {"message": message, "reader": page.reader, "path": page.path, "line": line, "extract": extract}


def _summary(complaints):
    by_message = defaultdict(list)
    for complaint in complaints:
        by_message[complaint["message"]].append(complaint)
    for message, ones in sorted(by_message.items(), key=lambda pair: -len(pair[1])):
        yield f"{len(ones):>5}  {message}"
        yield from (f"       {_place(one)}" for one in ones[:SHOWN])


def _place(complaint):
    extract = " ".join(complaint["extract"].split())[:110]
    return f"{complaint['reader'] or 'public'} {complaint['path']}:{complaint['line']}  {extract}"
