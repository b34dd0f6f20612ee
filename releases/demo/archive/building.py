"""Building an archive: stories made and written in batches, all of it or nothing."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from django.db import transaction

from releases import vocabulary
from releases.demo.archive import writing
from releases.demo.archive.making import SOURCE, Maker, Plan
from releases.demo.archive.world import found
from releases.models import Release

BATCH = 2000  # stories
MANY = 20_000  # from so many releases on, indexes are built once at the end


class AlreadyThere(Exception):
    """An archive of this seed has been made here before."""


def build(plan: Plan, told: Callable[[int], None] = lambda count: None) -> None:
    """Writes the archive of `plan` in one transaction; `told` hears how many releases each batch brought.

    Raises AlreadyThere where an archive of the same seed is.
    """
    if Release.objects.filter(source=SOURCE, source_id=f"{plan.seed}-1").exists():
        raise AlreadyThere
    maker, writer = Maker(plan, found(plan.languages)), writing.writer()
    with writing.quick_journal():
        with transaction.atomic(), writer.session(set_aside=plan.count >= MANY):
            for rows in one_ahead(batches(maker, in_order_of_ids=writer.in_order_of_ids)):
                writer.write(rows)
                told(len(rows["release"]))
            for language, words in maker.known.items():
                vocabulary.learn(
                    language, {word: datetime.fromisoformat(f"{since}Z") for word, since in words.items()}
                )
        writer.analyze()


def batches(maker: Maker, *, in_order_of_ids: bool) -> Iterator[dict[str, list[tuple]]]:
    """The rows of all stories, oldest story first or smallest id first, BATCH stories at a time."""
    for start in range(0, maker.plan.stories, BATCH):
        rows = defaultdict(list)
        for place in range(start, min(start + BATCH, maker.plan.stories)):
            number = maker.story_at(place) if in_order_of_ids else place
            for table, more in maker.story(number).items():
                rows[table] += more
        yield rows


def one_ahead(batches: Iterator[dict]) -> Iterator[dict]:
    """The same batches, each made while the one before it is being written."""
    with ThreadPoolExecutor(1) as other:
        coming = other.submit(next, batches, None)
        while (rows := coming.result()) is not None:
            coming = other.submit(next, batches, None)
            yield rows
