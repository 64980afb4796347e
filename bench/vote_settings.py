"""The bench's settings behind a proxy, so that each voter comes from a network of their own, as people do."""

from .settings import *  # noqa: F403

ALLAUTH_TRUSTED_PROXY_COUNT = 1  # the measurement says X-Forwarded-For itself
