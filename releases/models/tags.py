"""Tags: one per word, however its letters are written."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.models import TagBase

from releases import text
from releases.querysets import TagQuerySet

from .fields import FoldedField, LineField, random_id


class Tag(TagBase):
    """A topic; İstanbul and istanbul are the same one."""

    id = models.BigIntegerField(primary_key=True, default=random_id, editable=False)
    name = LineField(_("name"), max_length=100, unique=True)
    folded = FoldedField(source="name", unique=True, max_length=120)

    objects = TagQuerySet.as_manager()

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["folded"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(name__contains="|") & ~models.Q(name__contains=",") & ~models.Q(name=""),
                name="tag_without_separator",
                violation_error_message=_("A tag cannot contain “|” or a comma: they separate tags."),
            )
        ]

    def slugify(self, tag, i=None):
        stem = text.slugify(tag) or "tag"
        return stem if i is None else f"{stem}-{i}"
