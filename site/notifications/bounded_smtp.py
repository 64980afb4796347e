"""Conversations with a mail server that end: one that answers letter by letter holds up one mail only."""

import os
import smtplib
import socket
import threading

from django.core.mail.backends.smtp import EmailBackend

WHOLE_CONVERSATION = 25.0  # seconds, from connecting to the server's last word


class _Bounded:
    def _get_socket(self, host, port, timeout):
        line = super()._get_socket(host, port, timeout)
        # A second handle of the same connection: the first changes hands when TLS begins.
        handle = socket.socket(fileno=os.dup(line.fileno()))
        self._bell = threading.Timer(WHOLE_CONVERSATION, _hang_up, [handle])
        self._bell.daemon = True
        self._bell.handle = handle
        self._bell.start()
        return line

    def close(self):
        try:
            super().close()
        finally:
            bell = self.__dict__.pop("_bell", None)
            if bell:
                bell.cancel()
                bell.handle.close()


def _hang_up(handle):
    try:
        handle.shutdown(socket.SHUT_RDWR)
    except OSError:  # over already
        return


class _BoundedSMTP(_Bounded, smtplib.SMTP):
    pass


class _BoundedSMTPS(_Bounded, smtplib.SMTP_SSL):
    pass


class BoundedBackend(EmailBackend):
    """Django's, with `WHOLE_CONVERSATION` seconds for each connection."""

    @property
    def connection_class(self):
        return _BoundedSMTPS if self.use_ssl else _BoundedSMTP
