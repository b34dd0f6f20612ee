"""Names per language, as rows: a new language needs no migration, and every name can be found and sorted."""

from itertools import chain, count, islice

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from releases import text

from .fields import FoldedField, LineField, Record, SortKeyField, language_field


class Name(Record):
    """What something is called in one language; an alias is found but never shown."""

    language = language_field()
    text = LineField(_("name"), max_length=200)
    is_alias = models.BooleanField(
        _("also known as"), default=False, help_text=_("Found by search and recognised on import, but never shown.")
    )
    folded = FoldedField(source="text")
    sort_key = SortKeyField()

    owner = None  # the attribute of the thing that is named

    class Meta:
        abstract = True
        ordering = ["is_alias", "language", "sort_key"]

    def __str__(self):
        return self.text


def name_promises(model: str, owner: str) -> list:
    """Constraints and the reason an editor reads: one shown name per language, and no value separator inside."""
    return [
        models.UniqueConstraint(
            fields=[owner, "language"],
            condition=models.Q(is_alias=False),
            name=f"{model}_one_per_language",
            violation_error_message=_("There is already a name in this language. Mark the other one “also known as”."),
        ),
        models.CheckConstraint(
            condition=~models.Q(text__contains="|") & ~models.Q(text=""),
            name=f"{model}_without_separator",
            violation_error_message=_("A name cannot be empty or contain “|”: it separates names in tables."),
        ),
    ]


def name_indexes(model: str, owner: str) -> list:
    return [
        models.Index(fields=["folded"], name=f"{model}_folded"),
        models.Index(fields=["language", "sort_key", owner], name=f"{model}_sorted"),
    ]


class Named(Record):
    """A thing with names per language and one permanent address word for all of them."""

    slug = models.SlugField(
        _("address"),
        max_length=100,
        unique=True,
        allow_unicode=True,
        help_text=_("The last part of its web address, the same in every language. It cannot be changed later."),
    )

    class Meta:
        abstract = True

    def __str__(self):
        return self.name_in("")

    def name_row(self, language: str):
        """The name for readers of `language`: theirs, else the site's usual language, else any; None if nameless."""
        shown = {name.language: name for name in self.names.all() if not name.is_alias}
        return shown_in(shown, language)

    def name_in(self, language: str) -> str:
        row = self.name_row(language)
        return row.text if row else self.slug


def shown_in(shown: dict, language: str):
    """What readers of `language` are shown of {language: name}: theirs, the site's usual one, else any; or None."""
    return shown.get(language) or shown.get(settings.LANGUAGE_CODE) or next(iter(shown.values()), None)


def free_slug(wanted: str, *takers, language: str = "en") -> str:
    """A slug from the words `wanted` that no row of the querysets `takers` has: `ankara`, `ankara-2`, `ankara-3` …"""
    stem = text.slugify(wanted, language) or "item"
    numbered = chain([stem], (f"{stem}-{number}" for number in count(2)))
    while True:
        tried = list(islice(numbered, 10))
        taken = {slug for rows in takers for slug in rows.filter(slug__in=tried).values_list("slug", flat=True)}
        if free := [slug for slug in tried if slug not in taken]:
            return free[0]
