"""The one HTML policy: what a body may contain, and its way to plain text and back. Pure: no database, no settings.

nh3 parses and cleans; what it leaves is rebuilt as a small canonical tree, so that cleaning twice changes nothing:
approval digests and CSV round trips depend on it.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from itertools import takewhile

import nh3

from releases.text import clean

LEAVES = {"p": "p", "h1": "h2", "h2": "h2", "h3": "h3", "h4": "h3", "h5": "h3", "h6": "h3", "caption": "caption"}
MARKS = {"a": "a", "span": "span", "bdi": "bdi", "b": "strong", "strong": "strong", "i": "em", "em": "em", "cite": "em",
         "s": "s", "del": "s", "strike": "s", "sub": "sub", "sup": "sup"}  # fmt: skip
MARK_ORDER = ("a", "span", "bdi", "strong", "em", "s", "sub", "sup")
LISTS = {"ul", "ol"}
CELLS = {"th", "td"}
CONTAINERS = LISTS | CELLS | {"blockquote", "li", "table", "tr"}
BREAKS = {
    "address", "article", "aside", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption",
    "figure", "footer", "form", "header", "hgroup", "legend", "main", "menu", "nav", "pre", "search", "section", "summary",
    "tbody", "tfoot", "thead",
}  # fmt: skip
DROPPED = {"script", "style", "template", "noscript", "iframe", "object", "svg", "math", "textarea", "select", "title", "xml"}
DEPTH = 8

_ATTRIBUTES = {"*": {"lang", "dir"}, "a": {"href", "title", "hreflang"}, "td": {"colspan", "rowspan"},
               "th": {"colspan", "rowspan", "scope"}, "ol": {"start"}}  # fmt: skip
_PARSED = set(LEAVES) | set(MARKS) | CONTAINERS | BREAKS | {"br", "hr"}
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,6}")
_SPAN = re.compile(r"[1-9]\d{0,2}", re.ASCII)
_VALUES = {
    "lang": _LANGUAGE, "hreflang": _LANGUAGE, "dir": re.compile("ltr|rtl|auto"), "colspan": _SPAN, "rowspan": _SPAN,
    "start": _SPAN, "scope": re.compile("(?:col|row)(?:group)?"), "title": re.compile(".+"),
}  # fmt: skip
_SAFE_LINK = re.compile(r"https?://[^/\\?#]|mailto:[^/\\]|tel:[+\d(*#]|/(?![/\\])|/\Z", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\n\f\r]+")


@dataclass
class Leaf:
    """A paragraph, heading or caption: runs of (text, marks), where a newline in a text is a line break."""

    tag: str
    attributes: tuple = ()
    runs: list = field(default_factory=list)


@dataclass
class Node:
    """A block that holds blocks."""

    tag: str
    attributes: tuple = ()
    children: list = field(default_factory=list)


def link(href):
    """Return an address a body may link to, or None: http, https, mailto, tel, or a path of this site."""
    href = re.sub(r"[\x00-\x20\x7f-\x9f]+", lambda found: "%20" * found.group().count(" "), clean(href or "").strip())
    return href if _SAFE_LINK.match(href) else None


def _attributes(tag, attrs):
    kept = {}
    allowed = _ATTRIBUTES["*"] | _ATTRIBUTES.get(tag, set())
    for name, value in attrs:
        value = _BLANKS.sub(" ", clean(value or "")).strip()
        if name in _VALUES and name in allowed and _VALUES[name].fullmatch(value):
            kept[name] = value
    return kept


class _Builder(HTMLParser):
    """Rebuild what nh3 left as a canonical tree."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.root = Node("root")
        self.frames = [(self.root, {}, "")]
        self.leaf = None
        self.marks = []

    def container(self):
        return next(node for node, _, _ in reversed(self.frames) if node)

    def inherited(self):
        return self.frames[-1][1]

    def home(self):
        """Return the node blocks go into here; inside a list that is an item."""
        node = self.container()
        if node.tag in LISTS:
            if not node.children:
                node.children.append(Node("li"))
            return node.children[-1]
        return node

    def handle_starttag(self, tag, attrs):
        if tag in MARKS:
            self.open_mark(MARKS[tag], attrs)
        elif tag == "br":
            self.write("\n")
        elif tag == "hr":
            self.leaf = None
            if self.container().tag in {"root", "blockquote", "li", "td", "th"}:
                self.home().children.append(Node("hr"))
        else:
            self.open_block(tag, attrs)

    def open_mark(self, tag, attrs):
        attributes = _attributes(tag, attrs)
        if tag == "a":
            href = link(dict(attrs).get("href"))
            attributes = {"href": href, **attributes} if href else None
            if href and href[:4].lower() == "http":
                attributes["rel"] = "noopener noreferrer"
        elif tag == "span" and not attributes:
            attributes = None
        self.marks.append((tag, None if attributes is None else tuple(sorted(attributes.items()))))

    def open_block(self, tag, attrs):
        self.leaf = None
        attributes = self.inherited() | _attributes(tag, attrs)
        if tag in LEAVES:
            self.leaf = Leaf(LEAVES[tag], tuple(sorted(attributes.items())))
            self.place(self.leaf)
            self.frames.append((None, attributes, tag))
        elif tag in CONTAINERS and self.fits(tag):
            node = Node(tag, tuple(sorted(attributes.items())))
            parent = self.container() if tag in {"li", "tr", "th", "td"} else self.home()
            parent.children.append(node)
            self.frames.append((node, {}, tag))
        else:
            kept = {name: value for name, value in attributes.items() if name in {"lang", "dir"}}
            self.frames.append((None, kept, tag))

    def fits(self, tag):
        """Tell whether a container may stand here; where it may not, it only separates paragraphs."""
        within = self.container().tag
        if tag in CELLS:
            return within == "tr"
        if tag == "tr":
            return within == "table"
        if tag == "li":
            return within in LISTS
        depth = sum(node is not None for node, _, _ in self.frames)
        nested = tag == "table" and any(node and node.tag in {"table", "li"} for node, _, _ in self.frames)
        return depth < DEPTH and not nested and within not in {"table", "tr"}

    def place(self, leaf):
        self.home().children.append(leaf)

    def handle_endtag(self, tag):
        if tag in MARKS:
            if self.marks:
                self.marks.pop()
        elif tag not in {"br", "hr"}:
            self.leaf = None
            if len(self.frames) > 1:
                self.frames.pop()

    def handle_data(self, data):
        self.write(_BLANKS.sub(" ", clean(data)))

    def write(self, text):
        if self.leaf is None:
            if not text.strip(" \n"):
                return
            kept = {name: value for name, value in self.inherited().items() if name in {"lang", "dir"}}
            self.leaf = Leaf("p", tuple(sorted(kept.items())))
            self.place(self.leaf)
        marks = dict(mark for mark in self.marks if mark[1] is not None)
        self.leaf.runs.append((text, tuple((tag, marks[tag]) for tag in MARK_ORDER if tag in marks)))


def _lines(leaf):
    """Return the runs of a leaf as canonical paragraphs: two line breaks part a paragraph, none stands at an edge."""
    paragraphs, current, breaks = [], [], 0
    for text, marks in leaf.runs:
        for piece in re.split(r"(\n)", text):
            if piece == "\n":
                breaks += 1
                continue
            if not current or breaks or current[-1][0].endswith(" "):
                piece = piece.lstrip(" ")
            if not piece:
                continue
            if breaks and current:
                current = _without_end(current)
            if breaks and current and breaks > 1 and leaf.tag == "p":
                paragraphs.append(current)
                current = []
            elif breaks and current:
                current.append(("\n", _shared(current[-1][1], marks)))
            breaks = 0
            current.append((piece, marks))
    paragraphs.append(_without_end(current))
    return [merged for merged in map(_merged, paragraphs) if merged]


def _shared(before, after):
    return tuple(mark for mark, other in takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False)))


def _without_end(runs):
    runs = list(runs)
    while runs and runs[-1][0].endswith(" "):
        text, marks = runs.pop()
        if text.rstrip(" "):
            runs.append((text.rstrip(" "), marks))
    return runs


def _merged(runs):
    groups = []
    for text, marks in runs:
        if groups and groups[-1][1] == marks:
            groups[-1][0].append(text)
        else:
            groups.append(([text], marks))
    merged = [(unicodedata.normalize("NFC", "".join(texts)), marks) for texts, marks in groups]
    return merged if "".join(text for text, _ in merged).strip() else []


def _settled(node):
    """Return the node's children without the empty ones, paragraphs split and merged."""
    settled = []
    for child in node.children:
        if isinstance(child, Leaf):
            settled += [Leaf(child.tag, child.attributes, runs) for runs in _lines(child)]
        elif child.tag == "hr":
            settled.append(child)
        else:
            kept = Node(child.tag, child.attributes, _settled(child))
            if kept.children or kept.tag in CELLS:
                settled.append(kept)
    return settled


def _tree(html):
    cleaned = nh3.clean(
        clean(html), tags=_PARSED, clean_content_tags=DROPPED, attributes=_ATTRIBUTES, link_rel=None,
        url_schemes={"http", "https", "mailto", "tel"},
    )  # fmt: skip
    builder = _Builder()
    builder.feed(cleaned)
    builder.close()
    return Node("root", (), _settled(builder.root))


def _tag(tag, attributes):
    written = "".join(f' {name}="{escape(value)}"' for name, value in attributes)
    return f"<{tag}{written}>"


def _inline(runs):
    written, open_marks = [], ()
    for text, marks in [*runs, ("", ())]:
        same = len(_shared(open_marks, marks))
        written += [f"</{tag}>" for tag, _ in reversed(open_marks[same:])]
        written += [_tag(tag, attributes) for tag, attributes in marks[same:]]
        written.append(escape(text, quote=False).replace("\n", "<br>"))
        open_marks = marks
    return "".join(written)


def _tight(node):
    """Tell whether the node's one plain paragraph is written without its tag, as in `<li>word</li>`."""
    first, rest = node.children[:1], node.children[1:]
    plain = first and isinstance(first[0], Leaf) and first[0].tag == "p" and not first[0].attributes
    return plain and all(child.tag in LISTS for child in rest)


def _html(node):
    if isinstance(node, Leaf):
        return f"{_tag(node.tag, node.attributes)}{_inline(node.runs)}</{node.tag}>"
    if node.tag == "hr":
        return "<hr>"
    children = [_html(child) for child in node.children]
    if node.tag in CELLS | {"li"} and _tight(node):
        children[0] = _inline(node.children[0].runs)
    if node.tag == "table":
        children = [_rows(node)]
    return f"{_tag(node.tag, node.attributes)}{''.join(children)}</{node.tag}>"


def _rows(table):
    captions = [child for child in table.children if isinstance(child, Leaf)][:1]
    rows = [child for child in table.children if not isinstance(child, Leaf)]
    heads = list(takewhile(lambda row: all(cell.tag == "th" for cell in row.children), rows))
    heads = heads if len(heads) < len(rows) else []
    parts = [("thead", heads), ("tbody", rows[len(heads) :])]
    written = "".join(f"<{tag}>{''.join(map(_html, part))}</{tag}>" for tag, part in parts if part)
    return "".join(map(_html, captions)) + written


def sanitise(html):
    """Return the canonical safe form of any HTML. Idempotent, linear."""
    return "".join(_html(child) for child in _tree(html).children)


def text_to_html(text):
    """Return plain text as paragraphs: a blank line parts them, a single newline is a line break."""
    paragraphs = re.split(r"\n(?:[ \t]*\n)+", clean(text))
    return "".join(f"<p>{_inline([(body, ())])}</p>" for part in paragraphs if (body := _trimmed(part)).strip())


def _trimmed(paragraph):
    lines = [_BLANKS.sub(" ", line).strip(" ") for line in paragraph.split("\n")]
    return "\n".join(lines).strip("\n")


def html_to_text(html):
    """Return readable plain text: blocks parted by a blank line, `- ` and `1. ` for items, ` | ` between cells."""
    return "\n\n".join(_text(child) for child in _tree(html).children)


def _text(node):
    if isinstance(node, Leaf):
        return "".join(text for text, _ in node.runs)
    if node.tag == "hr":
        return "* * *"
    children = [_text(child) for child in node.children]
    if node.tag in LISTS:
        start = int(dict(node.attributes).get("start", 1))
        bullets = (f"{at}. " if node.tag == "ol" else "- " for at in range(start, start + len(children)))
        return "\n".join(f"{bullet}{child}" for bullet, child in zip(bullets, children, strict=True))
    if node.tag == "li":
        return "\n".join(children).replace("\n", "\n  ")
    if node.tag in CELLS:
        return " ".join(" ".join(children).split("\n"))
    return {"tr": " | ", "table": "\n"}.get(node.tag, "\n\n").join(children)


def is_blank(html):
    """Tell whether the HTML says nothing."""
    return not html.strip() or not _tree(html).children
