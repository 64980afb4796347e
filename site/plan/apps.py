from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "plan"

    def ready(self):
        from . import audited, navigation, personal
        from .activities import ready as activities
        from .books import ready as books
        from .consolidation import ready as consolidation
        from .difficulties import ready as difficulties
        from .groups import ready as groups
        from .officers import ready as officers
        from .programme import ready as programme
        from .public import ready as public
        from .publicity import ready as publicity
        from .reports import ready as reports
        from .showcase import ready as showcase
        from .survey import ready as survey
        from .targets import ready as targets
        from .tasks import ready as tasks

        navigation.add_entries()
        audited.register()
        personal.register()
        for part in (targets, tasks, reports, consolidation, difficulties, survey):
            part.register()
        books.register()
        for book in (groups, activities, officers, publicity, showcase, programme):
            book.register()
        public.register()  # the last: its samples publish what the others made
