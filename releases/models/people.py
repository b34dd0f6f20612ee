"""Who is quoted, and who answers the press."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from releases.querysets import SpokespersonQuerySet

from .fields import LineField, MarkupField, Record, language_field
from .files import unguessable_path
from .names import Name, Named, name_indexes, name_promises


class Spokesperson(Named):
    is_current = models.BooleanField(
        _("speaks for us today"), default=True, help_text=_("Only people who still speak are offered for new quotes.")
    )
    portrait = models.ImageField(
        _("portrait"),
        upload_to=unguessable_path,
        blank=True,
        db_index=True,
        help_text=_("For the press to use: public while a live release quotes this person."),
    )
    portrait_alt = LineField(
        _("what the portrait shows"),
        max_length=300,
        blank=True,
        help_text=_("For those who cannot see it: “Ayla Demir at her desk, smiling”."),
    )
    portrait_credit = LineField(_("credit"), max_length=200, blank=True, help_text=_("Photographer and organisation."))
    portrait_width = models.PositiveIntegerField(null=True, editable=False)
    portrait_height = models.PositiveIntegerField(null=True, editable=False)

    objects = SpokespersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("spokesperson")
        verbose_name_plural = _("spokespersons")
        ordering = ["slug"]


class SpokespersonName(Name):
    """A person's name with today's title and organisation; what was said on a release is frozen there."""

    spokesperson = models.ForeignKey(Spokesperson, on_delete=models.CASCADE, related_name="names")
    title = LineField(pgettext_lazy("of a person", "title"), max_length=200, blank=True)
    organisation = LineField(_("organisation"), max_length=200, blank=True)
    biography = models.TextField(
        _("about this person"),
        blank=True,
        help_text=_("Two or three sentences journalists may use; how to say the name."),
    )
    owner = "spokesperson"

    class Meta(Name.Meta):
        verbose_name = _("name of a spokesperson")
        verbose_name_plural = _("names and titles")
        constraints = [
            *name_promises("spokespersonname", "spokesperson"),
            models.CheckConstraint(
                condition=~models.Q(title__contains="|") & ~models.Q(organisation__contains="|"),
                name="spokespersonname_title_without_separator",
                violation_error_message=_("A title or organisation cannot contain “|”: it separates names in tables."),
            ),
        ]
        indexes = name_indexes("spokespersonname", "spokesperson")


class Contact(Record):
    """Someone journalists can call, as told to the readers of one language."""

    language = language_field()
    name = LineField(_("name"), max_length=200)
    role = LineField(_("role"), max_length=200, blank=True, help_text=_("What to call about: “Media, Aegean coast”."))
    organisation = LineField(_("organisation"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = LineField(
        _("direct phone"), max_length=60, blank=True, help_text=_("With country code: +90 312 555 01 23.")
    )
    whatsapp = LineField(
        _("WhatsApp"),
        max_length=60,
        blank=True,
        help_text=_("The number with its country code, if it is answered there."),
    )
    speaks = LineField(
        _("speaks"), max_length=200, blank=True, help_text=_("Languages for interviews: “English, Turkish, Arabic”.")
    )
    hours = LineField(_("hours"), max_length=200, blank=True, help_text=_("When somebody answers, with the zone."))
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    on_site = models.BooleanField(
        _("on the contacts page"), default=False, help_text=_("Shown to everybody at once, with or without a release.")
    )

    class Meta:
        verbose_name = _("press contact")
        verbose_name_plural = _("press contacts")
        ordering = ["language", "order", "name"]
        indexes = [models.Index(fields=["name", "email"], name="contact_identity")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(name__contains="|")
                & ~models.Q(phone__contains="|")
                & ~models.Q(name__contains="<")
                & ~models.Q(name=""),
                name="contact_without_separator",
                violation_error_message=_(
                    "A name or phone cannot contain “|” or “<”: they separate contacts in tables."
                ),
            )
        ]

    def __str__(self):
        return f"{self.name}, {self.role}" if self.role else self.name


class Boilerplate(Record):
    """The standing “About …” text at the foot of releases in one language."""

    language = language_field()
    title = LineField(_("title"), max_length=200)
    body = MarkupField(_("text"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_default = models.BooleanField(_("on every new release"), default=False)

    class Meta:
        verbose_name = _("boilerplate")
        verbose_name_plural = _("boilerplates")
        ordering = ["language", "order", "title"]

    def __str__(self):
        return f"{self.title} ({self.language})"
