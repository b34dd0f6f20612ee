"""Why a verb is refused: pairs of a rule that holds or not, and the sentence an editor reads where it does not."""

from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from releases import editions, markup, moments
from releases.documents import Document
from releases.models import Address, Event, Newsroom
from releases.states import State, Verb

BACKEND = "django.contrib.auth.backends.ModelBackend"  # who may approve is asked of the ordinary permissions

Checks = list[tuple[bool, object]]


class Refused(Exception):
    """A verb was not carried out; `reasons` holds every reason, each a sentence an editor can act on."""

    def __init__(self, reasons: list):
        self.reasons = reasons
        super().__init__(*reasons)

    def __str__(self):
        return " ".join(str(reason) for reason in self.reasons)


def may(person, verb: str) -> bool:
    """Whether the person's roles allow the verb at all, whatever the release."""
    permission = {"edit": "change", "discard": "delete"}.get(verb, verb)
    return bool(person and person.is_active and person.has_perm(f"releases.{permission}_release"))


def check(*checks: tuple[bool, object]) -> None:
    """Raises Refused with the sentence of every check that failed."""
    if reasons := [sentence for holds, sentence in checks if not holds]:
        raise Refused(reasons)


def complete(document: Document) -> Checks:
    return [
        (bool(document.headline), _("Write a headline.")),
        (not markup.is_blank(document.body), _("Write the body: there is nothing to read yet.")),
        (
            document.language in Newsroom.current().languages,
            _("The newsroom does not offer this release's language. Add it in the newsroom settings."),
        ),
    ]


def planned(release, document: Document, at):
    """The release moment; none for a past one of a release that has been public: its next edition goes out now."""
    passed = document.release_at is not None and document.release_at < at
    return None if passed and release.editions.begun(at).exists() else document.release_at


def hour_ahead(hour, zone: str, at, required=False) -> Checks:
    if hour is None:
        return [(not required, _("Give the new hour."))]
    told = moments.local(hour, zone)
    sentence = _("The release moment has passed (%(hour)s, %(zone)s). Choose one that lies ahead, or leave it empty.")
    return [(hour >= at, sentence % {"hour": f"{told:%Y-%m-%d %H:%M:%S}", "zone": zone})]


def events_announced(document: Document, hour) -> Checks:
    """No release is public before an event it is about: one check for each whose own embargo lies after `hour`."""
    numbers = [event.id for event in document.events]
    held = Event.objects.held_back(hour).filter(pk__in=numbers).named() if numbers and hour else []
    return [(False, _embargo_told(event, document.language)) for event in held]


def _embargo_told(event, language: str) -> str:
    told = moments.local(event.public_from, event.time_zone)
    sentence = _(
        "“%(name)s” is under an embargo of its own until %(hour)s, %(zone)s. Choose that hour or a later one for the "
        "release, or take the event out of it."
    )
    hour = f"{told:%Y-%m-%d %H:%M:%S}"
    return sentence % {"name": event.name_in(language), "hour": hour, "zone": event.time_zone}


def needs_second_reader(release, by) -> bool:
    """Whether `by` submitted this release and somebody else could read it instead.

    An office in which no other active person may approve is not held up: its one person approves alone, and the line
    of history says so.
    """
    if not Newsroom.current().four_eyes or release.submitted_by_id != by.pk:
        return False
    others = get_user_model().objects.with_perm("releases.approve_release", backend=BACKEND).exclude(pk=by.pk)
    return others.exists()


def four_eyes(release, by, forced_reason: str) -> Checks:
    forced = bool(forced_reason.strip())
    return [
        (
            forced or not needs_second_reader(release, by),
            _("You submitted this release yourself, so somebody else has to approve it."),
        ),
        (not forced or may(by, "force"), _("You may not approve what you submitted yourself, even with a reason.")),
    ]


def after_the_last(release, hour, at) -> Checks:
    last = release.editions.begun(at).order_by("-number").first()
    free = last is None or hour >= (last.live_until or last.live_from + editions.SECOND)
    return [(free, _("The edition before this one changed in this very second. Try again in a moment."))]


def address_free(release) -> Checks:
    owner = Address.objects.filter(language=release.language, slug=release.slug).exclude(release=release)
    return [
        (not owner.exists(), _("The address “%s” has belonged to another release. Choose another.") % release.slug)
    ]


def same_language(release) -> Checks:
    others = release.editions.exclude(language=release.language)
    return [
        (
            not others.exists(),
            _("This release was public in another language. Start a translation instead of changing its language."),
        )
    ]


def readable(release, by, act, document: Document, digest: str) -> Checks:
    """What holds for every decision on a text: the right, the state, and that what was read is what is there."""
    right = _("You may not approve releases.") if act == Verb.APPROVE else _("You may not correct releases.")
    return [
        (may(by, act), right),
        (release.state == State.IN_REVIEW, _("Only a release in review can be approved. Submit it first.")),
        (
            document.digest == digest == release.pinned_digest,
            _("The release has changed since you read it. Read it again, then decide."),
        ),
    ]
