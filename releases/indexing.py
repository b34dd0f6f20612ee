"""Filling what is searched: the index of editions and of working copies, and the words for near misses."""

from collections.abc import Callable, Iterator

from django.db import transaction

from releases import search, text, vocabulary
from releases.documents import Document
from releases.models import Edition, Release

BATCH = 200
OF_A_RELEASE = ("headline", "summary", "slug", "source_id", "dateline_raw")


def index_edition(edition: Edition, document: Document) -> None:
    search.put(search.EDITIONS, [(edition.pk, search.document_words(document))])
    vocabulary.learn(document.language, dict.fromkeys(told_above(document), edition.live_from))


def drop_edition(edition: Edition, at) -> None:
    """Takes an edition that is not public at `at` out of the index, and its words out of what is suggested."""
    search.remove(search.EDITIONS, [edition.pk])
    vocabulary.forget(edition.language, told_above(Document.read(edition.document)), at)


def index_release(release: Release) -> None:
    texts = [getattr(release, name) for name in OF_A_RELEASE]
    search.put(search.RELEASES, [(release.pk, search.release_words(*texts))])


def told_above(document: Document) -> set[str]:
    """The words of the headline, the summary, places, tags and people of a document."""
    places, people = (place.told for place in document.places), (quote.name for quote in document.quotes)
    texts = [document.headline, document.summary, *places, *people, *document.tags]
    return {word for token in text.tokens(" ".join(texts)) for word in (*token.words, *token.others)}


def rebuild(told: Callable[[int], None] = lambda count: None) -> None:
    """Indexes everything anew, a few rows in memory at a time; `told` hears how many each batch brought.

    What is stored stays findable meanwhile.
    """
    for rows in _batches(Edition.objects.values_list("pk", "document", "live_from")):
        editions = [(number, Document.read(document), since) for number, document, since in rows]
        search.put(search.EDITIONS, [(number, search.document_words(document)) for number, document, _ in editions])
        for _, document, since in editions:
            vocabulary.learn(document.language, dict.fromkeys(told_above(document), since))
        told(len(rows))
    for rows in _batches(Release.objects.values_list("pk", *OF_A_RELEASE)):
        search.put(search.RELEASES, [(number, search.release_words(*texts)) for number, *texts in rows])
        told(len(rows))


def _batches(rows) -> Iterator[list[tuple]]:
    """All rows of a table in the order of their ids, BATCH at a time, locked while they are looked at."""
    last = 0
    while last is not None:
        with transaction.atomic():
            found = list(rows.filter(pk__gt=last).order_by("pk").select_for_update()[:BATCH])
            if found:
                yield found
        last = found[-1][0] if found else None
