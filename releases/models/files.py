"""Pictures and attachments of a working copy. Stored bytes are never overwritten: editions go on using them."""

import secrets
from pathlib import PurePosixPath

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from releases import text

from .fields import LineField, Ordered


def unguessable_path(instance, filename: str) -> str:
    """`files/<32 random hex>/<safe name>`: the name says what it is, the folder cannot be guessed."""
    path = PurePosixPath(filename)
    return f"files/{secrets.token_hex(16)}/{text.slugify(path.stem) or 'file'}{path.suffix.lower()[:6]}"


class Photo(Ordered):
    release = models.ForeignKey("releases.Release", on_delete=models.CASCADE, related_name="photos")
    file = models.ImageField(_("picture"), upload_to=unguessable_path)
    alt_text = LineField(
        _("alternative text"),
        max_length=300,
        blank=True,
        help_text=_("What the picture shows, for those who cannot see it."),
    )
    caption = models.TextField(_("caption"), blank=True, help_text=_("Who, what, where, when."))
    credit = LineField(_("credit"), max_length=200, blank=True, help_text=_("Photographer and organisation."))
    focal_x = models.FloatField(
        _("focal point across"), default=0.5, validators=[MinValueValidator(0), MaxValueValidator(1)]
    )
    focal_y = models.FloatField(
        _("focal point down"), default=0.5, validators=[MinValueValidator(0), MaxValueValidator(1)]
    )
    is_lead = models.BooleanField(_("lead picture"), default=False)
    width = models.PositiveIntegerField(null=True, editable=False)
    height = models.PositiveIntegerField(null=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    consent_reference = LineField(
        _("consent"), max_length=200, blank=True, help_text=_("Where the consent of the people shown is filed.")
    )
    consent_expires = models.DateField(_("consent ends"), null=True, blank=True)

    class Meta(Ordered.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        constraints = [
            *Ordered.Meta.constraints,
            models.UniqueConstraint(
                fields=["release"],
                condition=models.Q(is_lead=True),
                name="photo_one_lead",
                violation_error_message=_("Only one picture can lead."),
            ),
        ]

    def __str__(self):
        return self.alt_text or self.file.name


class Attachment(Ordered):
    release = models.ForeignKey("releases.Release", on_delete=models.CASCADE, related_name="attachments")
    file = models.FileField(_("file"), upload_to=unguessable_path)
    title = LineField(_("title"), max_length=200)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    size = models.PositiveBigIntegerField(default=0, editable=False)
    media_type = models.CharField(max_length=100, blank=True, editable=False)

    class Meta(Ordered.Meta):
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    def __str__(self):
        return self.title
