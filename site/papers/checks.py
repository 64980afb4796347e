"""What `manage.py check --deploy` says about the face of official papers."""

from django.conf import settings
from django.core.checks import Warning as Complaint
from django.core.checks import register

from .render import fonts


@register(deploy=True)
def paper_font_is_there(app_configs, **kwargs):
    """A face that is named but not found would be replaced by the built-in one without a word."""
    if settings.PAPERS_FONT and settings.PAPERS_FONT not in fonts().families():
        return [
            Complaint(
                f"PAPERS_FONT names {settings.PAPERS_FONT}, which PAPERS_FONT_FOLDER does not hold.",
                hint="Install the fonts (fonts-liberation2), correct the folder, or leave both empty.",
                id="papers.W001",
            )
        ]
    return []
