"""Publishing what is not complete, wherever in the editor it is tried: the page again, with what is
missing."""

from django.http import HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages


class SayWhatIsMissing:
    """Wagtail has no hook for approvals and bulk acts; the competition itself refuses (`models.page`)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        from .organising import words
        from .publishing import NotReady

        if not isinstance(exception, NotReady):
            return None
        sentence = words.missing_in_a_sentence(exception.lacks)
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return HttpResponse(sentence, status=409, content_type="text/plain; charset=utf-8")
        messages.error(request, sentence)
        return redirect("wagtailadmin_pages:edit", exception.competition.pk)
