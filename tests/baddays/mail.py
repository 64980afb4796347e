"""A mail server with a temper (aiosmtpd, in a thread of the test)."""

import asyncio

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from bench.server import free_port


class MailServer:
    """Takes mail until told otherwise; `taken` are (recipient, Message-ID) as they were accepted."""

    def __init__(self):
        self.taken, self.tried = [], []
        self.refused = {}  # recipient -> what is answered
        self.before_accepting = lambda recipient: None  # called when the mail is here, before "accepted"
        self.after_accepting = lambda recipient: None
        self.hangs_for = set()  # recipients for whom it never answers
        self.controller = Controller(self, hostname="127.0.0.1", port=free_port(), timeout=600)

    @property
    def url(self):
        return f"smtp://127.0.0.1:{self.controller.port}"

    def __enter__(self):
        self.controller.start()
        return self

    def __exit__(self, *exc):
        self.controller.stop()

    # ---- aiosmtpd's hooks

    async def handle_RCPT(self, server: SMTP, session, envelope, address, options):
        self.tried.append(address)
        if address in self.hangs_for:
            await asyncio.sleep(600)
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        [recipient] = envelope.rcpt_tos
        self.before_accepting(recipient)
        headers = envelope.content.decode().split("\r\n\r\n")[0].splitlines()
        identity = next(line for line in headers if line.startswith("Message-ID:"))
        self.taken.append((recipient, identity.split()[-1]))
        self.after_accepting(recipient)
        return "250 Taken"
