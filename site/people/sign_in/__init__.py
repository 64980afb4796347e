"""How people sign in: allauth with registration closed, and what a system of level 2 asks besides (legal.md
§6.4).

- `backend`: the one password check, as long for a name nobody has;
- `tries`: after five wrong tries a pause, longer each time;
- `second_factor`: whom it is required of, and that nothing else opens before;
- `passwords`: how long, and what they may not lean on;
- `first_things`: what stands between signing in and working;
- `session_store`, `activity`: a sign-in ends with disuse; `sessions`: the list of one's sign-ins, and ending
  them;
- `sleeping`: accounts nobody uses;
- `oidc`: sign-in by the city or by VNeID.

Settings name what is imported here.
"""

from .adapter import StaffAccountAdapter
from .backend import StaffBackend
from .forms import StaffLoginForm

__all__ = ["StaffAccountAdapter", "StaffBackend", "StaffLoginForm"]
