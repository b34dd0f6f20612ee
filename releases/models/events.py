"""What releases are about or invite to: forums, festivals, observances."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from releases.querysets import EventQuerySet
from releases.states import Attendance, EventStatus

from .fields import DerivedDayField, MomentField, ZoneField
from .names import Name, Named, name_indexes, name_promises


class Event(Named):
    SCHEDULE = (
        *("starts_on", "ends_on", "starts_at", "ends_at", "time_zone", "recurs_yearly"),
        *("status", "location", "venue", "attendance"),
    )  # what a calendar has to be told of when it changes (RFC 5545, SEQUENCE)

    starts_on = models.DateField(_("first day"), null=True, blank=True, help_text=_("For events told in days."))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    starts_at = MomentField(_("starts at"), null=True, blank=True, help_text=_("For events that start at an hour."))
    ends_at = MomentField(_("ends at"), null=True, blank=True)
    time_zone = ZoneField(_("time zone"), default="Europe/Istanbul", help_text=_("Where the event takes place."))
    recurs_yearly = models.BooleanField(_("every year"), default=False, help_text=_("An observance, such as 30 July."))
    location = models.ForeignKey(
        "releases.Location",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("location"),
    )
    venue = models.CharField(_("venue"), max_length=200, blank=True, help_text=_("Building, hall, entrance."))
    status = models.CharField(_("status"), max_length=12, choices=EventStatus, default=EventStatus.PLANNED)
    formerly_on = models.DateField(
        _("former first day"),
        null=True,
        blank=True,
        help_text=_("Shown beside the new date. Filled by itself when the date of a public event is changed."),
    )
    formerly_at = MomentField(_("former start"), null=True, blank=True)
    url = models.URLField(_("link"), blank=True, help_text=_("The event's own page."))
    attendance = models.CharField(
        _("attendance"),
        max_length=10,
        choices=Attendance,
        default=Attendance.IN_PERSON,
        help_text=_("How to take part."),
    )
    livestream = models.URLField(_("livestream"), blank=True, help_text=_("Where everybody can watch."))
    is_invitation = models.BooleanField(_("the press is invited"), default=False)
    accreditation_deadline = MomentField(_("accreditation deadline"), null=True, blank=True)
    accreditation_url = models.URLField(
        _("accreditation form"), blank=True, help_text=_("Where journalists register; or give an e-mail address.")
    )
    accreditation_email = models.EmailField(_("accreditation by e-mail"), blank=True)
    public_from = MomentField(
        _("public from"),
        null=True,
        blank=True,
        help_text=_(
            "The event's own embargo: before this hour nobody outside is told of it, even where a live release names "
            "it among its events. What a release says in its own words is not held back."
        ),
    )
    first_day = DerivedDayField(_("first day"), sources=("starts",))
    last_day = DerivedDayField(_("last day"), sources=("ends", "starts"))
    sequence = models.PositiveIntegerField(_("changes told to calendars"), default=0, editable=False)
    revised_at = MomentField(_("changed since it is public"), null=True, editable=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["slug"]
        indexes = [
            models.Index(fields=["first_day", "id"], name="event_first_day"),
            models.Index(fields=["last_day", "id"], name="event_last_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="event_days_in_order",
                violation_error_message=_("The last day cannot come before the first."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gte=F("starts_at")),
                name="event_hours_in_order",
                violation_error_message=_("The event cannot end before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(starts_at=None),
                name="event_days_or_hours",
                violation_error_message=_("Give days or hours, not both."),
            ),
        ]


class EventName(Name):
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="names")
    summary = models.TextField(
        _("in a sentence or two"), blank=True, help_text=_("What it is, for the event's page and for calendars.")
    )
    for_press = models.TextField(
        _("for journalists"),
        blank=True,
        help_text=_("How to get in, what to bring, interpretation, where to set up cameras."),
    )
    owner = "event"

    class Meta(Name.Meta):
        verbose_name = _("name of an event")
        verbose_name_plural = _("names")
        constraints = name_promises("eventname", "event")
        indexes = name_indexes("eventname", "event")
