"""Open data under /du-lieu-mo/: what the ward publishes for machines, and a page that says what there is.

`registry` knows the data sets (each app registers its own), `api` answers, `csv_file` writes, `schema`
describes, `problems` says what was wrong with a request, `pages` draws what people read.
"""

from .registry import Dataset, register_dataset

__all__ = ["Dataset", "register_dataset"]
