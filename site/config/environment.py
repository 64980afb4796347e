"""The environment, and which of its names the settings asked for: a backup carries those."""

import environ


class Environment(environ.Env):
    """Remembers the names it was asked for."""

    asked: set[str] = set()

    def get_value(self, var, *args, **kwargs):
        self.asked.add(getattr(var, "name", None) or str(var))
        return super().get_value(var, *args, **kwargs)
