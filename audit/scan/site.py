"""wapiti against a portal of its own: production's settings over TLS, with plan and samples; once as a
stranger, once signed in. Each of its modules is bounded in time.

wapiti has an environment of its own (`make scan` makes it): it wants other versions of what the portal uses.
Left out are its modules that need a service on the Internet (ssrf, log4shell, wapp, cms, htp, nikto,
takeover), that look at the certificate (ssl: ours is made for the occasion), or guess names and passwords by
the thousand (buster, brute_login_form).
"""

import json
import os
import ssl
import subprocess
import tempfile
import urllib.error
import urllib.request
from urllib.parse import urlsplit

from bench.server import ROOT

from ..report import REPORTS, Outcome
from ..served import served

WAPITI = ROOT / "var" / "scan" / "bin" / "wapiti"
MODULES = (
    *("backup", "cookieflags", "crlf", "csp", "csrf", "exec", "file", "htaccess", "http_headers", "ldap"),
    *(
        "methods",
        "permanentxss",
        "redirect",
        "shellshock",
        "spring4shell",
        "sql",
        "timesql",
        "upload",
        "xss",
        "xxe",
    ),
)
READERS = ("", "thuky")
STARTS = ("/", "/tim-kiem/?q=so", "/sang-kien/?q=so", "/y-tuong/", "/cuoc-thi/", "/xac-minh/?ma=AAAAAAAA")
SIGNED_IN = "/viec-cua-toi/"
STARTS_SIGNED_IN = (SIGNED_IN, "/sang-kien/ho-so/", "/thong-bao/", "/tai-khoan/", "/quan-tri/")
LEFT_OUT = ("/static/*", "/tai-khoan/logout/", "/ngon-ngu/", "/co-chu/")
CRAWL_SECONDS = int(os.environ.get("SCAN_CRAWL_SECONDS", "90"))
MODULE_SECONDS = int(os.environ.get("SCAN_MODULE_SECONDS", "40"))
FORGED = "Cross Site Request Forgery"
FEWEST_PAGES = 20
MEDIUM = 2  # wapiti: 1 low, 2 medium, 3 high, 4 critical


def check():
    if not WAPITI.exists():
        return Outcome(
            False, [f"wapiti is not installed ({WAPITI.relative_to(ROOT)}): `make scan` brings it"]
        )
    REPORTS.mkdir(parents=True, exist_ok=True)
    with served(for_browsers=True, settings="audit.scan.settings", tls=True) as site:
        outcomes = [_attack(site, reader) for reader in READERS]
    return Outcome(all(each.holds for each in outcomes), [line for each in outcomes for line in each.lines])


def _attack(site, reader):
    report = REPORTS / f"wapiti-{reader or 'stranger'}.json"
    report.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            _command(site, reader, report, folder), capture_output=True, text=True, check=False
        )
    if not report.exists():
        return Outcome(False, [f"wapiti did not look as {reader or 'a stranger'}: {done.stdout[-500:]}"])
    found = json.loads(report.read_text())
    return judged(found, reader, report.relative_to(ROOT), _refusing(site))


def _command(site, reader, report, folder):
    command = [str(WAPITI), "--url", f"{site.origin}/", "--scope", "domain", "--module", ",".join(MODULES)]
    for path in STARTS + (STARTS_SIGNED_IN if reader else ()):
        command += ["--start", site.origin + path]
    for path in LEFT_OUT:
        command += ["--exclude", site.origin + path]
    # Over TLS Django takes a form only with the Origin or Referer of our own pages; without one wapiti would
    # attack nothing but the refusal.
    command += ["--header", f"Origin: {site.origin}", "--header", f"Cookie: {_cookies(site, reader)}"]
    command += ["--max-scan-time", str(CRAWL_SECONDS), "--max-attack-time", str(MODULE_SECONDS)]
    command += ["--max-links-per-page", "60", "--max-parameters", "20", "--depth", "8", "--tasks", "4"]
    command += [
        "--level",
        "1",
        "--verbose",
        "0",
        "--no-bugreport",
        "-dr",
        "1",
        "--flush-session",
        "--verify-ssl",
        "0",
    ]
    return [
        *command,
        "--store-session",
        folder,
        "--store-config",
        folder,
        "--format",
        "json",
        "--output",
        str(report),
    ]


def _cookies(site, reader):
    """As a header: wapiti's own jar of cookies forgets `__Host-…`. With one secret for all, every form's
    token fits for the whole attack."""
    return "; ".join(filter(None, ["__Host-csrf=" + "a1B2" * 8, site.cookie_of(reader)]))


def judged(found, reader, path, refuses):
    """What counts, one line each; how much was looked at. wapiti replays a form with its content type twice,
    which Django reads as no form at all, so to it a right and a wrong token look alike: whether a forged form
    is really taken, `refuses(path, origin)` is asked again."""
    lines = [
        f"{kind}: {each['method']} {each['path']} {each['parameter']} {each['info'][:160]}"
        for group in ("vulnerabilities", "anomalies")
        for kind, each_of in found[group].items()
        for each in each_of
        if each["level"] >= MEDIUM and not (kind == FORGED and _is_disproved(each, refuses))
    ]
    who, pages = reader or "a stranger", found["infos"].get("crawled_pages_nbr", 0)
    enough = ["too few pages were reached to say anything"] if pages < FEWEST_PAGES else []
    if reader and not _was_signed_in(found):
        enough.append(f"{SIGNED_IN} was not reached: wapiti was not signed in")
    summary = f"as {who}: {pages} pages, {len(lines)} findings of medium severity or higher ({path})"
    return Outcome(not lines and not enough, [*lines, *enough, summary])


def _was_signed_in(found):
    return any(
        urlsplit(page["request"]["url"]).path == SIGNED_IN and page["request"]["status_code"] == 200
        for page in found["infos"].get("crawled_pages", ())
    )


def _is_disproved(finding, refuses):
    """A page elsewhere gets 403; where the form has a token, so does a page of ours with a wrong one."""
    has_token = not finding["info"].startswith("Lack of")
    return refuses(finding["path"], "https://evil.example") and (
        not has_token or refuses(finding["path"], None)
    )


def _refusing(site):
    """`refuses(path, origin)`: whether a form with a wrong token from there (None: ours) is answered 403."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE

    def refuses(path, origin):
        forged = urllib.request.Request(
            site.origin + path, b"csrfmiddlewaretoken=wrong", {"Origin": origin or site.origin}
        )
        try:
            urllib.request.urlopen(forged, context=context, timeout=60).close()
        except urllib.error.HTTPError as refused:
            return refused.code == 403
        return False

    return refuses
