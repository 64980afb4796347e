"""Why the content of a file is not taken."""

from django.utils.translation import gettext as _


class ContentRefused(Exception):
    """`code` content_differs, zip_bomb, macro or reaches_out; `message` in words."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code
        self.message = message


def differs(extension):
    return ContentRefused(
        "content_differs",
        _(
            "The file is named .%(ending)s but its content is not, or it is damaged. "
            "Open it, save it again as %(ending)s, then choose it."
        )
        % {"ending": extension},
    )
