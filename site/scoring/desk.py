"""The pages of one sheet: filled in, kept while typed, sent once, given up. An app says with a `Desk` whose
sheet it is and what stands beside it; its views call the functions of its desk."""

from abc import ABC, abstractmethod

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from .forms import ReasonForm, SheetForm
from .models import SheetState
from .saving import SheetChanged
from .standing import shown, standing, standing_words


class Desk(ABC):
    """What an app says about its sheets. Templates extend those of templates/scoring; the addresses below a
    sheet are `luu/`, `gui/` and `khong-cham/`, after its own."""

    refused: type[Exception]  # raised by `save`, `submit` and `recuse`; has `.answer`
    list_url: str  # name of the address of all one's sheets
    sheet_template: str
    send_template: str
    read_template: str
    recuse_template: str
    recusal_help = ""
    comment_help = None  # None: as the form says it

    # ---- what differs

    @abstractmethod
    def find(self, user, pk):
        """The sheet with its points, where this person fills it or may read it; Http404 for any other."""

    @abstractmethod
    def rubric(self, sheet):
        """The `scoring.rubric.Rubric` it is filled in under."""

    @abstractmethod
    def code(self, sheet):
        """What messages call the judged thing."""

    @abstractmethod
    def may(self, user, sheet):
        """An answer with `allowed`, `reason` and `until`: may this person write in it now?"""

    @abstractmethod
    def may_read(self, user, sheet):
        """Whether the person may read it as it stands."""

    @abstractmethod
    def sentence(self, answer):
        """The words of an answer's reason."""

    @abstractmethod
    def save(self, user, sheet, points, comment, **more):
        """Keeps a draft. Raises `refused` and `SheetChanged`."""

    @abstractmethod
    def submit(self, user, sheet, points, comment, **more):
        """Sends a complete sheet. Raises `refused` and `SheetChanged`."""

    @abstractmethod
    def recuse(self, user, sheet, reason):
        """Notes that the person stands aside. Raises `refused`."""

    @abstractmethod
    def about(self, user, sheet):
        """What the templates show beside sheet and form."""

    @abstractmethod
    def progress(self, user):
        """(sent, all) of the person's sheets."""

    def may_stand_aside(self, user, sheet):
        """As `may`, for giving the sheet up."""
        return self.may(user, sheet)

    # ---- filling in

    def fill(self, request, pk):
        """The sheet beside what it judges; sent or closed ones are read. POST keeps it, `act=send` asks to
        send."""
        found = self.find(request.user, pk)
        if request.method == "POST":
            self._require(request.user, found)
            return self._keep(request, found)
        answer = self.may(request.user, found)
        if not answer.allowed:
            return self.read(request, found, answer)
        if request.kept_post:
            form = self._form(found, request.kept_post)
            return self._page(request, found, form, base_version=_base_version(request.kept_post))
        return self._page(request, found, self._form(found))

    def _require(self, user, sheet, ask=None):
        answer = (ask or self.may)(user, sheet)
        if not answer.allowed:
            raise PermissionDenied(self.sentence(answer))

    def _form(self, sheet, data=None, *, final=False):
        form = SheetForm(
            self.rubric(sheet),
            data,
            points={point.criterion: point.points for point in sheet.points.all()},
            comments={point.criterion: point.comment for point in sheet.points.all()},
            comment=sheet.comment,
            final=final,
        )
        if self.comment_help is not None:
            form.fields["comment"].help_text = self.comment_help
        return form

    def _keep(self, request, sheet):
        """Keeps what can be kept; what cannot is marked by its field and stays as it was typed."""
        sending = request.POST.get("act") == "send"
        form = self._form(sheet, request.POST)
        form.is_valid()
        try:
            kept = self._save(request, sheet, form)
        except SheetChanged as changed:
            return self._show_conflict(request, changed.sheet)
        except self.refused as refused:
            raise PermissionDenied(self.sentence(refused.answer)) from refused
        final = self._form(kept, request.POST, final=sending)
        if not final.is_valid():
            fresh = self.find(request.user, sheet.pk)
            return self._page(request, fresh, final, status=422, sending=sending)
        if sending:
            return redirect(f"{sheet.get_absolute_url()}gui/")
        words = _("%(code)s: sheet saved at %(time)s.")
        messages.success(request, words % {"code": self.code(sheet), "time": _hour(kept)})
        return redirect(self.list_url)

    def _save(self, request, sheet, form):
        return self.save(
            request.user,
            sheet,
            form.points,
            form.cleaned_data.get("comment", sheet.comment),
            comments=form.comments,
            base_version=_base_version(request.POST),
        )

    def _show_conflict(self, request, kept):
        """Both versions: what was typed here stands in the form, what is kept beside it. Saving again
        decides."""
        kept = self.find(request.user, kept.pk)
        form = self._form(kept, request.POST)
        form.is_valid()
        return self._page(request, kept, form, status=409, differences=self._differences(form, kept))

    def _differences(self, form, kept):
        """[(label, kept text)] of the fields where this window differs from what is kept."""
        saved = self._form(kept)
        pairs = [(field, saved[field.name].value()) for field in form]
        return [
            (field.label, value if value not in (None, "") else _("empty"))
            for field, value in pairs
            if str(field.value() or "").strip() != str(value or "").strip()
        ]

    def _page(self, request, sheet, form, *, status=200, base_version=None, sending=False, differences=None):
        done, total = self.progress(request.user)
        context = self._context(request.user, sheet) | {
            "form": form,
            "groups": form.rows(),
            "edit_version": sheet.edit_version if base_version is None else base_version,
            "due": self.may(request.user, sheet).until,
            "place": min(done + 1, total),
            "total": total,
            "sending": sending,
            "differences": differences,
            "kept": bool(request.method == "GET" and form.is_bound),
        }
        return render(request, self.sheet_template, context, status=status)

    def _context(self, user, sheet):
        shared = {
            "sheet": sheet,
            "code": self.code(sheet),
            "list_url": self.list_url,
            "standing": standing(sheet, self.rubric(sheet)),
        }
        return shared | self.about(user, sheet)

    def autosave(self, request, pk):
        """Keeps a draft while it is typed: JSON with the time, the version, and errors by field."""
        if not request.user.is_authenticated:
            words = _(
                "The session has ended. Press “Save, go on later” to sign in again; nothing typed is lost."
            )
            return JsonResponse({"message": words}, status=401)
        found = self.find(request.user, pk)
        answer = self.may(request.user, found)
        if not answer.allowed:
            return JsonResponse({"message": self.sentence(answer)}, status=403)
        form = self._form(found, request.POST)
        form.is_valid()
        try:
            self._save(request, found, form)
        except SheetChanged as changed:
            words = _(
                "This sheet was saved in another window at %(time)s. What is typed here is not saved. "
                "Press “Save, go on later” to see both and choose."
            )
            return JsonResponse({"message": words % {"time": _hour(changed.sheet)}}, status=409)
        except self.refused as refused:
            return JsonResponse({"message": self.sentence(refused.answer)}, status=403)
        return JsonResponse(self._saved(self.find(request.user, pk), form))

    def _saved(self, kept, form):
        now = standing(kept, self.rubric(kept))
        return {
            "saved": _("Saved at %(time)s") % {"time": _hour(kept)},
            "version": kept.edit_version,
            "errors": {name: [str(e) for e in errors] for name, errors in form.errors.items()},
            "standing": now,
            "words": standing_words(now),
        }

    # ---- sending

    def send(self, request, pk):
        """Asks before it sends: afterwards its member only reads it."""
        found = self.find(request.user, pk)
        if found.state == SheetState.SUBMITTED and self.may(request.user, found).reason != "not_your_sheet":
            return redirect(found.get_absolute_url())  # sent already: a second press does nothing
        self._require(request.user, found)
        form = self._complete(found)
        if form is None:
            return redirect(found.get_absolute_url())
        if request.method == "POST":
            return self._send(request, found, form)
        context = self._context(request.user, found) | {"rows": shown(found, self.rubric(found))}
        return render(request, self.send_template, context)

    def _complete(self, sheet):
        """The kept sheet as a final form, or None where something is missing."""
        kept = self._form(sheet)
        typed = {name: _as_typed(kept[name]) for name in kept.fields}
        form = self._form(sheet, typed, final=True)
        return form if form.is_valid() else None

    def _send(self, request, sheet, form):
        try:
            self.submit(
                request.user,
                sheet,
                form.points,
                form.cleaned_data["comment"],
                comments=form.comments,
                base_version=_base_version(request.POST),
            )
        except SheetChanged:
            messages.warning(
                request, _("The sheet was changed in another window meanwhile. Look at it and send it again.")
            )
            return redirect(sheet.get_absolute_url())
        except self.refused as refused:
            if refused.answer.reason == "sheet_already_sent":
                return redirect(sheet.get_absolute_url())
            raise PermissionDenied(self.sentence(refused.answer)) from refused
        messages.success(request, _("%(code)s: sheet sent.") % {"code": self.code(sheet)})
        return redirect(self.list_url)

    # ---- standing aside

    def stand_aside(self, request, pk):
        """A member declares what connects them with what they are to judge."""
        found = self.find(request.user, pk)
        self._require(request.user, found, self.may_stand_aside)
        form = ReasonForm(request.POST or request.kept_post or None, help_text=self.recusal_help)
        if request.method == "POST" and form.is_valid():
            try:
                self.recuse(request.user, found, form.cleaned_data["reason"])
            except self.refused as refused:
                raise PermissionDenied(self.sentence(refused.answer)) from refused
            messages.success(request, _("%(code)s: noted that you stand aside.") % {"code": self.code(found)})
            return redirect(self.list_url)
        context = self._context(request.user, found) | {"form": form}
        return render(request, self.recuse_template, context, status=422 if form.errors else 200)

    # ---- reading

    def read(self, request, sheet, answer):
        """A sheet nobody writes in now: one's own at any time, others' as the app lets them be read. An app
        that asks something else first draws its own page where `answer` says so."""
        if not self.may_read(request.user, sheet):
            raise PermissionDenied(self.sentence(answer))
        own = answer.reason != "not_your_sheet"
        context = self._context(request.user, sheet) | {
            "own": own,
            "why": self.sentence(answer) if own and not answer.allowed else "",
            "rows": shown(sheet, self.rubric(sheet)),
        }
        return render(request, self.read_template, context)


def _base_version(data):
    text = data.get("edit_version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def _as_typed(field):
    value = field.value()
    return "" if value is None else str(value)


def _hour(sheet):
    return time_format(timezone.localtime(sheet.updated_at), "H:i")
