"""A newsroom with one of everything a stranger can come across, and an address for every kind of page."""

from datetime import date, timedelta
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from releases import workflow
from releases.documents import About, Download, Happening, Picture, Place, PressContact, Quotation
from releases.models import Contact, Event, EventName, Location, LocationName, Newsroom, Spokesperson
from tests.builders import DAY, a_live_release, a_publisher, correct, edit, resubmit, withdraw

LANGUAGES = ("en", "tr", "ar")
LONG = "Uluslararasılaştırılmış Kuruluşlararası Koordinasyonsuzlaştırılamayanlar Üzerine Basın Açıklaması"
HEADLINES = {"en": "Boats reach the harbour of İzmir", "tr": LONG, "ar": "وصول 3 قوارب إلى ميناء إزمير (Karantina)"}
BODIES = {
    "en": "<p>Three boats came at dawn.</p>",
    "tr": "<p>Şafakta üç tekne geldi.</p>",
    "ar": "<p>وصلت ثلاثة قوارب عند الفجر إلى رصيف Karantina في إزمير.</p>",
}
TABLE = '<table><tr><th scope="col">Boat</th><th scope="col">People</th></tr><tr><td>One</td><td>31</td></tr></table>'
REST = f'<h2>Figures</h2><ul><li>Three boats</li></ul>{TABLE}<p><a href="https://example.org/">The port</a></p>'

# Every public page there is, by the name of its address; {language} is the one it is asked for in.
PAGES = {
    "front": ("",),
    "releases": (
        "releases/",
        "releases/?q=harbour",
        "releases/?q=harbuor",
        "releases/?q=nothing+of+the+kind",
        "releases/?tag=rescue&location=izmir&kind=press_release",
        "releases/?since=2020-01-01&until=2020-12-31",
        "releases/?year=1999&month=2",
    ),
    "release": (
        "releases/boats/",
        "releases/words-alone/",
        "releases/untold-{language}/",
        "releases/gone/",
        "releases/half-{language}/",
        "releases/nowhere/",
    ),
    "edition": ("releases/boats/editions/1/",),
    "archive": ("archive/",),
    "locations": ("locations/",),
    "location": ("locations/izmir/", "locations/aegean-coast/"),
    "events": ("events/",),
    "event": ("events/harbour-forum/", "events/regatta/", "events/day-of-the-sea/", "events/conference/"),
    "spokespersons": ("spokespersons/",),
    "spokesperson": ("spokespersons/ayla-demir/",),
    "tags": ("tags/",),
    "tag": ("tags/rescue/",),
    "corrections": ("corrections/",),
    "contacts": ("contacts/",),
    "about": ("about/",),
    "accessibility": ("accessibility/",),
}
NO_PAGES = {  # what is answered there is not read in a browser: files, feeds, what machines ask for, ways elsewhere
    *("home", "media", "style", "plain_text", "kit", "share_card", "calendar", "event_calendar", "contact_cards"),
    *("rss", "atom", "json_feed", "robots", "sitemap_index", "sitemap", "news_sitemap", "security"),
    *("healthz", "readyz"),
}


def pages(language: str, *names: str) -> list[str]:
    """The addresses of the pages in a language, those of some names or all."""
    wanted = names or PAGES
    return [f"/{language}/{rest.format(language=language)}" for name in wanted for rest in PAGES[name]]


def one_of_each(now) -> None:
    """Fills an empty newsroom as it stands at `now`, in English, Turkish and Arabic."""
    Newsroom.objects.create(about=dict.fromkeys(LANGUAGES, "<p>We watch the coast.</p><h2>Why</h2><p>…</p>"))
    a_whole_release(now)
    a_live_release(now - 9 * DAY, slug="words-alone", kind="statement", headline="A statement", **nothing())
    for days, kind in enumerate(("message", "media_advisory", "news"), start=4):
        a_live_release(now - days * DAY, kind=kind, headline=f"Of the kind {kind}")
    for language in LANGUAGES:
        taken_back(now, language)
        untold(now, language)
        Contact.objects.create(language=language, order=2, on_site=True, **somebody().model_dump(exclude={"id"}))
    Spokesperson.objects.update(portrait=a_picture("files/c/portrait.png"), portrait_alt="Ayla Demir, smiling")
    put_on_the_map()
    set_dates(now)


def nothing() -> dict:
    names = ("places", "quotes", "events", "tags", "contacts")
    return {**dict.fromkeys(names, ()), "summary": "", "notes_to_editors": ""}


def somebody() -> PressContact:
    return PressContact(
        name="Deniz Kaya",
        role="Media, Aegean coast",
        organisation="Coast Office",
        email="deniz.kaya@press.example.org",
        phone="+90 312 555 01 23",
        hours="09:00–18:00",
    )


def a_picture(path: str) -> str:
    """A picture of 64 × 40 that lies at `path`."""
    stream = BytesIO()
    Image.new("RGB", (64, 40), "#4477aa").save(stream, "PNG")
    return default_storage.save(path, ContentFile(stream.getvalue()))


def a_whole_release(now) -> None:
    """Told in three languages, corrected so that the earlier edition can be read, everything in it."""
    lead, other = a_picture("files/a/lead.png"), a_picture("files/b/other.png")
    paper = default_storage.save("files/d/table.pdf", ContentFile(b"%PDF-1.7"))
    release = a_live_release(
        now - 3 * DAY,
        slug="boats",
        headline=HEADLINES["en"],
        body=BODIES["en"] + REST,
        places=(Place(name="İzmir", region="Aegean Coast"), Place(name="Athens")),
        quotes=(
            Quotation(name="Ayla Demir", title="Head of Office", organisation="Office", words="We came.\nWe saw."),
            Quotation(name="Ömer Işık", title="Harbour master"),
        ),
        events=tuple(Happening(name=name) for name in ("Harbour Forum", "Regatta", "Day of the Sea", "Conference")),
        tags=("rescue", "şehir", "çevre", "ığdır", "irtibat"),
        contacts=(somebody(),),
        boilerplates=(About(title="About the Coast Office", body="<p>It watches.</p>"),),
        photos=(
            Picture(path=lead, alt_text="A pier", caption="Dawn.", credit="Kaya", is_lead=True, width=64, height=40),
            Picture(path=other, alt_text="A boat", caption="Noon.", credit="Kaya", width=64, height=40),
        ),
        attachments=(Download(path=paper, title="The table", size=8),),
    )
    correct(release, at=now - 2 * DAY, body="<p>Four boats came at dawn.</p>" + REST)
    for language in ("tr", "ar"):
        translate(release, language, "boats", HEADLINES[language], BODIES[language] + REST, now - 2 * DAY)


def translate(release, language: str, slug: str, headline: str, body: str, at):
    copy = workflow.start_translation(release, a_publisher(), language, at=at)
    edit(copy, at=at, slug=slug, headline=headline, body=body, release_at=None)
    workflow.approve(copy, a_publisher(), resubmit(copy, at), at=at)
    return copy


def taken_back(now, language: str) -> None:
    """A release that was withdrawn, and one that was withdrawn in this language alone."""
    withdraw(a_live_release(now - 6 * DAY, slug="gone", language=language), at=now - DAY)
    half = a_live_release(now - 6 * DAY, slug=f"half-{language}", language=language)
    other = LANGUAGES[LANGUAGES.index(language) - 1]
    translate(half, other, f"whole-{language}", HEADLINES[other], BODIES[other], now - 5 * DAY)
    withdraw(half, at=now - DAY)


def untold(now, language: str) -> None:
    """A release that readers of this language find in its own."""
    other = LANGUAGES[LANGUAGES.index(language) - 1]
    told = {"language": other, "headline": HEADLINES[other], "body": BODIES[other]}
    a_live_release(now - 7 * DAY, slug=f"untold-{language}", **told)


def put_on_the_map() -> None:
    """Where the places are, and what they are called in Arabic."""
    Location.objects.filter(slug__startswith="izmir").update(slug="izmir", latitude=38.42, longitude=27.14)
    Location.objects.filter(slug="athens").update(latitude=37.98, longitude=23.73)
    for place in Location.objects.filter(slug="izmir"):
        LocationName.objects.create(location=place, language="ar", text="إزمير")


def set_dates(now) -> None:
    """An invitation that was postponed, a cancelled event, one that comes every year, one that is over."""
    Event.objects.filter(slug="harbour-forum").update(
        status="postponed",
        starts_at=now + 9 * DAY,
        ends_at=now + 10 * DAY,
        formerly_at=now + 2 * DAY,
        time_zone="Europe/Athens",
        location=Location.objects.get(slug="izmir"),
        venue="Havagazı Fabrikası",
        attendance="hybrid",
        livestream="https://live.example.org/forum",
        is_invitation=True,
        accreditation_deadline=now + 8 * DAY,
        accreditation_email="press@example.org",
    )
    Event.objects.filter(slug="regatta").update(starts_at=now + 4 * DAY, status="cancelled")
    Event.objects.filter(slug="day-of-the-sea").update(starts_on=date(2020, 7, 1), recurs_yearly=True)
    Event.objects.filter(slug="conference").update(
        starts_on=now.date() - timedelta(days=400),
        ends_on=now.date() - timedelta(days=398),
        url="https://example.org/c",
    )
    for event in Event.objects.all():
        event.save()  # the days that lists are sorted by follow from the dates
    EventName.objects.filter(event__slug="harbour-forum").update(summary="What the coast needs.", for_press="Gate 3.")
