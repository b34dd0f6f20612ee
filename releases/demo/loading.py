"""Loading the demonstration by the doors that people use: land, submit, approve, correct, withdraw."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.files.storage import default_storage
from django.db import transaction

from releases import workflow
from releases.demo import days, telling
from releases.demo.office import Office, open_office, send_home
from releases.demo.sources import languages_of, stories
from releases.documents import compose
from releases.landing import land
from releases.models import Address, AuditEvent, Edition, Photo, Release

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


class RealWork(Exception):
    """The newsroom holds releases that are not of the demonstration; `count` of them."""

    def __init__(self, count: int):
        self.count = count
        super().__init__(count)


@transaction.atomic
def load(now: datetime) -> int:
    """Replaces the demonstration by a fresh one, counted from `now`; returns the number of releases.

    Raises RealWork, with nothing touched, where anybody else's releases are.
    """
    if real := Release.objects.exclude(source=telling.SOURCE).count():
        raise RealWork(real)
    clear()
    office = open_office(now.astimezone(ZoneInfo(days.ZONE)).date())
    for key, story in stories():
        Telling(key, story, office, now).tell()
    send_home(office)
    return Release.objects.count()


def clear() -> None:
    """Takes every release of the demonstration away, with its editions, history and pictures."""
    ours = Release.objects.filter(source=telling.SOURCE)
    files = set(Photo.objects.filter(release__in=ours).values_list("file", flat=True))
    Edition.objects.filter(release__in=ours).delete()
    Address.objects.filter(release__in=ours).delete()
    AuditEvent.objects.filter(release__in=ours).delete()
    ours.filter(translation_of__isnull=False).delete()
    ours.delete()
    transaction.on_commit(lambda: [default_storage.delete(path) for path in files])


@dataclass
class Telling:
    """One story on its way through the desk, in all its languages."""

    key: str
    story: dict
    office: Office
    now: datetime

    @property
    def reporter(self):
        return self.office.desk["demo.reporter"]

    @property
    def publisher(self):
        return self.office.desk["demo.publisher"]

    @property
    def written(self) -> datetime:
        """When the first draft was saved: a day before the story's hour, yesterday at the latest."""
        hour = days.moment(self.story["when"], self.office.today) or self.now
        return min(hour, self.now) - DAY

    def tell(self) -> None:
        path, original = telling.stored_picture(self.story), None
        for language in languages_of(self.story):
            picture = telling.picture(self.story, language, path)
            document = telling.document(
                self.key,
                self.story,
                language,
                self.office,
                picture,
                translation_of=original.pk if original else None,
            )
            author = self.office.desk["demo.translator"] if original else self.reporter
            release = land(document, by=author, note=_first_note(original), at=self.written)
            original = original or release
            self.bring_to_its_fate(release, author)

    def bring_to_its_fate(self, release: Release, author) -> None:
        """Carries a draft as far as its story says: draft, in_review, scheduled, live or withdrawn."""
        version = self.story[release.language]
        fate = version.get("fate", self.story.get("fate", "live"))
        if fate == "draft":
            return
        workflow.submit(release, author, at=self.written + 2 * HOUR)
        if fate == "in_review":
            return
        self.approve(release)
        if "edition" in version:
            self.next_edition(release, version["edition"])
        if "withdrawal" in version:
            self.withdraw(release, version["withdrawal"])
        if "unapproved" in version:
            self.change(release, version["unapproved"], "Reserve extended, not yet confirmed", at=self.now - DAY)

    def approve(self, release: Release) -> None:
        workflow.approve(release, self.publisher, release.pinned_digest, at=self.written + 3 * HOUR)

    def later(self, release: Release, written: str) -> datetime:
        """The hour `written` ("+2d 11:00"), counted from the day the release went out."""
        return days.moment(written, release.release_at.astimezone(ZoneInfo(days.ZONE)).date())

    def next_edition(self, release: Release, edition: dict) -> None:
        at = self.later(release, edition["after"])
        self.change(release, edition, edition["kind"].capitalize(), at=at - HOUR)
        workflow.submit(release, self.reporter, at=at - HOUR)
        workflow.correct(release, self.publisher, release.pinned_digest, edition["kind"], edition["note"], at=at)

    def change(self, release: Release, change: dict, note: str, *, at: datetime) -> None:
        """Saves the working copy with the replacements and the address of `change`."""
        document = compose(release)
        body = document.body
        for before, after in change["replace"]:
            if before not in body:
                raise ValueError(f"{self.key}: “{before}” is not in the text.")
            body = body.replace(before, after)
        fresh = document.but(body=body, slug=change.get("slug", document.slug))
        land(fresh, by=self.reporter, note=note, release=release, at=at)
        release.refresh_from_db()

    def withdraw(self, release: Release, withdrawal: dict) -> None:
        workflow.withdraw(release, self.publisher, withdrawal["reason"], at=self.later(release, withdrawal["after"]))


def _first_note(original: Release | None) -> str:
    return "Translation" if original else "First draft"
