"""Codes in addresses: text of the office, which may hold a slash."""

from django.urls import register_converter


class CodeConverter:
    """`~s` stands for a slash, `~t` for the tilde itself."""

    regex = "[^/]+"

    def to_python(self, value):
        return value.replace("~s", "/").replace("~t", "~")

    def to_url(self, value):
        return str(value).replace("~", "~t").replace("/", "~s")


register_converter(CodeConverter, "code")
