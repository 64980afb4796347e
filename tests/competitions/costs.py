"""How many queries a page costs. Compared between few rows and many: what every page shares may grow."""

from django.db import connection
from django.test.utils import CaptureQueriesContext


def cost(client, path):
    """Queries of one GET that is not the first, so that nothing is counted which is asked once."""
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)
