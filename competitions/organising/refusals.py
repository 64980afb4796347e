"""How an organiser's act is refused: a stable code, what its sentence needs, the form field it belongs to."""


class ActRefused(Exception):
    def __init__(self, code, params=None, field=""):
        self.code, self.params, self.field = code, params or {}, field
        super().__init__(code)
