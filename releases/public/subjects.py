"""What places, events, people and tags share: an index in the order of the alphabet, a page with their releases."""

from dataclasses import dataclass
from itertools import groupby

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from releases import text
from releases.models.edition import Edition
from releases.models.tags import Tag
from releases.querysets import Cursor

from . import cards
from .caching import page

INDEX = 300
WORTH_LETTERS = 30  # entries from which on an index is parted by initial letters


@dataclass(frozen=True)
class Link:
    """A line of an index, or a neighbour of a subject."""

    name: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class Fact:
    """One thing to know about a subject: words, or links."""

    label: str
    words: str = ""
    links: tuple[Link, ...] = ()

    def __bool__(self):
        return bool(self.words or self.links)


@dataclass(frozen=True)
class Listed:
    """A page of an index: its rows, and the ways to what comes after and to the start."""

    rows: list
    older: str = ""
    newest: str = ""


def joined(*parts: str) -> str:
    """What is known of some parts, with the comma of the page's language between them."""
    return _(", ").join(filter(None, parts))


def cursor(request) -> Cursor | None:
    """Where the page before ended; a cursor that nobody gave out is an address that does not exist."""
    written = request.GET.get("after", "")
    try:
        return Cursor.read(written) if written else None
    except (ValueError, OverflowError):
        raise Http404 from None


def links(name: str, language: str, rows, note=lambda row: "") -> tuple[Link, ...]:
    """Rows as links to their pages; `name` is the one of their address."""
    return tuple(Link(row.told, reverse(name, args=[language, row.slug]), note(row)) for row in rows)


def listed(request, language: str, name: str, rows) -> Listed:
    """The page of an index that `?after=` asks for, in the order of the alphabet.

    A list that fits one page is sorted by the alphabet of its language even where its names come from others.
    """
    rows = rows.order_by("told_key", "slug")
    if after := text.tidy(request.GET.get("after", "")):
        last = get_object_or_404(rows, slug=after)
        rows = rows.filter(Q(told_key__gt=last.told_key) | Q(told_key=last.told_key, slug__gt=last.slug))
    found = list(rows[: INDEX + 1])
    here = reverse(f"{name}s", args=[language])
    if len(found) > INDEX:
        return Listed(found[:INDEX], f"{here}?after={found[INDEX - 1].slug}", here if after else "")
    if not after:
        found.sort(key=lambda row: (text.sort_key(row.told, language), row.slug))
    return Listed(found, newest=here if after else "")


def by_letter(entries: tuple[Link, ...], language: str) -> list[tuple[str, list[Link]]]:
    """The entries of a long index under their initial letters; those of a short one under none."""
    if len(entries) < WORTH_LETTERS:
        return [("", list(entries))] if entries else []
    letters = groupby(entries, key=lambda entry: initial(entry.name, language))
    return [(letter, list(found)) for letter, found in letters]


def initial(name: str, language: str) -> str:
    """The letter under which a name is looked for: without the Arabic article, digits and signs under #."""
    first = name.removeprefix("ال")[:1] or name[:1]
    return text.upper(first, language) if first.isalpha() else "#"


def index(request, language: str, name: str, found: Listed, *, title, lead, note=lambda row: "", **context):
    """The index page of some listed rows."""
    entries = links(name, language, found.rows, note)
    letters = by_letter(entries, language)
    context = {
        "title": title,
        "lead": lead,
        "letters": letters,
        "jumps": [letter for letter, _entries in letters] if len(letters) > 1 else [],
        "older": found.older,
        "newest": found.newest,
        **context,
    }
    return render(request, "releases/index.html", context)


def one(model, request, language, slug):
    """What the public knows under this slug, in any language, told in this one; 404 for anything else."""
    rows = model.objects.public(request.at).told_in(language).read_in(request.at, request.newsroom.languages)
    return get_object_or_404(rows, slug=slug)


def subject(request, language, name, row, *, template="releases/subject.html", **context):
    """The page of one subject: what it is, and its releases, newest first."""
    after = cursor(request)
    found = cards.read(Edition.objects.listed(request.at, language, after=after, **{name: row}), language)
    here = reverse(name, args=[language, row.slug])
    context = {
        "row": row,
        "name": row.told,
        "days": found.days,
        "wire_title": _("Releases"),
        "is_first": not after,
        "feed": f"{reverse('rss', args=[language])}?{name}={row.slug}",
        "all_filtered": f"{reverse('releases', args=[language])}?{name}={row.slug}",
        "older": f"{here}?after={found.after}" if found.after else "",
        "newest": here if after else "",
        **context,
    }
    return render(request, template, context)


@page
def tags(request, language):
    """Every topic of the published releases."""
    found = listed(request, language, "tag", Tag.objects.public(request.at, language).told_in(language))
    return index(request, language, "tag", found, title=_("Tags"), lead=_("What the releases are about."))


@page
def tag(request, language, slug):
    """A topic and its releases."""
    return subject(request, language, "tag", one(Tag, request, language, slug), subject_label=_("Tag"))
