"""The positive twin of the embargo matrix: every surface does carry what is live."""

from releases.management.embargo import ask, shows


def assert_every_surface_carries(told, direct, client):
    """The positive twin: the matrix would be worthless if live releases did not show at these addresses."""
    for address in direct:
        assert ask(client, address)[0] == 200, address
    assert shows(ask(client, "/en/releases/quixotry-sails-tonight.txt")[2], told.words[1].rstrip("."))
    filters = [f"{kind}={slug}" for kind, slug in told.subjects] + ["q=quixotry", "year=2026", "kind=message"]
    for base in ("/en/releases/", *(f"/en/feeds/{feed}" for feed in ("rss.xml", "atom.xml", "feed.json"))):
        for query in ("", *filters):
            assert shows(ask(client, f"{base}?{query}")[2], "Quixotry sails tonight"), (base, query)
    for page, words in [
        ("/en/", "Quixotry sails tonight"),
        ("/en/releases/?q=“quixotry sails”&sort=relevance", "Quixotry sails tonight"),
        ("/en/releases/?q=ship -harbour", "No release matches"),
        ("/en/releases/?q=unseen", "Quixotry left the harbour"),
        ("/en/releases/?q=quixorty", "Quixotry"),
        ("/en/archive/", "year=2026&month=11"),
        ("/en/locations/", "Quixotry Bay"),
        ("/en/events/", "Quixotry Regatta"),
        ("/en/events/calendar.ics", "Quixotry Regatta"),
        ("/en/events/quixotry-regatta.ics", "Quixotry Regatta"),
        ("/en/spokespersons/", "Quixotry Person"),
        ("/en/spokespersons/quixotry-person/", "Quixotry is mine."),
        ("/en/spokespersons/quixotry-person/", told.files[2]),
        ("/en/tags/", "Quixotry tag"),
        ("/sitemap.xml", "/sitemaps/2026-11.xml"),
        ("/sitemaps/2026-11.xml", "/en/releases/quixotry-sails-tonight/"),
        ("/sitemaps/locations.xml", "/en/locations/quixotry-coast/"),
        ("/sitemaps/events.xml", "/en/events/quixotry-regatta/"),
        ("/sitemaps/spokespersons.xml", "/en/spokespersons/quixotry-person/"),
        ("/sitemaps/tags.xml", "/en/tags/quixotry-tag/"),
        ("/news-sitemap.xml", "Quixotry sails tonight"),
    ]:
        assert shows(ask(client, page)[2], words), page
