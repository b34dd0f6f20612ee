"""The office behind the demonstration: its name, its places, events and people, and a desk that cannot log in."""

from dataclasses import dataclass, field
from datetime import date

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import prefetch_related_objects

from releases import markup
from releases.demo import days
from releases.demo.sources import LANGUAGES, html, read
from releases.models import (
    Boilerplate,
    Contact,
    Event,
    EventName,
    Location,
    LocationName,
    Newsroom,
    Spokesperson,
    SpokespersonName,
)


@dataclass
class Office:
    """Everything the stories refer to, by the words their files use."""

    today: date
    places: dict[str, Location] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    spokespersons: dict[str, Spokesperson] = field(default_factory=dict)
    contacts: dict[str, Contact] = field(default_factory=dict)
    boilerplates: dict[str, Boilerplate] = field(default_factory=dict)
    desk: dict[str, object] = field(default_factory=dict)


def open_office(today: date) -> Office:
    """Writes the office, or brings the one that is there up to `today`."""
    name_newsroom()
    office = Office(today)
    for row in read("places")["places"]:
        office.places[row["slug"]] = _place(row, office)
    for row in read("events")["events"]:
        office.events[row["slug"]] = _event(row, office)
    people = read("people")
    for row in people["spokespersons"]:
        office.spokespersons[row["slug"]] = _spokesperson(row)
    for order, row in enumerate(people["contacts"]):
        office.contacts[row["key"]] = _contact(row, order)
    for row in read("newsroom")["boilerplates"]:
        office.boilerplates[row["language"]] = _boilerplate(row)
    for row in people["desk"]:
        office.desk[row["username"]] = _colleague(row)
    for things in (office.places, office.events, office.spokespersons):
        prefetch_related_objects(list(things.values()), "names")
    return office


def name_newsroom() -> None:
    """Names the site, unless somebody has named it already."""
    newsroom = Newsroom.current()
    if newsroom.about or newsroom.names != Newsroom().names:
        return
    source = read("newsroom")
    newsroom.names = source["names"]
    newsroom.about = {language: markup.sanitise(html(words)) for language, words in source["about"].items()}
    for name in ("languages", "time_zone", "accent"):
        setattr(newsroom, name, source[name])
    newsroom.full_clean()
    newsroom.save()


def _put(model, slug: str, **values):
    """The row of this slug, new or brought up to date, checked like one from a form."""
    thing = model.objects.filter(slug=slug).first() or model(slug=slug)
    for name, value in values.items():
        setattr(thing, name, value)
    thing.full_clean()
    thing.save()
    return thing


def _name(thing, model, owner: str, rows) -> None:
    """Gives `thing` exactly these names: dicts of columns."""
    thing.names.all().delete()
    for row in rows:
        name = model(**{owner: thing}, **row)
        name.full_clean()
        name.save()


def _place(row: dict, office: Office) -> Location:
    latitude, longitude = row["at"]
    place = _put(
        Location,
        row["slug"],
        parent=office.places.get(row.get("parent")),
        kind=row["kind"],
        country_code=row.get("country", ""),
        latitude=str(latitude),
        longitude=str(longitude),
        tell_region=row.get("tell_region", False),
    )
    names = [
        {"language": language, "text": words, "is_alias": index > 0}
        for language in LANGUAGES
        for index, words in enumerate(row[language])
    ]
    _name(place, LocationName, "location", names)
    return place


def _event(row: dict, office: Office) -> Event:
    first = row.get("first_day")
    yearly = row.get("recurs_yearly", False)
    event = _put(
        Event,
        row["slug"],
        starts_on=(days.next_time(first, office.today) if yearly else days.day(first, office.today))
        if first
        else None,
        ends_on=days.day(row["last_day"], office.today) if "last_day" in row else None,
        starts_at=days.moment(row.get("starts", ""), office.today),
        ends_at=days.moment(row.get("ends", ""), office.today),
        time_zone=days.ZONE,
        recurs_yearly=yearly,
        location=office.places.get(row.get("place")),
        status=row.get("status", "planned"),
        venue=row.get("venue", ""),
        attendance=row.get("attendance", "in_person"),
        livestream=row.get("livestream", ""),
        url=row.get("url", ""),
        is_invitation=row.get("invitation", False),
        accreditation_deadline=days.moment(row.get("accredit_by", ""), office.today),
        accreditation_url=row.get("accredit_at", ""),
        accreditation_email=row.get("accredit_email", ""),
    )
    texts = ("summary", "for_press")
    names = [
        {"language": code, "text": row[code], **{name: row.get(name, {}).get(code, "") for name in texts}}
        for code in LANGUAGES
    ]
    _name(event, EventName, "event", names)
    return event


def _spokesperson(row: dict) -> Spokesperson:
    person = _put(Spokesperson, row["slug"])
    names = [
        {
            "language": language,
            "text": row[language]["name"],
            "title": row[language]["title"],
            "organisation": row[language]["organisation"],
            "biography": row[language].get("biography", ""),
        }
        for language in LANGUAGES
    ]
    _name(person, SpokespersonName, "spokesperson", names)
    return person


def _contact(row: dict, order: int) -> Contact:
    same = {name: row[name] for name in ("language", "name", "role", "email", "phone", "hours")}
    same |= {name: row.get(name, "") for name in ("whatsapp", "speaks")}
    contact = Contact.objects.filter(language=row["language"], email=row["email"]).first() or Contact()
    organisation = read("newsroom")["names"][row["language"]]
    for name, value in {**same, "organisation": organisation, "order": order, "on_site": True}.items():
        setattr(contact, name, value)
    contact.full_clean()
    contact.save()
    return contact


def _boilerplate(row: dict) -> Boilerplate:
    known = Boilerplate.objects.filter(language=row["language"], title=row["title"]).first()
    about = known or Boilerplate(language=row["language"], title=row["title"])
    about.body, about.is_default = html(row["body"]), True
    about.full_clean()
    about.save()
    return about


def _colleague(row: dict):
    """Someone of the demonstration desk, awake until `send_home`; without a password, so nobody can log in."""
    person, _ = get_user_model().objects.get_or_create(username=row["username"])
    for name in ("first_name", "last_name"):
        setattr(person, name, row[name])
    person.is_active, person.is_staff = True, False
    person.set_unusable_password()
    person.save()
    person.groups.set([Group.objects.get(name=row["group"])])
    return person


def send_home(office: Office) -> None:
    """Ends the desk's day: an inactive account may do nothing and counts as nobody's second reader."""
    for person in office.desk.values():
        person.is_active = False
        person.save(update_fields=["is_active"])
