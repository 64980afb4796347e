"""The public pages of competitions. Organisers fill them in on pages of their own (`organising`);
publishers let them out through Wagtail's moderation."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from guardian.models import UserObjectPermissionBase
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from portal.blocks import FilesBlock
from portal.models.base import BasePage

from ..access import CompetitionQuerySet
from ..phases import phase_at


class Blueprint(models.TextChoices):
    """What kind of competition it is; `competitions.blueprints` says what each one brings along."""

    IDEAS = "ideas", pgettext_lazy("competition", "Ideas")
    PHOTOS = "photos", pgettext_lazy("competition", "Photos")
    QUIZ = "quiz", pgettext_lazy("competition", "Quiz")
    FORUM = "forum", pgettext_lazy("competition", "Forum or exchange, nothing is scored")


class Who(models.TextChoices):
    """Who may enter. Organisers and judges never may (legal.md §4.1, Điều 3)."""

    EVERYBODY = "everybody", _("Residents and staff")
    STAFF = "staff", _("Staff of the ward only")
    RESIDENTS = "residents", _("Residents only, not staff of the ward")


class RulesArticle(blocks.StructBlock):
    """One article (Điều) of the rules. Its number is its place."""

    code = blocks.CharBlock(label=_("Code"), max_length=20, required=False, form_classname="hidden")
    heading = blocks.CharBlock(label=_("Heading"), max_length=120)
    text = blocks.TextBlock(
        label=_("Text"),
        required=False,
        rows=4,
        help_text=_("A line that begins with “- ” is an item of a list."),
    )

    class Meta:
        icon = "list-ol"
        label = _("Article")


class CompetitionIndexPage(BasePage):
    """All competitions: open, being judged, over."""

    summary = models.TextField(_("summary"), blank=True, max_length=400)

    parent_page_types = ["portal.HomePage"]
    subpage_types = ["competitions.CompetitionPage"]
    max_count = 1
    template = "competitions/public/index.html"
    content_panels = [*Page.content_panels, FieldPanel("summary")]

    class Meta:
        verbose_name = _("list of competitions")
        verbose_name_plural = _("lists of competitions")

    def get_context(self, request, *args, **kwargs):
        from ..pages import list_context

        return super().get_context(request, *args, **kwargs) | list_context(request)


# First words of addresses of the portal itself below /cuoc-thi/.
RESERVED_SLUGS = frozenset({"to-chuc", "cham", "ma", "bai-cua-toi", "gio"})
# What a competition is, as against what its page says: kept by the row alone, like phases and prizes. No
# revision brings back an older value, and nothing of it changes by being published.
FACTS = (
    "code",
    "blueprint",
    "place",
    "who",
    "min_age",
    "max_age",
    "ward_only",
    "team_most",
    "words_most",
    "files_least",
    "files_most",
    "rubric_id",
    "judges_each",
    "finalists",
    "vote_share",
    "questions_each",
    "minutes",
    "is_sample",
)


class CompetitionPage(BasePage):
    """One competition: rules, who may enter, how it is judged. Windows are `Phase`, prizes `Prize`."""

    code = models.CharField(_("code"), max_length=20, unique=True, editable=False)  # CT-2026-01
    blueprint = models.CharField(_("kind"), max_length=8, choices=Blueprint.choices, editable=False)
    summary = models.TextField(_("summary"), max_length=400, blank=True)
    rules = StreamField([("article", RulesArticle())], verbose_name=_("rules"), blank=True)
    documents = StreamField(
        [("files", FilesBlock())], verbose_name=pgettext_lazy("competition", "documents"), blank=True
    )
    contact_name = models.CharField(_("who answers questions"), max_length=120, blank=True)
    contact_email = models.EmailField(_("e-mail for questions"), blank=True)
    contact_phone = models.CharField(_("telephone for questions"), max_length=40, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)

    # ---- who may enter
    who = models.CharField(_("who may enter"), max_length=9, choices=Who.choices, default=Who.EVERYBODY)
    min_age = models.PositiveSmallIntegerField(_("youngest age"), null=True, blank=True)
    max_age = models.PositiveSmallIntegerField(_("oldest age"), null=True, blank=True)
    ward_only = models.BooleanField(_("only people who live, study or work in the ward"), default=True)
    team_most = models.PositiveSmallIntegerField(_("people of one entry, at most"), default=1)

    # ---- what an entry is
    words_most = models.PositiveSmallIntegerField(_("words, at most"), default=0)  # 0: no text is asked for
    files_least = models.PositiveSmallIntegerField(_("files, at least"), default=0)
    files_most = models.PositiveSmallIntegerField(_("files, at most"), default=0)

    # ---- how it is judged
    rubric = models.ForeignKey(
        "competitions.EntryRubric",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("rubric"),
    )
    judges_each = models.PositiveSmallIntegerField(_("judges of one entry"), default=3)
    finalists = models.PositiveSmallIntegerField(_("entries in the final round"), default=0)
    vote_share = models.DecimalField(
        _("share of the public vote in the result (%)"), max_digits=5, decimal_places=2, default=0
    )
    questions_each = models.PositiveSmallIntegerField(_("questions of one quiz"), default=0)
    minutes = models.PositiveSmallIntegerField(_("minutes for the quiz"), default=0)
    is_sample = models.BooleanField(default=False, editable=False)

    objects = BasePage._default_manager.__class__.from_queryset(CompetitionQuerySet)()

    parent_page_types = ["competitions.CompetitionIndexPage"]
    subpage_types = []
    is_creatable = False  # made from a blueprint by an organiser (`competitions.blueprints.make`)
    template = "competitions/public/page.html"
    share_kind = "article"
    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("rules"),
        FieldPanel("documents"),
        MultiFieldPanel(
            [FieldPanel("contact_name"), FieldPanel("contact_email"), FieldPanel("contact_phone")],
            heading=_("Questions and answers"),
        ),
    ]

    class Meta:
        verbose_name = _("competition")
        verbose_name_plural = _("competitions")
        permissions = [("organise", "organise the competition")]

    def get_context(self, request, *args, **kwargs):
        from ..pages import competition_context

        return super().get_context(request, *args, **kwargs) | competition_context(self, request)

    def own_description(self):
        return self.summary

    def json_ld(self):
        from ..showing import event

        return event(self)

    def clean(self):
        super().clean()
        if self.slug in RESERVED_SLUGS:
            raise ValidationError({"slug": _("The portal itself uses this address. Choose another one.")})

    def save(self, *args, **kwargs):
        """Whichever way a page goes out, it ends here: nothing is published that lacks something."""
        from ..publishing import guard

        if self._state.adding or not self.live:
            return super().save(*args, **kwargs)
        with transaction.atomic():
            guard(self)
            return super().save(*args, **kwargs)

    def publish(self, revision, *args, **kwargs):
        from ..publishing import may_go_out

        if may_go_out(self, revision):
            super().publish(revision, *args, **kwargs)

    def with_content_json(self, content):
        page = super().with_content_json(content)
        for name in FACTS:
            setattr(page, name, getattr(self, name))
        return page

    @property
    def written_at(self):
        """Where its organisers work on it."""
        return f"/cuoc-thi/to-chuc/{self.code}/"

    @property
    def extensions(self):
        """What its page says about dates that moved (`competitions.extending.extensions`)."""
        from ..extending import extensions

        return extensions(self)

    @property
    def is_out(self):
        """Whether the public has read it: what was announced stays as it was announced."""
        return self.live or self.first_published_at is not None

    def standing(self, moment):
        """Where it stands at `moment`; reads `phases` (prefetch it for many)."""
        return phase_at([phase.window for phase in self.phases.all()], moment)

    def window(self, code):
        """The window of one phase, or None where this competition has no such phase."""
        return next((phase.window for phase in self.phases.all() if phase.code == code), None)


class OrganiserPermission(UserObjectPermissionBase):
    """guardian's direct foreign key: an organiser's own competition."""

    content_object = models.ForeignKey(CompetitionPage, on_delete=models.CASCADE)
