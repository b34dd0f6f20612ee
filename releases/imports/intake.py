"""From records to drafts: find the release a record speaks of, read what it asks for, land it, tell its fate."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import DataError, IntegrityError, transaction
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from releases import text, workflow
from releases.documents import Document, compose
from releases.landing import known_location, known_spokesperson, land, remembering
from releases.models import Newsroom, Release
from releases.states import Standing, Verb

from . import reading
from .reading import Defaults, Reading
from .records import Problem, Record

COLUMNS = {"dateline_raw": "dateline", "body": "body_html", "email": "contacts", "phone": "contacts", "id": "id"}
KNOWN = {
    "locations": lambda place, language: known_location(place),
    "spokespersons": lambda quotation, language: known_spokesperson(quotation),
}


class Fate(TextChoices):
    LAND = "land", gettext_lazy("lands")
    SKIP = "skip", gettext_lazy("nothing new")
    REFUSE = "refuse", gettext_lazy("refused")


class Change(TextChoices):
    NEW = "new", gettext_lazy("new draft")
    CHANGED = "changed", gettext_lazy("new revision")
    PUBLISHED = "published", gettext_lazy("published")
    NONE = "", gettext_lazy("unchanged")


@dataclass
class Outcome:
    """What became of one record."""

    record: Record
    fate: Fate
    change: Change = Change.NONE
    release: int | None = None
    document: Document | None = None
    reasons: list[Problem] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


class _Undone(Exception):
    """Ends a transaction that was only a rehearsal."""


@dataclass
class Intake:
    """Lands records as `by`; `publish` makes public what the source says was, `rehearse` writes nothing in the end.

    `landed` holds the numbers that records of this run have: in a rehearsal their translations refer to them.
    """

    by: object = None
    language: str = "en"
    publish: bool = False
    rehearse: bool = False
    landed: set[int] = field(default_factory=set)

    def __post_init__(self):
        newsroom = Newsroom.current()
        self.defaults = Defaults(self.language, newsroom.time_zone, tuple(newsroom.languages))

    def take(self, records: Iterable[Record]) -> list[Outcome]:
        """Lands a handful of records in one transaction, each whole or not at all."""
        outcomes = []
        try:
            with transaction.atomic(), remembering() as self.memory:
                outcomes += [self._one(record) for record in records]
                if self.rehearse:
                    raise _Undone
        except _Undone:
            pass
        self.landed |= {number for outcome in outcomes if outcome.fate != Fate.REFUSE and (number := outcome.release)}
        return outcomes

    def _one(self, record: Record) -> Outcome:
        release, problems = self._find(record)
        asked = reading.read(record, compose(release) if release else None, self.defaults, self._identify)
        asked.reasons[:0] = problems
        if asked.current and not asked.reasons and asked.document == asked.current:
            return self._published(asked, release, Change.NONE)
        return self._land(asked, release)

    def _find(self, record: Record) -> tuple[Release | None, list[Problem]]:
        """The release the record speaks of: by number, else by its place in the source, else by being the same."""
        try:
            number = reading.number(record.cells.get("id"))
        except ValueError as error:
            return None, [Problem("id", str(error))]
        by_number = Release.objects.filter(pk=number).first() if number else None
        source, source_id = (text.tidy(record.cells.get(name, "")) for name in ("source", "source_id"))
        if by_number or not (source and source_id):
            return by_number, []
        same = Release.objects.filter(source=source, source_id=source_id, language=self._language(record))
        return same.exclude(source="").exclude(source_id="").first(), []  # in the words of the index, for SQLite

    def _language(self, record: Record) -> str:
        return record.cells.get("language", "").strip() or self.defaults.language

    def _identify(self, column: str, thing, language: str) -> int | None:
        return KNOWN[column](thing, language)

    def _land(self, asked: Reading, release: Release | None) -> Outcome:
        """Lands what was asked, and takes it back if there was any reason against any part of it."""
        version = release.version if release else None
        if not release and (twin := self._twin(asked)):
            return Outcome(asked.record, Fate.SKIP, release=twin, document=asked.document, warnings=asked.warnings)
        try:
            with transaction.atomic():
                landed = land(
                    self._landable(asked),
                    by=self.by,
                    note=_("Imported from %s") % asked.record.source,
                    release=release,
                    verb=Verb.IMPORT,
                    number=None if release else self._number(asked.record),
                )
                if asked.reasons:
                    raise _Undone
        except _Undone:
            return self._refused(asked, [])
        except ValidationError as error:
            return self._refused(asked, list(_problems(error)))
        except (DataError, IntegrityError) as error:
            return self._refused(asked, [Problem("", _("The database refused the row: %s") % error)])
        change = Change.NEW if version is None else Change.CHANGED if landed.version > version else Change.NONE
        return self._published(asked, landed, change)

    def _number(self, record: Record) -> int | None:
        try:
            return reading.number(record.cells.get("id"))
        except ValueError:
            return None

    def _landable(self, asked: Reading) -> Document:
        """The document without an original that is not here: refused, unless its rehearsal went well just before."""
        original = asked.document.translation_of
        if not original or Release.objects.filter(pk=original).exists():
            return asked.document
        if not (self.rehearse and original in self.landed):
            asked.refuse("translation_of", _("There is no release with the number %d.") % original)
        return asked.document.but(translation_of=None)

    def _twin(self, asked: Reading) -> int | None:
        """A release that says the same to the letter, for records that carry neither number nor source."""
        document = asked.document
        if asked.reasons or document.source_id or asked.record.cells.get("id"):
            return None
        stem = document.slug or text.slugify(document.headline, document.language)
        slugs = [stem, *(f"{stem}-{count}" for count in range(2, 10))]
        for candidate in Release.objects.filter(language=document.language, slug__in=slugs, source_id=""):
            again = reading.read(asked.record, compose(candidate), self.defaults, self._identify)
            if again.document == again.current:
                return candidate.pk
        return None

    def _refused(self, asked: Reading, problems: list[Problem]) -> Outcome:
        self.memory.clear()
        told = {problem.column for problem in asked.reasons}
        reasons = [*asked.reasons, *(problem for problem in problems if problem.column not in told)]
        return Outcome(asked.record, Fate.REFUSE, document=asked.document, reasons=reasons, warnings=asked.warnings)

    def _published(self, asked: Reading, release: Release, change: Change) -> Outcome:
        """The outcome of a row that landed; with `publish`, public if the source says that it was."""
        warnings = list(asked.warnings)
        if self.publish and self._was_public(asked, release, warnings):
            try:
                moment = asked.published_at or asked.document.release_at
                with transaction.atomic():
                    workflow.publish_archived(release, self.by, moment=moment)
                change = Change.PUBLISHED
            except workflow.Refused as refused:
                warnings += [_("It stays a draft: %s") % reason for reason in refused.reasons]
        fate = Fate.LAND if change else Fate.SKIP
        return Outcome(asked.record, fate, change, release.pk, asked.document, warnings=warnings)

    def _was_public(self, asked: Reading, release: Release, warnings: list[str]) -> bool:
        """Whether the source says that this was public; warns of what `publish` leaves alone."""
        state = asked.record.cells.get("state", "").strip()
        if release.editions.exists():
            return False
        if state and state != Standing.LIVE:
            if state != Standing.DRAFT:
                warnings.append(_("It was “%s” where it comes from; here it stays a draft.") % state)
            return False
        return bool(asked.published_at or state)


def _problems(error: ValidationError) -> Iterable[Problem]:
    """The reasons in a refusal of the database's own rules, by column where they name a field."""
    if not hasattr(error, "error_dict"):
        yield from (Problem("", message) for message in error.messages)
        return
    for name, messages in error.message_dict.items():
        column = "" if name == NON_FIELD_ERRORS else COLUMNS.get(name, name)
        yield from (Problem(column, message) for message in messages)
