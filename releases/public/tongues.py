"""Languages: what each calls itself, and the releases that are to be read only in others."""

from dataclasses import dataclass

from django.conf.locale import LANG_INFO
from django.db.models import Exists, OuterRef

from releases import text
from releases.models.edition import Edition

from . import cards

LOOKED_AT = 12  # of the newest releases of each other language


def autonym(language: str) -> str:
    """What a language calls itself."""
    known = LANG_INFO.get(language) or LANG_INFO.get(text.base(language)) or {}
    return known.get("name_local", language).capitalize() if text.base(language) != "ar" else "العربية"


@dataclass(frozen=True)
class Foreign(cards.Card):
    """A release in a list of another language."""

    @property
    def tongue(self) -> str:
        return autonym(self.language)

    @property
    def direction(self) -> str:
        return text.direction(self.language)


def elsewhere(request, language: str, limit: int) -> list[Foreign]:
    """The newest releases that nobody has translated into `language`: one query, however large the archive."""
    here = Edition.objects.live(request.at).filter(translation_group=OuterRef("translation_group"), language=language)
    others = [
        Edition.objects.filter(pk__in=Edition.objects.listed(request.at, other).values("pk")[:LOOKED_AT])
        .annotate(is_here=Exists(here))
        .order_by()
        .values_list("is_here", "translation_group", "language", *cards.COLUMNS)
        for other in request.newsroom.languages
        if other != language
    ]
    rows = others[0].union(*others[1:], all=True) if others else []
    found = {}  # one of each release: in the first of the newsroom's languages that has it
    for is_here, group, *row in sorted(rows, key=lambda row: request.newsroom.languages.index(row[2])):
        if not is_here:
            found.setdefault(group, Foreign(*row))
    return sorted(found.values(), key=lambda card: (card.published, card.id), reverse=True)[:limit]
