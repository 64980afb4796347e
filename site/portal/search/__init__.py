"""Search over all that is published: accent-free, the same on both databases (docs/decisions.md).

`registry` knows who has what to be found, `index` keeps it, `asking` finds, `showing` marks what was found.
"""

from .index import rebuild, refresh
from .registry import Found, Source, register_source

__all__ = ["Found", "Source", "rebuild", "refresh", "register_source"]
