"""One language version of a story as a Document."""

import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from releases.demo import days, pictures
from releases.demo.office import Office
from releases.demo.sources import html
from releases.documents import About, Document, Happening, Picture, Place, PressContact, Quotation
from releases.models.files import unguessable_path

SOURCE = "demo"


def document(key: str, story: dict, language: str, office: Office, picture: Picture | None, **more) -> Document:
    """The story `key` in `language`; `more` are further fields, such as translation_of."""
    version = story[language]

    def told(name: str) -> str:
        return days.told(version.get(name, ""), language, office.today)

    return Document(
        language=language,
        kind=story["kind"],
        headline=version["headline"],
        slug=version.get("slug", ""),
        summary=told("summary"),
        places=tuple(_places(story, language, office)),
        body=html(told("body")),
        notes_to_editors=html(told("notes")),
        release_at=days.moment(story["when"], office.today),
        time_zone=days.ZONE,
        events=tuple(_happening(office.events[slug], language) for slug in story.get("events", ())),
        quotes=tuple(_quotation(quote, language, office) for quote in version.get("quotes", ())),
        tags=tuple(version["tags"]),
        contacts=tuple(_contacts(story, language, office)),
        boilerplates=(_about(office.boilerplates[language]),),
        photos=(picture,) if picture else (),
        source=SOURCE,
        source_id=key,
        **more,
    )


def _places(story: dict, language: str, office: Office):
    for name, in_dateline in (("dateline", True), ("places", False)):
        for slug in story.get(name, ()):
            place = office.places[slug]
            yield Place(id=place.pk, name=place.name_in(language), slug=slug, in_dateline=in_dateline)


def _happening(event, language: str) -> Happening:
    return Happening(id=event.pk, name=event.name_in(language), slug=event.slug)


def _quotation(quote: dict, language: str, office: Office) -> Quotation:
    """Without a title of its own, today's is written down: what was said stays as it was said."""
    person = office.spokespersons[quote["by"]]
    today = person.name_row(language)
    return Quotation(
        spokesperson_id=person.pk,
        name=today.text,
        slug=person.slug,
        title=quote.get("title", today.title),
        organisation=today.organisation,
        words=quote.get("words", ""),
    )


def _contacts(story: dict, language: str, office: Office):
    for key in story["contacts"]:
        contact = office.contacts.get(f"{key}-{language}")
        if contact:
            yield PressContact(**{name: getattr(contact, name) for name in PressContact.model_fields})


def _about(boilerplate) -> About:
    return About(id=boilerplate.pk, title=boilerplate.title, body=boilerplate.body)


def stored_picture(story: dict) -> str:
    """Draws and stores the story's picture, one file for all its languages; returns its path, empty without one."""
    if "lead" not in story:
        return ""
    return default_storage.save(
        unguessable_path(None, f"{story['lead']}.jpg"), ContentFile(pictures.jpeg(story["lead"]))
    )


def picture(story: dict, language: str, path: str) -> Picture | None:
    if not path:
        return None
    said = story[language]["picture"]
    return Picture(
        path=path,
        alt_text=said["alt"],
        caption=said["caption"],
        credit=said["credit"],
        is_lead=True,
        width=pictures.WIDTH,
        height=pictures.HEIGHT,
        sha256=hashlib.sha256(pictures.jpeg(story["lead"])).hexdigest(),
    )
