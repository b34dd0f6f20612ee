"""JSON-LD (schema.org): what a page shows, said for machines. It is made of what the view gave the page, no more."""

import json

from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from releases import moments
from releases.states import Attendance, EventStatus

from .addresses import absolute

SCHEMA = "https://schema.org"
DANGEROUS = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}
STATUS = {
    EventStatus.PLANNED: "EventScheduled",
    EventStatus.POSTPONED: "EventPostponed",
    EventStatus.CANCELLED: "EventCancelled",
    EventStatus.RESCHEDULED: "EventRescheduled",
}
ATTENDANCE = {
    Attendance.IN_PERSON: "OfflineEventAttendanceMode",
    Attendance.ONLINE: "OnlineEventAttendanceMode",
    Attendance.HYBRID: "MixedEventAttendanceMode",
}


def block(graph: list[dict]) -> SafeString:
    """The graph as the text of a data block, in which nothing can end the block or be taken for markup."""
    whole = {"@context": SCHEMA, "@graph": graph}
    return mark_safe(json.dumps(whole, ensure_ascii=False, separators=(",", ":")).translate(DANGEROUS))  # noqa: S308


def moment(at, zone: str) -> str:
    """An instant with the offset of its zone, as the page's own `datetime` has it."""
    return moments.iso(at, zone)


def known(kind: str, **properties) -> dict:
    """A thing with those of its properties that are known."""
    return {"@type": kind, **{name: value for name, value in properties.items() if value}}


def graph(page: dict) -> list[dict]:
    """Everything the page is about."""
    things = [path(page)] if page["page"] != "front" else [site(page), publisher(page)]
    if page.get("document"):
        things.insert(0, article(page))
    elif (maker := MAKERS.get(page["page"])) and (thing := maker(page)):
        things.insert(0, thing)
    return things


def publisher(page: dict) -> dict:
    home = absolute(reverse("front", args=[page["language"]]))
    logo = known("ImageObject", url=absolute(page["logo"] or static("favicon.svg")))
    return known("Organization", **{"@id": f"{home}#publisher"}, name=page["newsroom_name"], url=home, logo=logo)


def site(page: dict) -> dict:
    releases = absolute(reverse("releases", args=[page["language"]]))
    search = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": f"{releases}?q={{search_term_string}}"},
        "query-input": "required name=search_term_string",
    }
    name, home = page["newsroom_name"], page["canonical"]
    return known(
        "WebSite", **{"@id": f"{home}#site"}, name=name, url=home, inLanguage=page["language"], potentialAction=search
    )


def path(page: dict) -> dict:
    """The way from the front page to this one."""
    steps = [(page["newsroom_name"], reverse("front", args=[page["language"]]))]
    above = {"release": "releases"}.get(page["page"], f"{page['page']}s")
    steps += [(section.name, section.url) for section in page["sections"] if section.url.endswith(f"/{above}/")]
    steps.append((page["title"], page["canonical"]))
    items = [
        {"@type": "ListItem", "position": number, "name": str(name), "item": absolute(url)}
        for number, (name, url) in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def article(page: dict) -> dict:
    document, canonical, organisation = page["document"], page["canonical"], publisher(page)
    pictures = [page["lead_picture"]] if page.get("lead_picture") else []
    others = {
        code: {"@type": "NewsArticle", "@id": url, "url": url, "inLanguage": code}
        for code, url in page["hreflangs"]
        if code not in (document.language, "x-default")
    }
    return known(
        "NewsArticle",
        **{"@id": canonical},
        url=canonical,
        mainEntityOfPage=canonical,
        headline=document.headline,
        description=document.summary,
        inLanguage=document.language,
        dateline=document.dateline,
        datePublished=moment(page["published"], document.time_zone),
        dateModified=moment(page["updated"] or page["published"], document.time_zone),
        author=organisation,
        publisher=organisation,
        articleSection=str(page["kind_label"]),
        keywords=list(document.tags),
        image=[*map(image, pictures), *filter(None, [page.get("share_card")])],
        contentLocation=[place(spot, link) for spot, link in zip(document.places, page["locations"], strict=True)],
        about=[happening(event) for event in document.events],
        mentions=speakers(document),
        correction=[correction(note, document.time_zone) for note in page["corrections"]],
        translationOfWork=others.get(page["translates"]),
        workTranslation=list(others.values()) if document.translation_of is None else None,
        isAccessibleForFree=True,
    )


def image(picture: dict) -> dict:
    sizes = {name: picture[name] for name in ("width", "height") if picture.get(name)}
    url = absolute(picture["url"])
    return known("ImageObject", url=url, caption=picture["caption"], creditText=picture["credit"], **sizes)


def place(spot, link) -> dict:
    region = known("Place", name=spot.region) if spot.region else None
    return known("Place", name=spot.name, url=link.url and absolute(link.url), containedInPlace=region)


def happening(event) -> dict:
    """An event as it was announced in a release."""
    where = known("Place", name=event.place) if event.place else None
    return known("Event", name=event.name, location=where, **times_of(event))


def times_of(event) -> dict:
    """When an event is, in its own zone, and what became of that; days for what is told in days."""
    first, last = event.starts_on, event.ends_on
    if event.starts_at:
        first, last = (at and moments.local(at, event.time_zone) for at in (event.starts_at, event.ends_at))
    told = {"startDate": first and first.isoformat(), "endDate": last and last.isoformat()}
    return {**told, "eventStatus": f"{SCHEMA}/{STATUS[event.status]}"}


def speakers(document) -> list[dict]:
    found = {quote.name: quote for quote in document.quotes}.values()
    return [person(quote.name, quote.title, quote.organisation) for quote in found]


def person(name: str, title: str = "", organisation: str = "", **more) -> dict:
    employer = known("Organization", name=organisation) if organisation else None
    return known("Person", name=name, jobTitle=title, worksFor=employer, **more)


def correction(note: dict, zone: str) -> dict:
    return known("CorrectionComment", text=note["note"], datePublished=moment(note["at"], zone))


def event(page: dict) -> dict | None:
    """The event of a page as it stands today; None for what is nowhere, or is only a day to keep every year."""
    row = page["row"]
    former = row.formerly_on or (row.formerly_at and moments.local(row.formerly_at, row.time_zone))
    online = known("VirtualLocation", url=row.livestream) if row.livestream else None
    where = [found for found in (venue(page), online) if found]
    if row.recurs_yearly or not where:
        return None
    return known(
        "Event",
        name=page["title"],
        url=page["canonical"],
        description=page.get("summary"),
        location=where[0] if len(where) == 1 else where,
        eventAttendanceMode=f"{SCHEMA}/{ATTENDANCE[row.attendance]}",
        organizer=publisher(page),
        previousStartDate=former and former.isoformat(),
        **times_of(row),
    )


def venue(page: dict) -> dict | None:
    """Where an event takes place, as its page names it."""
    row, where = page["row"], page.get("place_name", "")
    if row.attendance == Attendance.ONLINE or not (row.venue or where):
        return None
    address = known("PostalAddress", addressLocality=where) if where else None
    return known("Place", name=row.venue or where, address=address)


def location(page: dict) -> dict:
    row = page["row"]
    where = row.latitude is not None
    geo = known("GeoCoordinates", latitude=float(row.latitude), longitude=float(row.longitude)) if where else None
    country = known("PostalAddress", addressCountry=row.country_code) if row.country_code else None
    return known("Place", name=page["title"], url=page["canonical"], geo=geo, address=country)


def spokesperson(page: dict) -> dict:
    """A person with today's title and portrait."""
    today, portrait = page["row"].name_row(page["language"]), page.get("portrait")
    title, organisation = (today.title, today.organisation) if today else ("", "")
    shown = {"url": page["canonical"], "description": page.get("biography")}
    shown["image"] = portrait and image({**portrait, "caption": portrait["alt"]})
    return person(page["title"], title, organisation, **shown)


MAKERS = {"event": event, "location": location, "spokesperson": spokesperson}
