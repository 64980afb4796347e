"""What the worker's clock does for imports."""

from obligations.clock import every

from . import batches


@every(seconds=60, name="training.imports")
def take_up_imports(now):
    """A file whose reading was interrupted is read again."""
    batches.take_up(now)


@every(seconds=24 * 3600, name="training.drop-old-imports")
def drop_old_imports(now):
    batches.drop_old(now)
