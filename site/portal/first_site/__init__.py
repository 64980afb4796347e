"""The pages a new portal starts with: true content, drawn from the plan and from what the portal does."""

from .build import build

__all__ = ["build"]
