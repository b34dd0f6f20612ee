"""HTML as a small canonical tree of blocks: paragraphs of marked runs, lists, quotations, tables.

Whatever comes in, the tree nests as HTML allows, says nothing twice and holds nothing empty, so that writing it and
reading it back gives the same tree.
"""

import re
from dataclasses import dataclass, field
from itertools import takewhile

from releases.tagsoup import pieces
from releases.text import clean, composed, scrub

HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h3", "h5": "h3", "h6": "h3"}
LEAVES = {"p": "p", "caption": "caption", **HEADINGS}
MARKS = {"a": "a", "span": "span", "bdi": "bdi", "b": "strong", "strong": "strong", "i": "em", "em": "em",
         "cite": "em", "dfn": "em", "s": "s", "del": "s", "strike": "s", "sub": "sub", "sup": "sup"}  # fmt: skip
MARK_ORDER = ("a", "span", "bdi", "strong", "em", "s", "sub", "sup")
LISTS = {"ul", "ol"}
CELLS = {"th", "td"}
ROWS = {"thead", "tbody", "tfoot", "tr"}
CONTAINERS = LISTS | CELLS | {"blockquote", "li", "table", "tr"}
BREAKS = {
    "address", "article", "aside", "body", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "header", "hgroup", "html", "legend", "main", "menu", "nav", "pre",
    "search", "section", "summary",
}  # fmt: skip
DEPTH, FRAMES = 8, 60
LONGEST_LINK = 2000

ATTRIBUTES = {"a": {"href", "title", "hreflang"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan", "scope"},
               "ol": {"start"}}  # fmt: skip
TOLD = {"lang", "dir"}
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,4}")
_NUMBER = re.compile(r"[1-9]\d{0,2}", re.ASCII)
_VALUES = {
    "lang": _LANGUAGE, "hreflang": _LANGUAGE, "dir": re.compile("ltr|rtl|auto"), "colspan": _NUMBER,
    "rowspan": _NUMBER, "start": _NUMBER, "scope": re.compile("(?:col|row)(?:group)?"),
    "title": re.compile(".{1,300}"),
}  # fmt: skip
_SAFE_LINK = re.compile(r"https?://[^/\\?#]|mailto:[^/\\]|tel:[+\d(*#]|/(?![/\\])", re.IGNORECASE)
_STROKE = "\u0338"  # at the beginning of a text it would compose with the bracket of the tag before it
BLANKS = re.compile(r"[ \t\n\f\r]+")


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


@dataclass(frozen=True)
class Frame:
    """An open element: the node that takes blocks here, who takes what may not stand in a table, what is inherited."""

    tag: str
    node: Node
    outside: Node | None = None
    scope: dict = field(default_factory=dict)
    depth: int = 0
    marks: dict | None = None


def link(href):
    """Return an address a body may link to, or None: http, https, mailto, tel, or a path of this site."""
    href = re.sub(r"[\x00-\x20\x7f-\x9f]+", lambda found: "%20" * found.group().count(" "), clean(href).strip())
    return href if _SAFE_LINK.match(href) and len(href) <= LONGEST_LINK else None


def _attributes(tag, attributes):
    kept = {}
    if not attributes:
        return kept
    for name in TOLD | ATTRIBUTES.get(tag, set()) - {"href"}:
        value = BLANKS.sub(" ", clean(attributes.get(name, ""))).strip()
        if _VALUES[name].fullmatch(value):
            kept[name] = value
    return kept


def _ordered(attributes):
    return tuple(sorted(attributes.items()))


class _Builder:
    """Rebuild a stream of pieces as a canonical tree."""

    def __init__(self):
        self.root = Node("root")
        self.frames = [Frame("root", self.root)]
        self.beyond = 0
        self.leaf = None
        self.marks = {}
        self.linked = False

    def build(self, html):
        for kind, value, attributes in pieces(scrub(html)):
            if kind == "text":
                self.write(BLANKS.sub(" ", scrub(value)))
            elif value == "br":
                self.break_line()
            elif value in MARKS:
                self.open_mark(value, attributes) if kind == "start" else self.close_mark(value)
            elif kind == "start":
                self.open(value, attributes)
            else:
                self.close(value)
        return self.root

    def open_mark(self, tag, attributes):
        mark, kept = MARKS[tag], _attributes(MARKS[tag], attributes)
        before = self.marks.get(mark)
        if mark == "a":
            before, href = None, link(attributes.get("href", ""))
            rel = {"rel": "noopener noreferrer"} if href and href[:4].lower() == "http" else {}
            kept = {**kept, "href": href, **rel} if href else None
        elif mark == "span" and not kept:
            kept = None
        shown = _ordered(kept) if kept is not None else before and before[0]
        self.marks[mark] = (shown, before)

    def close_mark(self, tag):
        if opened := self.marks.get(MARKS[tag]):
            self.marks[MARKS[tag]] = opened[1]

    def end_leaf(self):
        """End the paragraph; a link ends with it."""
        self.leaf = None
        if self.linked:
            self.marks["a"], self.linked = None, False

    def open(self, tag, attributes):
        if tag == "hr":
            self.end_leaf()
            self.place(Node("hr"))
        elif tag in LEAVES:
            self.open_leaf(LEAVES[tag], attributes)
        elif tag in ROWS | CELLS:
            self.open_in_table(tag, attributes)
        elif tag == "li":
            self.open_item(attributes)
        elif tag in CONTAINERS | BREAKS:
            self.open_block(tag, attributes)

    def open_leaf(self, tag, attributes):
        if self.leaf and self.leaf.tag in {"h2", "h3"} and tag == "p" and not self.says_something():
            return
        self.end_leaf()
        within = self.frames[-1].node
        if tag == "caption" and within.tag != "table":
            tag = "p"
        self.leaf = Leaf(tag, _ordered(self.frames[-1].scope | _attributes(tag, attributes)))
        within.children.append(self.leaf) if tag == "caption" else self.place(self.leaf)

    def says_something(self):
        return any(text.strip() for text, _ in self.leaf.runs)

    def open_block(self, tag, attributes):
        if tag in BREAKS and self.leaf and self.leaf.tag in {"h2", "h3"} and not self.says_something():
            self.push(tag, None, {})
            return
        self.end_leaf()
        scope = self.frames[-1].scope | _attributes(tag, attributes)
        nested = tag == "table" and any(frame.tag in {"table", "li"} for frame in self.frames)
        if tag in BREAKS or nested or self.frames[-1].depth >= DEPTH:
            self.push(tag, None, {name: scope[name] for name in scope if name in TOLD})
            return
        node = Node(tag, _ordered(scope))
        outside = self.place(node)
        self.push(tag, node, {}, outside)

    def open_item(self, attributes):
        self.end_leaf()
        at = self.find(LISTS, {"table"} | CELLS)
        if at is None or self.frames[at].node.tag != self.frames[at].tag:
            return
        self.pop(at + 1)
        node = Node("li", _ordered(_attributes("li", attributes)))
        self.frames[at].node.children.append(node)
        self.push("li", node, {})

    def open_in_table(self, tag, attributes):
        self.end_leaf()
        at = self.find({"table"}, set())
        if at is None or self.frames[at].node.tag != "table":
            return
        table = self.frames[at]
        if tag in CELLS and self.frames[at + 1 : at + 2] and self.frames[at + 1].tag == "tr":
            self.pop(at + 2)
        else:
            self.pop(at + 1)
            if tag not in CELLS | {"tr"}:
                return
            row = Node("tr", _ordered(_attributes("tr", attributes) if tag == "tr" else {}))
            table.node.children.append(row)
            self.push("tr", row, {}, table.outside)
        if tag in CELLS:
            cell = Node(tag, _ordered(_attributes(tag, attributes)))
            self.frames[-1].node.children.append(cell)
            self.push(tag, cell, {})

    def push(self, tag, node, scope, outside=None):
        top = self.frames[-1]
        if len(self.frames) >= FRAMES:
            self.beyond += 1
            return
        marks = dict(self.marks) if tag in CELLS else None
        depth = top.depth + (node is not None and tag not in {"li", "tr", *CELLS})
        self.frames.append(Frame(tag, node or top.node, outside or top.outside, scope, depth, marks))

    def find(self, tags, barriers):
        """Return where the innermost open one of `tags` is, unless a barrier stands before it."""
        for at in range(len(self.frames) - 1, 0, -1):
            if self.frames[at].tag in tags:
                return at
            if self.frames[at].tag in barriers:
                return None
        return None

    def pop(self, at):
        for frame in self.frames[at:]:
            if frame.marks is not None:
                self.marks = frame.marks
                break
        del self.frames[at:]
        self.beyond = 0

    def close(self, tag):
        if tag in LEAVES:
            self.end_leaf()
        elif tag in CONTAINERS | BREAKS:
            if self.beyond:
                self.beyond -= 1
            elif at := self.find(
                {tag}, {"table"} | CELLS if tag not in ROWS | CELLS | {"table"} else {"table"} - {tag}
            ):
                self.end_leaf()
                self.pop(at)

    def place(self, block):
        """Put a block where it may stand: into an item inside a list, before the table inside a table."""
        node, outside = self.frames[-1].node, self.frames[-1].outside
        if node.tag in {"table", "tr"}:
            outside.children.insert(-1, block)
            return outside
        if node.tag in LISTS:
            if not node.children:
                node.children.append(Node("li"))
            node = node.children[-1]
        node.children.append(block)
        return node

    def write(self, text):
        if self.leaf is None:
            if not text.strip(" "):
                return
            self.leaf = Leaf("p", _ordered(self.frames[-1].scope))
            self.place(self.leaf)
        marks = tuple((tag, self.marks[tag][0]) for tag in MARK_ORDER if self.marks.get(tag))
        marks = tuple(mark for mark in marks if mark[1] is not None)
        self.linked = self.linked or bool(marks and marks[0][0] == "a" and text.strip())
        self.leaf.runs.append((text, marks))

    def break_line(self):
        """Break the line; the second break in a row ends the paragraph."""
        if self.leaf is None:
            return
        runs = self.leaf.runs
        while runs and not runs[-1][0].strip(" "):
            runs.pop()
        if runs and runs[-1][0] == "\n":
            runs.pop()
            if self.leaf.tag == "p":
                again = Leaf("p", self.leaf.attributes)
                self.end_leaf()
                self.leaf = again
                self.place(again)
                return
        if runs:
            runs.append(("\n", ()))


def _runs(leaf):
    """Return a leaf's runs in canonical form: blanks collapsed and cut at line ends, equal neighbours joined."""
    kept, end = [], "\n"
    for text, marks in leaf.runs:
        text = composed(text).lstrip(f" {_STROKE}" if end in " \n" else _STROKE)  # composing may bring it to the front
        if text == "\n" == end:
            continue
        if text == "\n":
            _cut(kept)
            marks = None
        if text:
            kept.append((text, marks))
            end = text[-1]
    while kept and not kept[-1][0].strip(" \n"):
        kept.pop()
    _cut(kept)
    return _joined(_with_marks(kept))


def _cut(runs):
    """Take the blanks off the end of the runs, in place."""
    while runs and runs[-1][0].endswith(" "):
        text, marks = runs.pop()
        if text.rstrip(" "):
            runs.append((text.rstrip(" "), marks))


def _with_marks(runs):
    """Give each line break the marks its neighbours share."""
    for at, (text, marks) in enumerate(runs):
        yield text, shared(runs[at - 1][1], runs[at + 1][1]) if marks is None else marks


def _joined(runs):
    joined = []
    for text, marks in runs:
        if joined and joined[-1][1] == marks:
            joined[-1][0].append(text)
        else:
            joined.append(([text], marks))
    return [(composed("".join(texts)), marks) for texts, marks in joined]


def shared(before, after):
    """Return the marks two neighbours begin with."""
    return tuple(one for one, _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False)))


def _settled(node):
    """Return the node's children without those that say nothing, in canonical form."""
    settled = []
    for child in node.children:
        if isinstance(child, Leaf):
            runs = _runs(child)
            if any(text.strip() for text, _ in runs):
                settled.append(Leaf(child.tag, child.attributes, runs))
        else:
            kept = Node(child.tag, child.attributes, _settled(child))
            if kept.children or kept.tag in CELLS or kept.tag == "hr":
                settled.append(kept)
    return settled


def tree(html):
    """Return the blocks of any HTML, canonical."""
    return _settled(_Builder().build(html))
