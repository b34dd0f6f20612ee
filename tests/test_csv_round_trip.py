"""Export, import, export: identical to the byte, into an empty newsroom and onto the same one."""

import io
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from releases import text
from releases.documents import Document, Happening, Place, PressContact, Quotation
from releases.exports import csv as writer
from releases.exports.rows import rows
from releases.imports import csv as parser
from releases.imports.intake import Fate, Intake
from releases.landing import land
from releases.models import AuditEvent, Release, Revision

pytestmark = pytest.mark.django_db

QUICK = (Phase.explicit, Phase.reuse, Phase.generate)  # each example writes to the database: shrinking takes minutes
SIGNS = "=+-@\t\r\n\0'\"|;,/()<>&"
BITS = [
    "''=",
    "\r\n",
    " | ",
    " ",
    "\u00a0",
    "\u200f",
    "\u200e",
    "\u202e",
    "\ufeff",
    "😀",
    "👩\u200d🚀",
    "–",
    "’",
    "a",
    "Ab",
    "9",
]
WORDS = ["a", "Ab", "9", "ı", "İ", "ş", "é", "e\u0301", "عربية", "مرحبا", "ﷺ", "<p>", "</p>", "<br>", "&amp;"]
PIECES = st.sampled_from([*SIGNS, *BITS, *WORDS])
NASTY = st.lists(PIECES, max_size=12).map("".join)
NAMES = NASTY.map(lambda nasty: text.tidy(nasty.replace("|", ""))).filter(lambda name: text.slugify(name))
PLAIN_NAMES = NAMES.map(lambda name: text.tidy(name.replace("<", "").replace(">", ""))).filter(text.slugify)
TAGS = NAMES.map(lambda name: text.tidy(name.replace(",", ""))).filter(text.slugify)
MOMENTS = st.integers(-800_000_000, 3_800_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
PLACES = st.one_of(  # a name that is told with a region somewhere is not told without one elsewhere
    st.builds(Place, name=NAMES.map("A {}".format), in_dateline=st.booleans()),
    st.builds(Place, name=NAMES.map("B {}".format), region=NAMES.map("C {}".format), in_dateline=st.booleans()),
)
QUOTES = st.one_of(  # whoever has a title somewhere has one everywhere: an empty one means “today's”
    st.builds(Quotation, name=NAMES.map("A {}".format)),
    st.builds(Quotation, name=NAMES.map("B {}".format), title=NAMES),
    st.builds(Quotation, name=NAMES.map("C {}".format), title=NAMES, organisation=NAMES),
    st.builds(Quotation, name=NAMES.map("D {}".format), organisation=NAMES),
)
CONTACTS = st.builds(
    PressContact,
    name=PLAIN_NAMES,
    email=st.sampled_from(["", "press@example.org"]),
    phone=st.sampled_from(["", "+90 312"]),
)
DOCUMENTS = st.builds(
    Document,
    language=st.sampled_from(["en", "tr", "ar"]),
    headline=NAMES,
    summary=NASTY,
    dateline_raw=NASTY,
    places=st.lists(PLACES, max_size=3).map(tuple),
    body=NASTY,
    notes_to_editors=NASTY,
    release_at=st.none() | MOMENTS,
    time_zone=st.sampled_from(["Europe/Istanbul", "America/New_York", "UTC"]),
    events=st.lists(NAMES.map(lambda name: Happening(name=name)), max_size=2).map(tuple),
    quotes=st.lists(QUOTES, max_size=2).map(tuple),
    tags=st.lists(TAGS, max_size=3).map(tuple),
    contacts=st.lists(CONTACTS, max_size=2).map(tuple),
    source=NASTY,
    source_id=NASTY,
    source_url=NASTY.map(lambda nasty: nasty.replace("\0", "")),
)


def exported(**options) -> bytes:
    return "".join(writer.lines(rows(Release.objects.all(), timezone.now()), **options)).encode()


def imported(table: bytes, **options) -> list:
    records = list(parser.parse(io.BytesIO(table), "table.csv").records)
    originals = [record for record in records if not record.cells["translation_of"]]
    translations = [record for record in records if record.cells["translation_of"]]
    intake = Intake(**options)
    return intake.take(originals) + intake.take(translations)


@contextmanager
def undone():
    """A newsroom that forgets what happens in it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def traces() -> tuple:
    return Revision.objects.count(), AuditEvent.objects.count(), list(Release.objects.order_by("pk").values())


@settings(max_examples=settings.default.max_examples // 5, phases=QUICK, suppress_health_check=list(HealthCheck))
@given(documents=st.lists(DOCUMENTS, min_size=1, max_size=3), delimiter=st.sampled_from(",;\t"), bom=st.booleans())
def test_any_words_survive_export_and_import_to_the_byte(documents, delimiter, bom):
    with undone():
        for document in documents:
            with transaction.atomic():
                land_if_possible(document)
        first, before = exported(delimiter=delimiter, bom=bom), traces()
        assert not [outcome for outcome in imported(first) if outcome.fate != Fate.SKIP]
        assert traces() == before
        assert exported(delimiter=delimiter, bom=bom) == first
    with undone():
        outcomes = imported(first)
        assert not [outcome.reasons for outcome in outcomes if outcome.reasons]
        assert exported(delimiter=delimiter, bom=bom) == first


def land_if_possible(document):
    """Lands it, unless its source number is taken already."""
    same = {"source": document.source, "source_id": document.source_id, "language": document.language}
    if not (document.source and document.source_id and Release.objects.filter(**same).exists()):
        land(document, by=None)
