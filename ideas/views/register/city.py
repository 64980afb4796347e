"""What goes to the city: choosing, the submission paper, the package."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ideas.models import CityPackage, CitySending, Initiative, Round
from ideas.moves import Refused
from ideas.papers.showing import Shown, words
from ideas.register import city
from ideas.register.lines import Lines
from ideas.register.package import may_take, take_package
from ideas.register.reading import received, require_reader
from ideas.views.papers.handing import hand_out_offer, hand_out_signed, registering
from people.kept_post import keep_post

from .handing import hand_out_file

PAGE = "/sang-kien/so-theo-doi/thanh-pho/"


@never_cache
@require_safe
@keep_post
def to_city(request):
    """One round: what may go and what was chosen, its batches with their papers, who took packages."""
    require_reader(request.user)
    rounds = list(city.rounds())
    asked = request.GET.get("dot", "")
    chosen = next((one for one in rounds if city.address_of(one) == asked), rounds[0] if rounds else None)
    context = {
        "rounds": [(city.address_of(one), one, one == chosen) for one in rounds],
        "round": chosen,
        "crumbs": _crumbs(),
    }
    if chosen is not None:
        context |= _round(request.user, chosen)
    return render(request, "ideas/register/city.html", context)


def _round(user, round_):
    batches = city.batches(round_)
    closed = {code for batch in batches if not batch.is_open for code in batch.codes}
    sendings = dict(CitySending.objects.filter(round=round_).values_list("initiative__code", "batch"))
    lines = Lines(user).of(city.eligible(round_))
    mine = city.may_be_chosen_by(user, [line.code for line in lines])
    return {
        "lines": [(line, sendings.get(line.code), line.code in closed, line.code in mine) for line in lines],
        "mark": round_.rubric.rubric.city_mark,
        "batches": [_batch(user, batch, {line.code for line in lines}) for batch in batches],
        "packages": CityPackage.objects.filter(round=round_)[:20],
    }


def _batch(user, batch, eligible):
    answer = may_take(user, batch)
    return {
        "batch": batch,
        "left_behind": [code for code in batch.codes if code not in eligible],
        "papers": [Shown.of(city.submission_offer(user, batch))],
        "may_take": answer.allowed,
        "why": words(answer),
    }


@require_POST
@never_cache
@keep_post(page=lambda request, code: PAGE)
def choose(request, code):
    return _chosen(request, code, city.choose, _("%(code)s is chosen for the city."))


@require_POST
@never_cache
@keep_post(page=lambda request, code: PAGE)
def take_out(request, code):
    return _chosen(request, code, city.take_out, _("%(code)s is no longer chosen for the city."))


def _chosen(request, code, act, done):
    require_reader(request.user)
    initiative = Initiative.objects.filter(pk__in=received().order_by().values("pk"), code=code)
    round_ = initiative.values_list("round__year", "round__number").first()
    if round_ is None:
        raise Http404
    try:
        act(request.user, code)
    except Refused as refused:
        raise PermissionDenied(words(refused.answer)) from refused
    messages.success(request, done % {"code": code})
    return redirect(f"{PAGE}?dot={round_[0]}-{round_[1]}#{code}")


@never_cache
@require_safe
@keep_post
def submission(request, dot, batch, face):
    """The submission paper as Word or PDF."""
    return hand_out_offer(_offer(request, dot, batch), face)


@never_cache
@require_safe
@keep_post
def submission_signed(request, dot, batch):
    return hand_out_signed(_offer(request, dot, batch))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@keep_post
def submission_register(request, dot, batch):
    """Number, date and signed file of the submission paper: they close its batch."""
    found = _found(request, dot, batch)
    offer = city.submission_offer(request.user, found)

    def register(**typed):
        return city.register_submission(request.user, found.round, found.number, **typed)

    back = f"{PAGE}?dot={dot}#lan-{batch}"
    return registering(request, offer, register=register, crumbs=_crumbs(offer.kind.label), back=back)


@require_POST
@never_cache
@keep_post(page=lambda request, dot, batch: PAGE)
def package(request, dot, batch):
    """The package as a ZIP, with a line in the log of who took it."""
    found = _found(request, dot, batch)
    try:
        file = take_package(request.user, found)
    except Refused as refused:
        raise PermissionDenied(words(refused.answer)) from refused
    return hand_out_file(file, f"sang-kien-gui-thanh-pho-{dot}-{batch}.zip", "application/zip")


def _offer(request, dot, batch):
    return city.submission_offer(request.user, _found(request, dot, batch))


def _found(request, dot, number):
    """The batch an address names; 404 where nothing was chosen for it."""
    require_reader(request.user)
    year, _dash, of_year = dot.partition("-")
    if not (year.isascii() and year.isdigit() and of_year.isascii() and of_year.isdigit() and len(dot) < 10):
        raise Http404
    round_ = Round.objects.select_related("rubric").filter(year=int(year), number=int(of_year)).first()
    batch = city.batch_of(round_, number) if round_ else None
    if batch is None:
        raise Http404
    return batch


def _crumbs(*here):
    way = [(_("Initiatives"), "/sang-kien/"), (_("Register"), "/sang-kien/so-theo-doi/")]
    if not here:
        return [*way, (_("To the city"), "")]
    return [*way, (_("To the city"), PAGE), *((label, "") for label in here)]
