"""Places, in a tree: Western Türkiye contains Çeşme."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from releases.querysets import LocationQuerySet
from releases.states import PlaceKind

from .names import Name, Named, name_indexes, name_promises

DEEPEST = 12  # more levels than any gazetteer has; also the bound of every walk up the tree


class Location(Named):
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("lies in"),
        help_text=_("The region, province or country around it. Whoever looks there finds this place too."),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=PlaceKind, default=PlaceKind.CITY)
    country_code = models.CharField(
        _("country code"),
        max_length=2,
        blank=True,
        validators=[RegexValidator(r"^[A-Z]{2}$", _("Two capital letters, such as TR or GR."))],
        help_text=_("Two letters, such as TR."),
    )
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    tell_region = models.BooleanField(
        _("tell the region"),
        default=False,
        help_text=_("Datelines say “Çeşme, Western Türkiye”. Leave off for places everybody knows."),
    )

    objects = LocationQuerySet.as_manager()

    class Meta:
        verbose_name = _("location")
        verbose_name_plural = _("locations")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(parent=None) | ~models.Q(parent=models.F("id")),
                name="location_not_in_itself",
                violation_error_message=_("A place cannot lie in itself."),
            ),
            models.CheckConstraint(
                condition=models.Q(latitude=None, longitude=None)
                | models.Q(latitude__isnull=False, longitude__isnull=False),
                name="location_both_coordinates",
                violation_error_message=_("Give both latitude and longitude, or neither."),
            ),
        ]

    def ancestors(self) -> list["Location"]:
        """The places around this one, nearest first."""
        found, place = [], self
        while place.parent_id and len(found) < DEEPEST:
            place = place.parent
            found.append(place)
        return found

    def region_in(self, language: str) -> str:
        """The name of the place around it where datelines tell it, else nothing."""
        return self.parent.name_in(language) if self.tell_region and self.parent_id else ""

    def clean(self):
        if self.parent_id and self.pk in [place.pk for place in [self.parent, *self.parent.ancestors()]]:
            raise ValidationError({"parent": _("A place cannot lie in a place that lies in it.")})


class LocationName(Name):
    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="names")
    owner = "location"

    class Meta(Name.Meta):
        verbose_name = _("name of a location")
        verbose_name_plural = _("names")
        constraints = name_promises("locationname", "location")
        indexes = name_indexes("locationname", "location")
