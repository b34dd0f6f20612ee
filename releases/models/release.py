"""The working copy: what staff edit and nobody outside ever reads."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from taggit.managers import TaggableManager
from taggit.models import ItemBase

from releases.querysets import ReleaseQuerySet
from releases.states import Kind, State

from .fields import LineField, MarkupField, MomentField, Ordered, Record, ZoneField, language_field
from .tags import Tag

PERMISSIONS = [
    ("submit_release", _("Can submit a release for review")),
    ("send_back_release", _("Can send a release back to its author")),
    ("approve_release", _("Can approve a release for publication")),
    ("reschedule_release", _("Can move the hour of an approved release")),
    ("call_off_release", _("Can call off a scheduled release")),
    ("correct_release", _("Can publish a correction")),
    ("withdraw_release", _("Can withdraw a live release")),
    ("restore_release", _("Can restore an earlier revision")),
    ("translate_release", _("Can start a translation")),
    ("force_release", _("Can approve what they submitted themselves, with a reason")),
    ("import_release", _("Can import releases")),
    ("export_release", _("Can export releases")),
]


class TaggedRelease(ItemBase):
    content_object = models.ForeignKey("releases.Release", on_delete=models.CASCADE, related_name="tagged")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="tagged_releases")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="release_tag_once")]


class Release(Record):
    translation_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="translations",
        verbose_name=_("translation of"),
        help_text=_("The release this one says in another language."),
    )
    language = language_field(default="en")
    kind = models.CharField(_("kind"), max_length=16, choices=Kind, default=Kind.PRESS_RELEASE)
    headline = LineField(_("headline"), max_length=300, help_text=_("About ten words that a journalist could print."))
    slug = models.CharField(
        _("address"),
        max_length=100,
        blank=True,
        validators=[RegexValidator(r"^[\w-]+$", _("Letters, digits and hyphens only."))],
        help_text=_("The last part of the web address. Left empty, it is made from the headline."),
    )
    summary = models.TextField(
        _("summary"),
        blank=True,
        max_length=1000,
        help_text=_("One or two sentences under the headline, also in lists."),
    )
    dateline_raw = models.CharField(
        _("dateline as it came"),
        max_length=300,
        blank=True,
        help_text=_("Kept from an import. Readers see the dateline made from the locations."),
    )
    body = MarkupField(_("body"), blank=True, help_text=_("Start with who, what, where, when and why."))
    notes_to_editors = MarkupField(
        _("notes to editors"), blank=True, help_text=_("Background, figures and practical notes for journalists.")
    )
    release_at = MomentField(
        _("release moment"),
        null=True,
        blank=True,
        help_text=_("The instant the world may read it. Left empty, it goes out when it is approved."),
    )
    time_zone = ZoneField(
        _("time zone"), default="Europe/Istanbul", help_text=_("The zone the release moment is told in.")
    )

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT, editable=False)
    version = models.PositiveIntegerField(_("version"), default=0, editable=False)
    pinned_digest = models.CharField(max_length=64, blank=True, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    submitted_at = MomentField(null=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    created_at = MomentField(_("written"), default=timezone.now, editable=False)
    updated_at = MomentField(_("last change"), default=timezone.now, editable=False)

    source = LineField(_("source"), max_length=100, blank=True, help_text=_("Where an imported release came from."))
    source_id = LineField(_("number there"), max_length=200, blank=True)
    source_url = models.CharField(_("address there"), max_length=500, blank=True)

    tags = TaggableManager(through=TaggedRelease, blank=True, help_text=_("Topics, separated by commas."))
    locations = models.ManyToManyField("releases.Location", through="ReleaseLocation", related_name="+")
    events = models.ManyToManyField("releases.Event", through="ReleaseEvent", related_name="+")
    spokespersons = models.ManyToManyField("releases.Spokesperson", through="Quote", related_name="+")
    contacts = models.ManyToManyField("releases.Contact", through="ReleaseContact", related_name="+")
    boilerplates = models.ManyToManyField("releases.Boilerplate", through="ReleaseBoilerplate", related_name="+")

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["-updated_at", "-id"]
        permissions = PERMISSIONS
        indexes = [
            models.Index(fields=["-updated_at", "-id"], name="release_by_change"),
            models.Index(fields=["release_at", "id"], name="release_by_moment"),
            models.Index(fields=["state", "-updated_at", "-id"], name="release_by_state"),
            models.Index(fields=["language", "-updated_at", "-id"], name="release_by_language"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["language", "slug"],
                name="release_address",
                violation_error_message=_("Another release in this language has this address."),
            ),
            models.UniqueConstraint(
                fields=["source", "source_id", "language"],
                condition=~Q(source="") & ~Q(source_id=""),
                name="release_source_identity",
                violation_error_message=_("A release with this source and number is already here."),
            ),
            models.UniqueConstraint(
                fields=["translation_of", "language"],
                condition=Q(translation_of__isnull=False),
                name="release_one_translation",
                violation_error_message=_("There is already a translation into this language."),
            ),
            models.CheckConstraint(
                condition=Q(translation_of=None) | ~Q(translation_of=models.F("id")),
                name="release_not_own_translation",
                violation_error_message=_("A release cannot be its own translation."),
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="release_state_known"),
            models.CheckConstraint(condition=~Q(slug=""), name="release_has_address"),
            models.CheckConstraint(
                condition=~Q(headline=""), name="release_headline", violation_error_message=_("Write a headline.")
            ),
        ]

    def __str__(self):
        return self.headline

    @property
    def translation_group(self) -> int:
        """The id shared by all language versions: the source's own."""
        return self.translation_of_id or self.id

    def clean(self):
        source = Release.objects.filter(pk=self.translation_of_id).first() if self.translation_of_id else None
        if source and source.translation_of_id:
            raise ValidationError({"translation_of": _("Choose the original, not another translation.")})
        if source and source.language == self.language:
            raise ValidationError({"translation_of": _("The original is in the same language.")})


class ReleaseLocation(Ordered):
    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="places")
    location = models.ForeignKey(
        "releases.Location", on_delete=models.PROTECT, related_name="+", verbose_name=_("location")
    )
    in_dateline = models.BooleanField(
        _("in the dateline"),
        default=True,
        help_text=_("Off: the release is about this place but was not written there."),
    )

    class Meta(Ordered.Meta):
        verbose_name = _("location")
        verbose_name_plural = _("locations")
        constraints = [
            *Ordered.Meta.constraints,
            models.UniqueConstraint(fields=["release", "location"], name="releaselocation_once"),
        ]


class ReleaseEvent(Ordered):
    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="happenings")
    event = models.ForeignKey("releases.Event", on_delete=models.PROTECT, related_name="+", verbose_name=_("event"))

    class Meta(Ordered.Meta):
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            *Ordered.Meta.constraints,
            models.UniqueConstraint(fields=["release", "event"], name="releaseevent_once"),
        ]


class Quote(Ordered):
    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="quotes")
    spokesperson = models.ForeignKey(
        "releases.Spokesperson", on_delete=models.PROTECT, related_name="+", verbose_name=_("spokesperson")
    )
    words = models.TextField(_("quoted words"), blank=True, help_text=_("Without quotation marks."))
    title = LineField(
        pgettext_lazy("of a person", "title"),
        max_length=200,
        blank=True,
        help_text=_("As of this release. Left empty, today's title is taken."),
    )
    organisation = LineField(_("organisation"), max_length=200, blank=True)

    class Meta(Ordered.Meta):
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")


class ReleaseContact(Ordered):
    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="press_contacts")
    contact = models.ForeignKey(
        "releases.Contact", on_delete=models.PROTECT, related_name="+", verbose_name=_("press contact")
    )

    class Meta(Ordered.Meta):
        verbose_name = _("press contact")
        verbose_name_plural = _("press contacts")
        constraints = [
            *Ordered.Meta.constraints,
            models.UniqueConstraint(fields=["release", "contact"], name="releasecontact_once"),
        ]


class ReleaseBoilerplate(Ordered):
    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="about_texts")
    boilerplate = models.ForeignKey(
        "releases.Boilerplate", on_delete=models.PROTECT, related_name="+", verbose_name=_("boilerplate")
    )

    class Meta(Ordered.Meta):
        verbose_name = _("boilerplate")
        verbose_name_plural = _("boilerplates")
        constraints = [
            *Ordered.Meta.constraints,
            models.UniqueConstraint(fields=["release", "boilerplate"], name="releaseboilerplate_once"),
        ]
