"""Every address a stranger can fetch. Whatever is not here does not exist."""

from django.urls import include, path, register_converter

from . import (
    archive,
    calendars,
    contacts,
    downloads,
    events,
    feeds,
    kit,
    machines,
    people,
    places,
    plaintext,
    release,
    sharecards,
    sitemaps,
    standing,
    subjects,
    theme,
    views,
)


class Language:
    """A language code as it stands in addresses: `en`, `pt-br`."""

    regex = "[a-z]{2,3}(?:-[a-z0-9]{2,8})*"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


class Word:
    """The last word of an address, in letters and digits of any script."""

    regex = r"[\w-]{1,100}"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


class Number:
    """A number of an edition: no signs, no zeros in front, short enough for every database."""

    regex = "[1-9][0-9]{0,5}"

    def to_python(self, value):
        return int(value)

    def to_url(self, value):
        return str(value)


register_converter(Language, "language")
register_converter(Number, "number")
register_converter(Word, "word")

in_a_language = [
    path("", views.front, name="front"),
    path("releases/", archive.releases, name="releases"),
    path("releases/<word:slug>/", release.release, name="release"),
    path("releases/<word:slug>/editions/<number:number>/", release.edition, name="edition"),
    path("releases/<word:slug>.txt", plaintext.plain_text, name="plain_text"),
    path("releases/<word:slug>/kit.zip", kit.kit, name="kit"),
    path("releases/<word:slug>/card.jpg", sharecards.share_card, name="share_card"),
    path("archive/", archive.archive, name="archive"),
    path("locations/", places.locations, name="locations"),
    path("locations/<word:slug>/", places.location, name="location"),
    path("events/", events.events, name="events"),
    path("events/calendar.ics", calendars.calendar, name="calendar"),
    path("events/<word:slug>/", events.event, name="event"),
    path("events/<word:slug>.ics", calendars.event_calendar, name="event_calendar"),
    path("spokespersons/", people.spokespersons, name="spokespersons"),
    path("spokespersons/<word:slug>/", people.spokesperson, name="spokesperson"),
    path("tags/", subjects.tags, name="tags"),
    path("tags/<word:slug>/", subjects.tag, name="tag"),
    path("corrections/", standing.corrections, name="corrections"),
    path("contacts/", contacts.contacts, name="contacts"),
    path("contacts/contacts.vcf", contacts.cards, name="contact_cards"),
    path("about/", standing.about, name="about"),
    path("accessibility/", standing.accessibility, name="accessibility"),
    path("feeds/rss.xml", feeds.rss, name="rss"),
    path("feeds/atom.xml", feeds.atom, name="atom"),
    path("feeds/feed.json", feeds.json_feed, name="json_feed"),
]

urlpatterns = [
    path("", views.home, name="home"),
    path("<language:language>/", include(in_a_language)),
    path("media/<path:path>", downloads.media, name="media"),
    path("style/<word:version>.css", theme.style, name="style"),
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", sitemaps.index, name="sitemap_index"),
    path("sitemaps/<word:name>.xml", sitemaps.sitemap, name="sitemap"),
    path("news-sitemap.xml", sitemaps.news, name="news_sitemap"),
    path(".well-known/security.txt", machines.security, name="security"),
    path("healthz", machines.healthz, name="healthz"),
    path("readyz", machines.readyz, name="readyz"),
]
