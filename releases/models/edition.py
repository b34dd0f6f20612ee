"""What the public reads: frozen, numbered, windowed. Nothing here leads back to a working copy but an id."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from releases.querysets import EditionQuerySet
from releases.states import CorrectionKind, Kind, WithdrawalKind

from .fields import MomentField, Record, language_field


class Address(Record):
    """A public address and the release that owns it for ever."""

    language = language_field()
    slug = models.CharField(_("address"), max_length=100)
    release = models.ForeignKey("releases.Release", on_delete=models.PROTECT, related_name="addresses")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["language", "slug"],
                name="address_one_owner",
                violation_error_message=_("This address has belonged to another release."),
            )
        ]

    def __str__(self):
        return f"/{self.language}/releases/{self.slug}/"


class Edition(Record):
    release = models.ForeignKey("releases.Release", on_delete=models.PROTECT, related_name="editions")
    translation_group = models.BigIntegerField()
    number = models.PositiveIntegerField(_("edition"))
    language = language_field()
    slug = models.CharField(_("address"), max_length=100)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    headline = models.CharField(_("headline"), max_length=300)
    card = models.JSONField()
    document = models.JSONField()
    corrections = models.JSONField(default=list)
    digest = models.CharField(max_length=64)
    live_from = MomentField(_("public from"))
    live_until = MomentField(_("public until"), null=True)
    first_public_at = MomentField(_("first public"))
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    approved_at = MomentField(_("approved"))
    forced_reason = models.TextField(blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["release_id", "-number"]
        indexes = [
            models.Index(fields=["language", "-first_public_at", "-id"], name="edition_newest"),
            models.Index(fields=["language", "kind", "-first_public_at", "-id"], name="edition_newest_of_kind"),
            models.Index(fields=["language", "slug"], name="edition_address"),
            models.Index(fields=["translation_group"], name="edition_group"),
            models.Index(fields=["live_from"], name="edition_live_from"),
            models.Index(fields=["live_until"], name="edition_live_until"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["release", "number"], name="edition_number"),
            models.UniqueConstraint(fields=["release"], condition=Q(live_until=None), name="edition_one_open_ended"),
            models.CheckConstraint(
                condition=Q(live_until=None) | Q(live_until__gt=F("live_from")), name="edition_window_in_order"
            ),
            models.CheckConstraint(condition=Q(first_public_at__lte=F("live_from")), name="edition_first_comes_first"),
            models.CheckConstraint(condition=Q(number__gte=1), name="edition_number_from_one"),
        ]

    def __str__(self):
        return _("Edition %(number)s of %(headline)s") % {"number": self.number, "headline": self.headline}


class Correction(Record):
    """The public note that tells what an edition put right."""

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="correction")
    kind = models.CharField(_("kind"), max_length=13, choices=CorrectionKind)
    note = models.TextField(_("what was wrong and what is right"))
    at = MomentField(_("public since"))
    language = language_field()
    shows_previous = models.BooleanField(_("the earlier edition stays readable"), default=True)

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["language", "-at", "-id"], name="correction_newest")]

    def __str__(self):
        return self.note


class Withdrawal(Record):
    """Why an edition was taken back; its address answers with this."""

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="withdrawal")
    kind = models.CharField(_("kind"), max_length=8, choices=WithdrawalKind, default=WithdrawalKind.GONE)
    reason = models.TextField(_("reason"))
    at = MomentField(_("withdrawn"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    replaced_by = models.ForeignKey("releases.Release", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=WithdrawalKind.GONE, replaced_by=None)
                | Q(kind=WithdrawalKind.REPLACED, replaced_by__isnull=False),
                name="withdrawal_replacement",
            )
        ]

    def __str__(self):
        return self.reason


class Facet(models.Model):
    """One thing an edition is about, with the edition's place in lists beside it: filters walk one index."""

    id = models.BigAutoField(primary_key=True)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="%(class)s_facets")
    language = language_field()
    first_public_at = MomentField()

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self._meta.verbose_name}: {self.edition_id}"


def facet_meta(target: str) -> dict:
    """Constraint and indexes of the facet table that points to `target`."""
    return {
        "constraints": [models.UniqueConstraint(fields=["edition", target], name=f"edition{target}_once")],
        "indexes": [
            models.Index(fields=[target, "language", "-first_public_at", "-edition"], name=f"edition{target}_newest")
        ],
    }


class EditionLocation(Facet):
    """An edition and a place, or one of the places around it."""

    location = models.ForeignKey("releases.Location", on_delete=models.CASCADE, related_name="edition_facets")
    direct = models.BooleanField(default=True)

    class Meta:
        constraints, indexes = facet_meta("location").values()


class EditionEvent(Facet):
    event = models.ForeignKey("releases.Event", on_delete=models.CASCADE, related_name="edition_facets")

    class Meta:
        constraints, indexes = facet_meta("event").values()


class EditionSpokesperson(Facet):
    spokesperson = models.ForeignKey("releases.Spokesperson", on_delete=models.CASCADE, related_name="edition_facets")

    class Meta:
        constraints, indexes = facet_meta("spokesperson").values()


class EditionTag(Facet):
    tag = models.ForeignKey("releases.Tag", on_delete=models.CASCADE, related_name="edition_facets")

    class Meta:
        constraints, indexes = facet_meta("tag").values()


class EditionFile(models.Model):
    """A stored file that an edition shows: it is public exactly while such an edition is."""

    id = models.BigAutoField(primary_key=True)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="files")
    path = models.CharField(max_length=300)

    class Meta:
        indexes = [models.Index(fields=["path"], name="editionfile_path")]
        constraints = [models.UniqueConstraint(fields=["edition", "path"], name="editionfile_once")]

    def __str__(self):
        return self.path
