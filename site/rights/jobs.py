"""What the worker's clock does for data rights."""

from obligations.clock import every

from . import copies, keeping


@every(seconds=10, name="rights.copies")
def make_copies(now):
    copies.make_waiting(now)


@every(seconds=3600, name="rights.retention")
def retention(now):
    """Once a local day each; hourly, so that a stopped worker or a failed kind catches up the same day."""
    keeping.run(now)
