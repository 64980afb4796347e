"""One mailbox, one key, however its address is spelt. Pure."""

import unicodedata

# Mailboxes where dots mean nothing: Google says so, and two names for the domain.
_DOTLESS = {"gmail.com", "googlemail.com"}


def email_key(address):
    """The key under which an address counts once: case, a part behind "+", the dots of Gmail and the two
    spellings of a domain with marks make no second person. "" for what is no address."""
    text = unicodedata.normalize("NFKC", address or "").strip().casefold()
    local, at, domain = text.rpartition("@")
    if not (local and at and domain):
        return ""
    try:
        domain = domain.rstrip(".").encode("idna").decode("ascii")
    except UnicodeError:
        return ""
    local = local.partition("+")[0]
    if domain in _DOTLESS:
        local, domain = local.replace(".", ""), "gmail.com"
    return f"{local}@{domain}" if local and domain else ""
