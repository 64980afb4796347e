"""The pages a new portal starts with: true content, drawn from the plan and from what the portal does."""

from .build import add_page, build

__all__ = ["add_page", "build"]
