"""compose() and land() are exact inverses; documents last; every save leaves a revision."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from releases import documents, text
from releases.documents import About, Document, Download, Happening, Picture, Place, PressContact, Quotation, compose
from releases.landing import land
from releases.models import AuditEvent, Location, Photo, Release
from releases.revisions import record
from tests.builders import a_document, a_draft, a_person

pytestmark = pytest.mark.django_db

LETTERS = st.text(alphabet="abcçğıiİIöşüÇeé ’“”\u00a0-–'=+@0123عربيةأإ", min_size=1, max_size=30)
NAMES = LETTERS.map(text.tidy).filter(lambda name: text.slugify(name))
TEXTS = st.text(alphabet="abç İ\n\t\r<>&\"'=\u00a0\u200f😀🏽é", max_size=60)
MOMENTS = st.integers(600_000_000, 3_800_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


@st.composite
def whole_documents(draw):
    place, event, *people = draw(st.lists(NAMES, min_size=4, max_size=4, unique_by=text.fold))
    return Document(
        headline=draw(NAMES),
        kind=draw(st.sampled_from(["press_release", "statement", "message"])),
        language=draw(st.sampled_from(["en", "tr", "ar"])),
        summary=draw(TEXTS),
        body=draw(TEXTS),
        notes_to_editors=draw(TEXTS),
        dateline_raw=draw(st.sampled_from(["", "ANKARA –", "Geneva—", "Ankara/Athens –"])),
        places=(Place(name=place.replace(",", ""), in_dateline=draw(st.booleans())),),
        events=(Happening(name=event, starts_on=date(2026, 3, 1), time_zone="Europe/Istanbul"),),
        quotes=tuple(
            Quotation(name=person, title=draw(st.sampled_from(["", "Head"])), words=draw(TEXTS)) for person in people
        ),
        contacts=(PressContact(name=draw(NAMES.filter(lambda name: "<" not in name)), phone="+90 312"),),
        boilerplates=(About(title=draw(NAMES), body="<p>We help.</p>"),),
        tags=tuple(draw(st.lists(NAMES, max_size=3, unique_by=text.fold))),
        photos=(Picture(path="files/a/b.jpg", alt_text="Boats", width=3, height=2, is_lead=True),),
        attachments=(Download(path="files/c/d.pdf", title="Figures", size=7, media_type="application/pdf"),),
        release_at=draw(st.none() | MOMENTS),
        source="archive",
        source_id=draw(NAMES),
    )


@settings(max_examples=settings.default.max_examples // 4, suppress_health_check=list(HealthCheck))
@given(document=whole_documents())
def test_what_lands_is_what_is_composed_and_landing_that_again_changes_nothing(document):
    Release.objects.all().delete()
    author = a_person()
    release = land(document, by=author)
    composed = compose(release)
    own = {"slug", "id", "spokesperson_id", "places", "events", "quotes", "contacts", "boilerplates", "tags", "photos"}
    own |= {"attachments"}
    assert composed.model_dump(exclude=own) == document.model_dump(exclude=own)
    assert [text.fold(place.name) for place in composed.places] == [text.fold(place.name) for place in document.places]
    assert [quote.words for quote in composed.quotes] == [quote.words for quote in document.quotes]
    assert [photo.path for photo in composed.photos] == ["files/a/b.jpg"]

    land(composed, by=author, release=release)
    assert compose(Release.objects.get()) == composed
    assert release.revisions.count() == 1


def test_a_composed_document_lands_anew_in_an_empty_newsroom_as_itself():
    known = compose(a_draft())
    stranger = Document.read({**known.to_json(), "slug": "another-address"})
    assert compose(land(stranger, by=a_person())) == stranger


def test_a_document_reads_back_what_it_wrote():
    document = compose(a_draft())
    assert Document.read(document.to_json()) == document
    assert Document.read(document.to_json()).digest == document.digest


def test_a_document_of_an_older_version_is_brought_up_to_date(monkeypatch):
    stored = a_document().to_json()
    stored.pop("headline")
    monkeypatch.setitem(documents.UPGRADES, 0, lambda data: {"headline": data.pop("title"), **data})
    assert Document.read({**stored, "title": "Old words", "schema_version": 0}).headline == "Old words"


def test_a_document_from_the_future_is_refused_in_a_sentence():
    with pytest.raises(documents.UnreadableDocument, match="newer"):
        Document.read({**a_document().to_json(), "schema_version": 99})


def test_a_document_never_holds_markup_that_the_policy_refuses():
    bad = "<p>a</p><script>b()</script>"
    assert "script" not in Document(headline="x", body=bad).body
    assert "script" not in a_document().but(body=bad).body


@pytest.mark.parametrize(
    "change",
    [
        {"headline": "Other"},
        {"summary": "Other"},
        {"body": "<p>Other</p>"},
        {"notes_to_editors": "<p>Other</p>"},
        {"release_at": datetime(2030, 1, 1, tzinfo=UTC)},
        {"time_zone": "UTC"},
        {"kind": "statement"},
        {"slug": "other"},
        {"tags": ("other",)},
        {"places": ()},
        {"quotes": ()},
        {"contacts": ()},
        {"events": ()},
        {"photos": (Picture(path="files/a/b.jpg", sha256="1"),)},
        {"attachments": (Download(path="files/a/b.pdf", title="x"),)},
        {"boilerplates": (About(title="About us"),)},
        {"translation_of": 7},
    ],
)
def test_the_digest_moves_with_everything_that_would_be_public(change):
    document = compose(a_draft())
    assert document.but(**change).digest != document.digest


def test_a_translation_of_something_that_is_not_there_is_refused_in_a_sentence():
    with pytest.raises(ValidationError) as refused:
        a_draft(language="tr", translation_of=7)
    assert set(refused.value.message_dict) == {"translation_of"}


def test_names_that_fold_alike_are_one_place_and_a_region_makes_a_tree():
    for name in ("ANKARA", "Ankara", "ankara"):
        a_draft(places=(Place(name=name),))
    a_draft(places=(Place(name="Çeşme", region="Western Turkey"),))
    last = a_draft(places=(Place(name="CESME", region="western turkey"),))
    assert Location.objects.count() == 3
    cesme = Location.objects.get(names__text="Çeşme")
    assert cesme.parent.name_in("en") == "Western Turkey"
    assert compose(last).places[0].told == "Çeşme, Western Turkey"


def test_the_same_name_in_two_regions_is_two_places():
    a_draft(places=(Place(name="Paris", region="France"),))
    a_draft(places=(Place(name="Paris", region="Texas"),))
    assert Location.objects.filter(names__text="Paris").count() == 2


def test_datelines_are_told_from_the_places():
    draft = a_draft(places=(Place(name="Ankara"), Place(name="Athens"), Place(name="Lesvos", in_dateline=False)))
    assert compose(draft).dateline == "Ankara/Athens"
    assert Document(headline="x", dateline_raw="Geneva—").dateline == "Geneva"


def test_a_quote_without_a_title_takes_todays_and_one_with_a_title_keeps_it():
    first = a_draft(quotes=(Quotation(name="Ayla Demir", title="Deputy Head"),))
    later = a_draft(quotes=(Quotation(name="AYLA DEMİR", words="We go on."),))
    assert compose(later).quotes[0].title == "Deputy Head"
    first.quotes.get().spokesperson.names.update(title="Head of Office")
    assert compose(first).quotes[0].title == "Deputy Head"
    assert compose(later).quotes[0].title == "Head of Office"


def test_a_bad_document_lands_nothing_and_names_the_field():
    with pytest.raises(ValidationError) as refused:
        land(a_document(time_zone="Mars/Olympus"), by=a_person())
    assert "time_zone" in refused.value.message_dict
    assert not Release.objects.exists()
    assert not Location.objects.exists()


def test_every_save_that_changes_something_leaves_a_revision_and_a_line():
    release = a_draft()
    author = a_person()
    assert record(release, author) is None
    release.headline = "Other words"
    release.save()
    revision = record(release, author, "Headline")
    assert (revision.number, revision.author, revision.note) == (2, author, "Headline")
    assert Document.read(revision.document).headline == "Other words"
    assert list(AuditEvent.objects.order_by("at", "id").values_list("verb", flat=True)).count("edit") == 2


def test_pictures_keep_their_rows_when_only_their_order_changes():
    release = a_draft(photos=(Picture(path="files/a/1.jpg"), Picture(path="files/b/2.jpg")))
    rows = set(Photo.objects.values_list("id", flat=True))
    composed = compose(release)
    land(composed.but(photos=composed.photos[::-1]), by=a_person(), release=release)
    assert [photo.path for photo in compose(release).photos] == ["files/b/2.jpg", "files/a/1.jpg"]
    assert set(Photo.objects.values_list("id", flat=True)) == rows


def test_composing_asks_the_same_of_the_database_however_much_a_release_says(django_assert_num_queries):
    few = a_draft(places=(Place(name="Çeşme", region="Western Türkiye"),))
    many = a_draft(
        places=tuple(Place(name=f"Place {number}", region=f"Region {number}") for number in range(9)),
        quotes=tuple(Quotation(name=f"Person {number}") for number in range(9)),
        events=tuple(Happening(name=f"Event {number}") for number in range(9)),
    )
    for release in (few, many):
        with django_assert_num_queries(11):
            compose(release)
