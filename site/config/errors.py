"""Pages for what went wrong, in words a person can act on."""

from django.shortcuts import render


def csrf_failure(request, reason=""):
    """A form came back without its token: the session ended or the browser blocks cookies."""
    from people.kept_post import keep_refused

    kept = keep_refused(request)
    if kept is not None:
        return kept
    return render(request, "errors/csrf.html", status=403)


def permission_denied(request, exception=None):
    return render(request, "errors/403.html", {"reason": str(exception or "")}, status=403)


def not_found(request, exception=None):
    return render(request, "errors/404.html", status=404)


def server_error(request):
    # Plain: nothing here may need the database, which may be what failed.
    return render(request, "errors/500.html", status=500)
