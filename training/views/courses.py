"""The catalogue, for the training officer."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from people.access import require_role
from people.kept_post import keep_post
from people.roles import Role

from .. import editing
from ..catalogue import counting_of_all
from ..forms.courses import CourseForm
from ..models import TOPICS, Course, Requirement
from .found import crumbs, typed

PAGE_SIZE = 30
officers_only = require_role(Role.TRAINING_OFFICER)


@require_safe
@never_cache
@officers_only
def course_list(request):
    rows = Course.objects.annotate(held=Count("sessions")).order_by("-is_active", "code")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    counting = counting_of_all()
    names = dict(Requirement.objects.values_list("code", "name"))
    lines = [
        {
            "course": course,
            "topics": [TOPICS[number] for number in course.topics if number in TOPICS],
            "requirements": [names[code] for code in counting.get(course.pk, ([], []))[0]],
            "years": counting.get(course.pk, ([], []))[1],
        }
        for course in page
    ]
    context = {"page_obj": page, "lines": lines, "crumbs": crumbs(None, _("Courses"))}
    return render(request, "training/course/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@keep_post
@officers_only
def create(request):
    return _form(request, Course(), _("New course"))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@keep_post
@officers_only
def change(request, code):
    return _form(request, get_object_or_404(Course, code=code), _("Change the course"))


def _form(request, course, title):
    code = course.code
    form = CourseForm(typed(request), instance=course)
    if request.method == "POST" and form.is_valid():
        saved = editing.save_course(
            form.save(commit=False), form.cleaned_data["requirements"], form.cleaned_data["years"]
        )
        messages.success(request, _("Course %(code)s is saved.") % {"code": saved.code})
        return redirect("training:courses")
    context = {"form": form, "code": code, "title": title, "crumbs": crumbs(None, _("Courses"), title)}
    return render(request, "training/course/form.html", context, status=422 if form.errors else 200)
