"""Search as a reader's browser has it: asking, and reading the page of results."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from urllib.parse import quote

from tests.builders import a_live_release

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HEADLINE = re.compile(r'<h3><a href="[^"]*">([^<]*)</a></h3>')
PLAIN = {"summary": "", "body": "<p>All quiet.</p>", "notes_to_editors": ""}
PLAIN |= dict.fromkeys(("places", "quotes", "events", "tags"), ())


def told(headline, since=NOW - DAY, **said):
    """A live release that says nothing but what is given."""
    return a_live_release(since, **{**PLAIN, "headline": headline, **said})


def page(client, query, language="en", **more):
    """The page of results as a reader's browser has it."""
    asked = "".join(f"&{name}={quote(str(value))}" for name, value in more.items())
    answer = client.get(f"/{language}/releases/?q={quote(query)}{asked}")
    assert answer.status_code == 200
    return answer.content.decode()


def found(client, query, language="en", **more):
    return headlines(page(client, query, language, **more))


def headlines(shown):
    """The headlines of a page of a list, in order."""
    return [unescape(headline) for headline in HEADLINE.findall(shown)]


def meant(client, query, language="en", **more):
    """The suggestions of a page: (words, address)."""
    whole = re.search(r'<p class="meant">(.*?)</p>', page(client, query, language, **more), re.DOTALL)
    links = re.findall(r'<a href="([^"]*)"><bdi>([^<]*)</bdi>', whole[1]) if whole else []
    return [(unescape(words), unescape(url)) for url, words in links]


def excerpts(client, query, language="en"):
    return re.findall(r'<p class="excerpt">(.*?)</p>', page(client, query, language), re.DOTALL)
