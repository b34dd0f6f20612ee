"""An archive made by the maker is, row for row, what the desk would have written."""

import random
from collections import Counter
from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from bench import choice
from bench.table import table
from releases import editions, search
from releases.demo.archive import stock, writing
from releases.demo.archive.building import AlreadyThere, build
from releases.demo.archive.making import Maker, Plan
from releases.demo.archive.world import found
from releases.documents import Document, compose
from releases.facets import with_ancestors
from releases.models import (
    Address,
    Correction,
    Edition,
    EditionLocation,
    EditionTag,
    Release,
    Withdrawal,
)

DAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
COUNT = 900
VECTOR = "SELECT tsvector_to_array(vector) FROM %s WHERE id = %%s"
WORDS = "SELECT words FROM %s WHERE rowid = %%s"
DESCRIBE_POSTGRESQL = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint UNION ALL
    SELECT indrelid::regclass::text, indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
    JOIN pg_class ON pg_class.oid = indrelid WHERE relnamespace = 'public'::regnamespace
"""


@pytest.fixture(scope="module")
def made(lasting):
    """A small archive, made once for all tests of this module."""
    build(Plan(COUNT, 1, ("en", "tr", "ar"), DAY))
    return COUNT


@pytest.fixture
def archive(made, db):
    return made


def test_it_has_exactly_as_many_releases_as_were_asked_for(archive):
    assert Release.objects.count() == archive
    assert set(Release.objects.values_list("language", flat=True)) == {"en", "tr", "ar"}


@pytest.mark.parametrize("count", [1, 7, 39, 40, 41, 250])
def test_any_count_and_any_languages_come_out_even(count):
    for languages in (("en",), ("tr", "ar"), ("en", "tr", "ar")):
        plan = Plan(count, 1, languages, DAY)
        assert sum(len(plan.languages_of(number)) for number in range(plan.stories)) == count


def test_every_fate_is_there(archive):
    assert Counter(Release.objects.values_list("state", flat=True)).keys() == {"draft", "in_review", "approved"}
    assert Edition.objects.scheduled(NOW).exists()
    assert Edition.objects.ended(NOW).exists()
    assert Correction.objects.exists()
    assert Withdrawal.objects.exists()
    assert Edition.objects.live(NOW).count() > archive * 0.9


def test_documents_are_what_composing_gives(archive):
    for release in Release.objects.order_by("id")[:60]:
        document = compose(release)
        assert release.pinned_digest in ("", document.digest)
        latest = release.editions.order_by("-number").first()
        if latest:
            assert latest.document == document.to_json()
            assert latest.digest == document.digest


def test_cards_facets_and_addresses_are_what_publishing_gives(archive):
    for edition in Edition.objects.order_by("id")[:60]:
        document = Document.read(edition.document)
        assert document.to_json() == edition.document
        assert edition.card == editions.card(document, corrected=bool(edition.corrections))
        direct = {place.id for place in document.places}
        facets = dict(EditionLocation.objects.filter(edition=edition).values_list("location", "direct"))
        assert facets == {number: number in direct for number in with_ancestors(direct)}
        tags = EditionTag.objects.filter(edition=edition).values_list("tag__name", flat=True)
        assert sorted(tags) == list(document.tags)
        assert Address.objects.get(language=edition.language, slug=edition.slug).release_id == edition.release_id


def test_translations_share_their_group(archive):
    for edition in Edition.objects.select_related("release")[:60]:
        assert edition.translation_group == edition.release.translation_group


def test_search_finds_what_indexing_would_have_found(archive):
    for edition in Edition.objects.order_by("id")[:40]:
        assert sorted(written_words(search.EDITIONS, edition.pk)) == sorted(
            stored(search.document_words(Document.read(edition.document)))
        )
    for release in Release.objects.order_by("id")[:20]:
        texts = (release.headline, release.summary, release.slug, release.source_id, release.dateline_raw)
        assert sorted(written_words(search.RELEASES, release.pk)) == sorted(stored(search.release_words(*texts)))


def written_words(table: str, number: int) -> list[str]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(VECTOR % table, [number])
            return cursor.fetchone()[0]
        cursor.execute(WORDS % table, [number])
        return cursor.fetchone()[0].split()


def stored(words: str) -> list[str]:
    if connection.vendor == "postgresql":
        return list(set(words.split()) - {search.BARRIER})
    return words.split()


def test_a_rare_name_is_found_and_a_common_word_too(archive):
    live = Edition.objects.live(NOW).in_language("en")
    assert 0 < search.matching(live, stock.rare_name(0)).count() < 60
    assert search.matching(live, "office").count() > live.count() / 5


def test_a_word_of_another_language_is_not_looked_for_in_every_row(archive):
    live = Edition.objects.live(NOW)
    assert search.matching(live.in_language("tr"), "ekipleri", "tr").exists()
    assert not search.matching(live.in_language("en"), "ekipleri", "en").exists()
    assert not search.matching(live, "ekipleri", "en").exists()


def test_ids_tell_neither_how_many_there_are_nor_which_came_first(archive):
    ids = list(Edition.objects.filter(number=1).order_by("first_public_at", "id").values_list("id", flat=True))
    assert 2**40 < max(ids) < 2**52
    later = sum(second > first for first, second in pairwise(ids))
    assert 0.35 < later / len(ids) < 0.75


def test_some_places_are_much_busier_than_others(archive):
    told = EditionLocation.objects.filter(direct=True, edition__live_until=None)
    busiest = Counter(told.values_list("location", flat=True)).most_common(1)[0][1]
    assert 0.04 < busiest / archive < 0.14


def test_the_same_seed_makes_the_same_archive(archive):
    plan = Plan(COUNT, 1, ("en", "tr", "ar"), DAY)
    again = Maker(plan, found(plan.languages))
    told = [again.story(number)["release"] for number in range(20)]
    for row in (row for rows in told for row in rows):
        release = Release.objects.get(pk=row[0])
        assert (release.headline, release.slug, release.body) == (row[4], row[5], row[8])


def test_an_archive_is_made_once_for_each_seed(archive):
    with pytest.raises(AlreadyThere):
        build(Plan(10, 1, ("en",), DAY))
    with pytest.raises(CommandError, match="seed 1 is here already"):
        call_command("make_archive", "10", verbosity=0)
    call_command("make_archive", "10", seed=2, languages="en", verbosity=0)
    assert Release.objects.count() == archive + 10


def test_languages_it_cannot_speak_are_refused():
    with pytest.raises(CommandError, match="en, tr, ar"):
        call_command("make_archive", "10", languages="en,xx", verbosity=0)


def test_indexes_set_aside_come_back_all_of_them(archive):
    connection.check_constraints()
    before = described()
    writer = writing.writer()
    with transaction.atomic(), writer.session(set_aside=True):
        assert len(described()) < len(before)
    assert described() == before


def described() -> set:
    """Every index, trigger and constraint of the database, told by itself."""
    with connection.cursor() as cursor:
        sqlite = connection.vendor == "sqlite"
        cursor.execute("SELECT type, name, sql FROM sqlite_master" if sqlite else DESCRIBE_POSTGRESQL)
        return set(cursor.fetchall())


def test_what_would_end_a_copied_field_is_escaped():
    assert writing.lines([(None, 3), ("a", "b")]) == "\\N\t3\na\tb\n"
    assert writing.lines([(None, "a\tb\\c\nd"), ("a", 1)]) == "\\N\ta\\tb\\\\c\\nd\na\t1\n"


def test_every_page_the_benchmark_asks_for_answers(archive, client, admin_client):
    chosen = choice.choose(random.Random(1))
    asked = [(client, choice.pages(chosen)), (admin_client, choice.desk(chosen))]
    for browser, pages in asked:
        for addresses in pages.values():
            assert browser.get(addresses[0]).status_code == 200


def test_the_benchmark_tells_its_figures_in_one_table():
    figures = {"size": 10, "engine": "sqlite", "python": "3.11", "cores": 2, "releases": 10, "made_s": 2.0}
    exports = {"export_releases": [[2.0, 80.0]], "database's own CSV": [[1.0, 60.0]]}
    small = {**figures, "pages": {"bare read": {"queries": 1, "ms": [1.0, 1.0]}}, "exports": exports}
    large = {**small, "size": 1000, "pages": {"bare read": {"queries": 1, "ms": [2.0, 2.0]}}, "made_s": None}
    told = table([small, large])
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in told.splitlines()]
    assert ["10", "2", "5"] in rows
    assert ["1,000", "was there", "-"] in rows
    assert ["bare read", "1", "1.0", "2.0", "1.0", "2.0", "1", "1", "2.00"] in rows
    assert ["export_releases", "5", "5", "80", "80", "2.0", "2.0"] in rows
