"""Django's error reports, should somebody ever mail them: nothing anybody typed, no setting, no variable."""

from django.views.debug import SafeExceptionReporterFilter


class NothingTyped(SafeExceptionReporterFilter):
    """Every value is hidden; what remains is where it happened."""

    def is_active(self, request):
        return True

    def get_safe_settings(self):
        return {}

    def get_safe_request_meta(self, request):
        return {}

    def get_safe_cookies(self, request):
        return {}

    def get_post_parameters(self, request):
        return {}

    def get_traceback_frame_variables(self, request, tb_frame):
        return []
