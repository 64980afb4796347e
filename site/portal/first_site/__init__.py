"""The pages a new portal starts with: true content, drawn from the plan and from what the portal does."""

from .build import build
from .registry import add_first_pages

__all__ = ["add_first_pages", "build"]
