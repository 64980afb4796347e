"""A link of the crawler's ward: between a dossier with the council and one that was sent back."""

from ideas.models import Initiative
from ideas.similarity import links


def add_links(world):
    scored, sent_back = (
        Initiative.objects.get(code=world.labels[label]) for label in ("evaluating", "supplement")
    )
    note = "Nối hồ sơ riêng 5127"
    world.labels["link"] = links.make(scored, world.ward.thuky, sent_back, "continues", note).pk
