"""Who opened which private file."""

from .context import current_request
from .recording import record


def note(field_file):
    """Records that the signed-in person of this request opened it. Others (a participant with a code) reach
    no files but their own."""
    request = current_request()
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or request.method == "HEAD":
        return
    record("file.read", request=request, target=field_file.instance, field=field_file.field.name)
