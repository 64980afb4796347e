"""What the scanners say, read: silence is no result."""

import pytest

from audit.scan import code, packages, site

CLEAN = {"errors": [], "results": [], "metrics": {"_totals": {"loc": 100}}}
FINDING = {
    "filename": "a.py",
    "line_number": 3,
    "issue_severity": "MEDIUM",
    "test_id": "B608",
    "issue_text": "Possible injection",
}


def test_code_of_low_severity_passes_and_of_medium_does_not():
    low = FINDING | {"issue_severity": "LOW"}
    assert code.judged(CLEAN | {"results": [low]}, "x").holds
    outcome = code.judged(CLEAN | {"results": [low, FINDING]}, "x")
    assert (outcome.holds, outcome.lines[0]) == (False, "a.py:3 medium B608 Possible injection")


@pytest.mark.parametrize(
    "unread",
    [{"errors": [{"filename": "a.py", "reason": "syntax"}]}, {"metrics": {"_totals": {"loc": 0}}}],
)
def test_code_that_was_not_read_fails(unread):
    assert not code.judged(CLEAN | unread, "x").holds


def dependencies(*rows):
    return {"dependencies": list(rows)}


ASKED = {"name": "django", "version": "5.2.19", "vulns": []}
SKIPPED = {"name": "wagtail", "skip_reason": "Dependency not found on PyPI and could not be audited"}
HOLE = ASKED | {"vulns": [{"id": "PYSEC-2026-1", "fix_versions": ["5.2.20"]}]}


def test_packages_without_a_known_hole_pass():
    assert packages.judged(dependencies(ASKED), "x").holds


def test_a_known_hole_fails_and_says_where_it_is_mended():
    outcome = packages.judged(dependencies(HOLE), "x")
    assert (outcome.holds, outcome.lines[0]) == (False, "django 5.2.19: PYSEC-2026-1, mended in 5.2.20")


@pytest.mark.parametrize("rows", [[], [SKIPPED], [ASKED, SKIPPED]])
def test_a_package_nobody_was_asked_about_fails_though_the_tool_itself_ends_well(rows):
    assert not packages.judged(dependencies(*rows), "x").holds


def wapiti(level, pages=50, path="/"):
    row = {"level": level, "method": "GET", "path": path, "parameter": "q", "info": "x"}
    return {"vulnerabilities": {"XSS": [row]}, "anomalies": {}, "infos": {"crawled_pages_nbr": pages}}


def never(path, origin):
    return False


def test_a_running_portal_fails_from_medium_on_and_where_too_little_was_reached():
    assert site.judged(wapiti(1), "", "x", never).holds
    assert not site.judged(wapiti(2), "", "x", never).holds
    assert not site.judged(wapiti(1, pages=3), "thuky", "x", never).holds


@pytest.mark.parametrize(
    ("info", "refused_from", "holds"),
    [
        ("Lack of anti CSRF token", {"https://evil.example"}, True),
        ("Lack of anti CSRF token", set(), False),
        ("CSRF token 'x' is not properly checked in backend", {"https://evil.example", None}, True),
        ("CSRF token 'x' is not properly checked in backend", {"https://evil.example"}, False),
        ("CSRF token 'x' is not properly checked in backend", {None}, False),
    ],
)
def test_a_forged_form_is_a_finding_unless_it_is_really_refused(info, refused_from, holds):
    found = wapiti(2)
    found["vulnerabilities"] = {site.FORGED: [found["vulnerabilities"]["XSS"][0] | {"info": info}]}
    assert site.judged(found, "", "x", lambda path, origin: origin in refused_from).holds is holds
    found["vulnerabilities"]["XSS"] = wapiti(2)["vulnerabilities"]["XSS"]
    assert not site.judged(found, "", "x", lambda path, origin: origin in refused_from).holds


def test_a_pass_that_was_not_signed_in_says_nothing_of_the_pages_behind():
    found = wapiti(1)
    assert not site.judged(found, "thuky", "x", never).holds
    page = {"request": {"url": f"https://127.0.0.1:1{site.SIGNED_IN}", "status_code": 302}}
    found["infos"]["crawled_pages"] = [page]
    assert not site.judged(found, "thuky", "x", never).holds
    page["request"]["status_code"] = 200
    assert site.judged(found, "thuky", "x", never).holds
