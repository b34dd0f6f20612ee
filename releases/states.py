"""The words for what a release is, where it stands and what may be done with it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(TextChoices):
    PRESS_RELEASE = "press_release", _("Press release")
    STATEMENT = "statement", _("Statement")
    MEDIA_ADVISORY = "media_advisory", _("Media advisory")
    NEWS = "news", _("News story")
    MESSAGE = "message", pgettext_lazy("kind of release", "Message")


class State(TextChoices):
    """Where the working copy stands."""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    APPROVED = "approved", _("Approved")


class Standing(TextChoices):
    """Where the release stands as a whole: the working copy's state, or what the world sees of it."""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    APPROVED = "approved", _("Approved")
    SCHEDULED = "scheduled", _("Scheduled")
    LIVE = "live", _("Live")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class CorrectionKind(TextChoices):
    CORRECTION = "correction", _("Correction")
    CLARIFICATION = "clarification", _("Clarification")
    UPDATE = "update", _("Update")


class WithdrawalKind(TextChoices):
    GONE = "gone", _("Gone: the address says that the release was withdrawn, and why")
    REPLACED = "replaced", _("Replaced: the address leads to another release")


class EventStatus(TextChoices):
    PLANNED = "planned", _("Planned")
    POSTPONED = "postponed", _("Postponed")
    CANCELLED = "cancelled", _("Cancelled")
    RESCHEDULED = "rescheduled", _("New date")


class Attendance(TextChoices):
    IN_PERSON = "in_person", _("In person")
    ONLINE = "online", _("Online")
    HYBRID = "hybrid", _("In person and online")


class PlaceKind(TextChoices):
    CITY = "city", _("City")
    TOWN = "town", _("Town or village")
    DISTRICT = "district", _("District")
    PROVINCE = "province", _("Province")
    REGION = "region", _("Region")
    COUNTRY = "country", _("Country")
    CAMP = "camp", _("Camp or settlement")
    SEA = "sea", _("Sea or river")
    VESSEL = "vessel", _("Ship or aircraft")
    OTHER = "other", _("Other")


class Verb(TextChoices):
    """What the desk does with a release; each verb is one line of history."""

    CREATE = "create", _("written")
    EDIT = "edit", _("edited")
    SUBMIT = "submit", _("submitted for review")
    SEND_BACK = "send_back", _("sent back")
    APPROVE = "approve", _("approved")
    RESCHEDULE = "reschedule", _("rescheduled")
    CALL_OFF = "call_off", _("called off")
    CORRECT = "correct", _("corrected")
    WITHDRAW = "withdraw", _("withdrawn")
    RESTORE = "restore", _("restored")
    TRANSLATE = "translate", _("translation started")
    IMPORT = "import", _("imported")
    EXPORT = "export", _("exported")
    REOPEN = "reopen", _("back to draft: edited after submission")
    DELETE = "delete", _("deleted")
