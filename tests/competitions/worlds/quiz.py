"""A quiz that is being sat by `nguoikhac`, and one whose bank is still open; both organised by `tochuc`."""

from django.utils import timezone

from competitions.models import Question
from competitions.quiz import sitting
from tests.competitions import builders, quiz_builders

# What must not leak, and who may meet it anywhere at all.
SECRETS = {
    "why an answer of a running quiz is right": ("Giải thích kín 5521", ("organiser",)),
    "question of a quiz that is not out": ("Câu hỏi kín 5522", ("organiser",)),
}


def add(world):
    ward, now = world.ward, timezone.now()
    running = quiz_builders.quiz(now, organiser=ward.tochuc, slug="do-vui", title="Tìm hiểu chuyển đổi số")
    Question.objects.filter(competition=running).update(explanation="Giải thích kín 5521")
    person = builders.participant(user=ward.nguoikhac, full_name="Người Khác")
    entry = quiz_builders.draft(running, person)
    sitting.start(entry, quiz_builders.actor(entry), now)
    hidden = quiz_builders.quiz(now, organiser=ward.tochuc, slug="do-vui-moi", title="Đố vui mới", live=False)
    Question.objects.filter(competition=hidden).update(text="Câu hỏi kín 5522")
    world.labels |= {
        "quiz": running.code,
        "quiz_slug": running.slug,
        "quiz_question": running.questions.first().pk,
        "quiz_hidden": hidden.code,
        "quiz_hidden_slug": hidden.slug,
        "quiz_hidden_question": hidden.questions.first().pk,
    }
