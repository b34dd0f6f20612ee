"""Nothing that is hidden shows at any public address, and nothing tells that it is there.

Every hidden state × every public address × every way of asking × everybody who might ask.
"""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Q

from releases import visibility, workflow
from releases.documents import Download, Happening, Picture, Place, Quotation, compose
from releases.landing import land
from releases.management import embargo
from releases.management.embargo import SURFACES, Secret, ask, shows
from releases.models import Edition, Event, EventName, Location, LocationName, Release, Spokesperson
from tests.builders import (
    DAY,
    a_document,
    a_draft,
    a_live_release,
    a_person,
    a_publisher,
    a_release_in_review,
    a_reporter,
    an_approved_release,
    an_embargoed_release,
    correct,
    edit,
    resubmit,
    withdraw,
)
from tests.positive_twin import assert_every_surface_carries

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 20, 40, tzinfo=UTC)
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
WORDS = "left the harbour unseen"


def hidden(mark: str) -> dict:
    """The columns of a document of which nothing may be seen; `mark` is in every word of it."""
    return {
        "headline": f"{mark} sails tonight",
        "slug": f"{mark}-sails-tonight".lower(),
        "summary": f"{mark} is a ship.",
        "body": f"<p>{mark} {WORDS}.</p>",
        "notes_to_editors": f"<p>{mark} is spelled like this.</p>",
        "dateline_raw": f"{mark} –",
        "kind": "message",
        "places": (Place(name=f"{mark} Bay", region=f"{mark} Coast"),),
        "events": (Happening(name=f"{mark} Regatta", starts_on="2031-05-01"),),
        "quotes": (Quotation(name=f"{mark} Person", title=f"{mark} Captain", words=f"{mark} is mine."),),
        "tags": (f"{mark} tag",),
        "photos": (Picture(path=files(mark)[0], alt_text=f"{mark} at sea", is_lead=True, width=6, height=4),),
        "attachments": (Download(path=files(mark)[1], title=f"{mark} papers"),),
    }


def files(mark: str) -> tuple[str, str, str]:
    """A picture, a paper, and the portrait of the person who speaks."""
    folders = ("0123456789abcdef", "fedcba9876543210", "00000000ffffffff")
    return tuple(
        f"files/{folder}/{mark}{end}".lower() for folder, end in zip(folders, (".jpg", ".pdf", ".png"), strict=True)
    )


def give_portrait(mark: str) -> None:
    Spokesperson.objects.filter(slug=f"{mark}-person".lower()).update(portrait=files(mark)[2], portrait_alt=mark)


def secret(mark: str, **changes) -> Secret:
    """Where `mark` would show if it were public."""
    kinds = [("location", f"bay-{mark}-coast"), ("location", "coast"), ("event", "regatta")]
    kinds += [("spokesperson", "person"), ("tag", "tag")]
    whole = {
        "label": mark,
        "language": "en",
        "words": (mark, f"{mark} {WORDS}."),
        "slug": hidden(mark)["slug"],
        "editions": (1, 2),
        "subjects": tuple((kind, f"{mark}-{end}".lower()) for kind, end in kinds),
        "files": files(mark),
        "year": 2026,
        "month": 11,
    }
    return Secret(**{**whole, **changes})


def say_secretly(release, mark):
    """Makes the working copy of a live release say what is hidden."""
    return land(compose(release).but(**{**hidden(mark), "slug": release.slug}), by=a_reporter(), release=release)


def schedule_a_change(release, mark):
    release = say_secretly(release, mark)
    workflow.approve(release, a_publisher(), resubmit(release), moment=NOW + DAY)


def call_off(_, mark):
    workflow.call_off(an_embargoed_release(NOW + HOUR, **hidden(mark)), a_publisher(), f"{mark} sank.")


def reschedule(_, mark):
    workflow.reschedule(an_embargoed_release(NOW + SECOND, **hidden(mark)), a_publisher(), NOW + HOUR)


def send_back(_, mark):
    workflow.send_back(a_release_in_review(**hidden(mark)), a_publisher(), f"{mark} is misspelled.")


def translate(release, mark):
    draft = workflow.start_translation(release, a_reporter(), "tr")
    return land(compose(draft).but(**hidden(mark), release_at=None), by=a_reporter(), release=draft)


def schedule_a_translation(release, mark):
    draft = translate(release, mark)
    workflow.approve(draft, a_publisher(), resubmit(draft), moment=NOW + HOUR)


def keep_at_the_desk(_, mark):
    """A place and an event that no release speaks of."""
    region = Location.objects.create(slug=f"{mark}-coast".lower())
    bay = Location.objects.create(slug=f"{mark}-bay-{mark}-coast".lower(), parent=region)
    LocationName.objects.create(location=bay, language="en", text=f"{mark} Bay")
    event = Event.objects.create(slug=f"{mark}-regatta".lower())
    EventName.objects.create(event=event, language="en", text=f"{mark} Regatta")


INVISIBLE = {
    "draft": lambda _, mark: a_draft(**hidden(mark)),
    "in review": lambda _, mark: a_release_in_review(**hidden(mark)),
    "sent back": send_back,
    "approved for the next second": lambda _, mark: an_embargoed_release(NOW + SECOND, **hidden(mark)),
    "approved for next year": lambda _, mark: an_embargoed_release(NOW + 365 * DAY, **hidden(mark)),
    "rescheduled": reschedule,
    "called off": call_off,
    "live with a changed working copy": say_secretly,
    "live with a scheduled change": schedule_a_change,
    "translation in draft": translate,
    "translation approved for later": schedule_a_translation,
    "imported from an archive": lambda _, mark: a_draft(release_at=NOW - 900 * DAY, source="old", **hidden(mark)),
    "places and events known only at the desk": keep_at_the_desk,
}


def later(mark: str) -> str:
    """An address for what takes the place of `mark`, without telling it."""
    return f"later-{mark.lower().removeprefix('quixotry')}"


def supersede(_, mark):
    """Public yesterday, replaced without a public note."""
    release = a_live_release(NOW - DAY, **hidden(mark))
    release = land(a_document(slug=later(mark)), by=a_reporter(), release=release, at=NOW - HOUR)
    workflow.approve(release, a_publisher(), resubmit(release, NOW - HOUR), at=NOW - HOUR)


def take_back(_, mark):
    withdraw(a_live_release(NOW - DAY, **hidden(mark)), at=NOW - HOUR)


def correct_hiding_the_earlier_edition(_, mark):
    release = a_live_release(NOW - DAY, **hidden(mark))
    release = land(a_document(slug=later(mark)), by=a_reporter(), release=release, at=NOW - HOUR)
    digest, note = resubmit(release, NOW - HOUR), "The ship was another."
    workflow.correct(release, a_publisher(), digest, "correction", note, shows_previous=False, at=NOW - HOUR)


NO_LONGER_PUBLIC = {
    "superseded": supersede,
    "withdrawn": take_back,
    "corrected without showing the earlier edition": correct_hiding_the_earlier_edition,
}

WAYS = {
    "GET": ("GET", {}),
    "HEAD": ("HEAD", {}),
    "conditional": ("GET", {"HTTP_IF_NONE_MATCH": "*"}),
    "since": ("GET", {"HTTP_IF_MODIFIED_SINCE": "Sat, 01 Jan 2000 00:00:00 GMT"}),
    "range": ("GET", {"HTTP_RANGE": "bytes=0-9"}),
}
ROLES = (None, "", "Reporter", "Editor", "Publisher")


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture(scope="module")
def ordinary_day(lasting):
    """An ordinary live release for each hidden state."""
    with time_machine.travel(NOW, tick=False):
        states = INVISIBLE | NO_LONGER_PUBLIC
        return {state: a_live_release(NOW - 2 * DAY, headline=f"An ordinary day: {state}").pk for state in states}


@pytest.fixture(autouse=True)
def ordinary(ordinary_day, db):
    """The ordinary releases by hidden state, and every hidden file lying in the storage."""
    for state in ordinary_day:
        for path in files(mark_of(state)):
            default_storage.save(path, ContentFile(b"not to be read"))
    return {state: Release.objects.get(pk=number) for state, number in ordinary_day.items()}


def mark_of(state: str) -> str:
    """A word that stands nowhere else, the same at every run."""
    number = list(INVISIBLE | NO_LONGER_PUBLIC).index(state)
    return f"Quixotry{'bcdfghjklmnpqrstvwx'[number] * 2}a"


def hide(states: dict, ordinary: dict) -> None:
    for state, act in states.items():
        act(ordinary[state], mark_of(state))
        give_portrait(mark_of(state))


@pytest.fixture
def no_working_copy():
    """Fails a public request that reads a table of the desk."""
    private = ("releases_release", "releases_revision", "releases_quote", "releases_photo", "releases_auditevent")

    def watch(execute, sql, params, many, context):
        read = [table for table in private if f'"{table}"' in sql or f" {table} " in sql]
        assert not read, f"a public page read {read}: {sql[:300]}"
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield


def clients(quick):
    """Everybody who might ask: a stranger, and somebody signed in for each role; if it is quick, the mightiest."""
    for role in ROLES[:: len(ROLES) - 1] if quick else ROLES:
        client = embargo.stranger()
        if role is not None:
            client.force_login(a_person(role))
        yield role, client


def pages(told: Secret) -> list[str]:
    """Every address that exists whatever is hidden, with the filters by which `told` could be found."""
    english = {address for name in set(SURFACES) - embargo.DIRECT for address in SURFACES[name](told)}
    return sorted(english | {page.replace("/en/", "/tr/") for page in english if "?" not in page})


def direct(told: Secret) -> list[str]:
    """The addresses that answer 404 while `told` is hidden, in two languages."""
    return [address for name in sorted(embargo.DIRECT) for address in SURFACES[name](told)]


def telling(address: str, headers: dict, body: bytes, mark="quixotry") -> bool:
    """Whether an answer says a marked word, other than by repeating the question."""
    asked = mark in address.lower()
    return not asked and (mark in body.decode(errors="replace").lower() or mark in str(headers).lower())


def test_every_public_address_is_watched():
    assert embargo.public_names() == set(SURFACES)


def test_what_is_hidden_leaves_no_trace_anywhere(ordinary, quick):
    """Not a byte and not a header of any page moves, whoever asks in whichever way."""
    asked = pages(secret(mark_of("draft")))
    stranger = embargo.stranger()
    ways = {"GET": WAYS["GET"]} if quick else WAYS
    before = {(page, way): ask(stranger, page, ways[way][0], **ways[way][1]) for page, way in product(asked, ways)}
    hide(INVISIBLE, ordinary)
    for role, client in clients(quick):
        for page, (way, (method, headers)) in product(asked, ways.items()):
            if not role or (way == "GET" and "?" not in page):
                answer = ask(client, page, method, **headers)
                assert answer == before[page, way], (page, way, role)
                assert not telling(page, *answer[1:]), (page, way, role)


def test_hidden_addresses_answer_as_if_they_had_never_been(ordinary, quick):
    hide(INVISIBLE, ordinary)
    spoken = {state: "tr" if "translation" in state else "en" for state in INVISIBLE}
    assert_unknown([secret(mark_of(state), language=language) for state, language in spoken.items()], quick)


def assert_unknown(secrets, quick):
    """Each direct address answers, byte for byte, what an address answers that never was anything.

    Everybody asks for the first secret in every way; for the others a stranger asks in every way, staff plainly; if it
    is to be quick, a stranger asks plainly, too.
    """
    for (role, client), (way, (method, headers)) in product(clients(quick), WAYS.items()):
        places = *(f"{language}/releases/nonsense/" for language in ("en", "tr", "ar")), "media/files/nonsense.jpg"
        never = {place[:2]: ask(client, f"/{place}", method, **headers) for place in places}
        asked = secrets if way == "GET" or not (role or quick) else secrets[:1]
        for address in {address for each in asked for address in direct(each)}:
            answer = ask(client, address, method, **headers)
            assert answer[0] == 404, (address, way, role)
            assert answer == never[address[1:3]], (address, way, role)


def test_what_is_no_longer_public_is_nowhere_to_be_read(ordinary, quick):
    hide(NO_LONGER_PUBLIC, ordinary)
    secrets = [secret(mark_of(state), slug="", editions=()) for state in NO_LONGER_PUBLIC]
    assert_unknown(secrets, quick)
    for role, client in clients(quick):
        for page in {page for each in secrets for page in pages(each) if not (role and "?" in page)}:
            _, told, body = ask(client, page)
            assert not telling(page, told, body), (page, role)


@pytest.mark.parametrize("state", NO_LONGER_PUBLIC)
def test_earlier_editions_of_what_is_no_longer_public_answer_404(state, ordinary):
    NO_LONGER_PUBLIC[state](ordinary[state], mark_of(state))
    nonsense = ask(embargo.stranger(), "/en/releases/nonsense/editions/1/")
    for slug in (hidden(mark_of(state))["slug"], later(mark_of(state))):
        assert ask(embargo.stranger(), f"/en/releases/{slug}/editions/1/") == nonsense


def test_a_withdrawn_address_tells_its_reason_and_nothing_of_what_it_said():
    take_back(None, "Quixotry")
    status, _, body = ask(embargo.stranger(), "/en/releases/quixotry-sails-tonight/")
    assert status == 410
    assert shows(body, "Its figures could not be confirmed.")
    assert not shows(body, WORDS)


def test_the_second_of_the_hour_opens_every_address_at_once(clock):
    for path in files("Quixotry"):
        default_storage.save(path, ContentFile(b"now to be read"))
    an_embargoed_release(NOW + SECOND, **hidden("Quixotry"))
    give_portrait("Quixotry")
    told = secret("Quixotry", editions=())
    stranger = embargo.stranger()
    assert {ask(stranger, address)[0] for address in direct(told)} == {404}
    clock.shift(SECOND)
    assert_every_surface_carries(told, direct(told), stranger)


def test_public_pages_never_read_working_copies(request, ordinary):
    correct(a_live_release(NOW - DAY, **hidden("Quixotry")), at=NOW - HOUR)
    withdrawn = withdraw(a_live_release(NOW - DAY, slug="gone"), at=NOW - HOUR)
    edit(withdrawn, headline="Again")
    request.getfixturevalue("no_working_copy")
    stranger = embargo.stranger()
    told = secret("Quixotry")
    for page in [*pages(told), *direct(told)]:
        ask(stranger, page)
    for page, status in {"quixotry-sails-tonight/editions/1": 200, "quixotry-sails-tonight": 200, "gone": 410}.items():
        assert ask(stranger, f"/en/releases/{page}/")[0] == status


@pytest.mark.thorough
def test_check_embargo_finds_nothing_to_tell(ordinary, capsys):
    hide({**INVISIBLE, **NO_LONGER_PUBLIC}, ordinary)
    call_command("check_embargo")
    assert "Nothing leaks" in capsys.readouterr().out


def test_check_embargo_finds_a_leak_when_there_is_one(monkeypatch):
    an_embargoed_release(NOW + HOUR, **hidden("Quixotry"))
    monkeypatch.setattr(visibility, "live", lambda at, prefix="": Q())
    with pytest.raises(CommandError, match="leak"):
        call_command("check_embargo")


def test_the_site_as_of_a_moment_is_the_same_question():
    an_approved_release(NOW + DAY, **hidden("Quixotry"))
    count = Edition.objects.live(NOW).count()
    assert Edition.objects.live(NOW + DAY - SECOND).count() == count
    assert Edition.objects.live(NOW + DAY).count() == count + 1
