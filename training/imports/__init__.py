"""A training workbook from upload to revert, row by row."""

from .direct import import_training

__all__ = ["import_training"]
