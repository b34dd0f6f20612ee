"""The one HTML policy: what a body may contain, and its way to plain text and back. Pure: no database, no settings.

Any HTML is rebuilt as a small canonical tree and passes nh3 on its way out. Cleaning twice changes nothing: approval
digests and CSV round trips depend on it.
"""

import re
from html import escape, unescape
from itertools import takewhile

import nh3

from releases.blocks import (
    ATTRIBUTES,
    BLANKS,
    CELLS,
    CONTAINERS,
    LEAVES,
    LISTS,
    MARK_ORDER,
    TOLD,
    Leaf,
    Node,
    shared,
    tree,
)
from releases.text import clean

_WALL = nh3.Cleaner(
    tags=set(LEAVES.values()) | set(MARK_ORDER) | CONTAINERS | {"thead", "tbody", "br", "hr"},
    attributes={"*": TOLD, **ATTRIBUTES, "a": ATTRIBUTES["a"] | {"rel"}},
    link_rel=None,
    url_schemes={"http", "https", "mailto", "tel"},
)

_SET = r'(?: [a-z]+="[^"]*")*'
_PARAGRAPH_ENDS = re.compile(rf"</(?:p|h2|h3)><(?:p|h2|h3){_SET}>")
_TAGS = re.compile(rf"</?[a-z0-9]+{_SET}>")
_MARKED = rf"[^<]*(?:<(?:/?(?:{'|'.join(MARK_ORDER)})|br){_SET}>[^<]*)*"
_PARAGRAPHS = re.compile(rf"(?:<(?:p|h2|h3){_SET}>{_MARKED}</(?:p|h2|h3)>)*")


def _tag(tag, attributes):
    written = "".join(f' {name}="{escape(value)}"' for name, value in attributes)
    return f"<{tag}{written}>"


def _inline(runs):
    written, opened = [], ()
    for text, marks in [*runs, ("", ())]:
        same = len(shared(opened, marks))
        written += [f"</{tag}>" for tag, _ in reversed(opened[same:])]
        written += [_tag(tag, attributes) for tag, attributes in marks[same:]]
        written.append(escape(text, quote=False).replace("\n", "<br>"))
        opened = marks
    return "".join(written)


def _tight(node):
    """Tell whether the node's one plain paragraph is written without its tag, as in `<li>word</li>`."""
    first, rest = node.children[:1], node.children[1:]
    plain = first and isinstance(first[0], Leaf) and first[0].tag == "p" and not first[0].attributes
    return plain and all(isinstance(child, Node) and child.tag in LISTS for child in rest)


def _html(node):
    if isinstance(node, Leaf):
        return f"{_tag(node.tag, node.attributes)}{_inline(node.runs)}</{node.tag}>"
    if node.tag == "hr":
        return "<hr>"
    children = _rows(node) if node.tag == "table" else [_html(child) for child in node.children]
    if node.tag in CELLS | {"li"} and _tight(node):
        children[0] = _inline(node.children[0].runs)
    return f"{_tag(node.tag, node.attributes)}{''.join(children)}</{node.tag}>"


def _rows(table):
    captions = [child for child in table.children if isinstance(child, Leaf)][:1]
    rows = [child for child in table.children if not isinstance(child, Leaf)]
    heads = list(takewhile(lambda row: all(cell.tag == "th" for cell in row.children), rows))
    heads = heads if len(heads) < len(rows) else []
    parts = [("thead", heads), ("tbody", rows[len(heads) :])]
    written = [f"<{tag}>{''.join(map(_html, part))}</{tag}>" for tag, part in parts if part]
    return [_html(caption) for caption in captions] + written


def sanitise(html):
    """Return the canonical safe form of any HTML. Idempotent, linear."""
    return _WALL.clean("".join(map(_html, tree(html)))).replace("&nbsp;", "\xa0")


def text_to_html(text):
    """Return plain text as paragraphs: a blank line parts them, a single newline is a line break."""
    paragraphs = re.split(r"\n(?:[ \t]*\n)+", clean(text))
    return "".join(f"<p>{_inline([(body, ())])}</p>" for part in paragraphs if (body := _trimmed(part)).strip())


def _trimmed(paragraph):
    lines = [BLANKS.sub(" ", line).strip(" ") for line in paragraph.split("\n")]
    return "\n".join(lines).strip("\n")


def html_to_text(html):
    """Return readable plain text: blocks parted by a blank line, `- ` and `1. ` for items, ` | ` between cells."""
    return "\n\n".join(map(_text, tree(html)))


def canonical_to_text(html):
    """Return what `html_to_text` returns, for HTML that `sanitise` wrote: ten times as fast where there is no list."""
    if not _PARAGRAPHS.fullmatch(html):
        return html_to_text(html)
    text = _PARAGRAPH_ENDS.sub("\n\n", html.replace("<br>", "\n"))
    return unescape(_TAGS.sub("", text))


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
    return not tree(html)
