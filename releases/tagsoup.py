"""HTML as a stream of pieces, whatever its state. Linear in the length of the text, follows the WHATWG tokeniser.

An HTML parser that mends the tree while it reads can be made to work for minutes on a few kilobytes; this one only
says what stands there.
"""

import re
from html import unescape

RAW = {"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"}
DROPPED = RAW | {
    "applet",
    "canvas",
    "head",
    "math",
    "noscript",
    "object",
    "select",
    "svg",
    "template",
    "video",
    "audio",
    "xml",
}
DROPPED -= {"xmp"}

_TAG = re.compile(r"<(?=[a-zA-Z!?]|/.)", re.DOTALL)
_NAME = re.compile(r"[a-zA-Z][^\s/>]*")
_ATTRIBUTE = re.compile(
    r"""[\s/]*(?:(?P<end>>)|(?P<name>[^\s/>][^\s/>=]*)(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s>"'][^\s>]*)|(?P<open>["'])|))?)"""
)
_COMMENT_END = re.compile(r"--!?>")
_RAW_END = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in RAW}


def pieces(html):
    """Yield (`text`, words, None), (`start`, tag, attributes) and (`end`, tag, None), without what no reader sees."""
    hidden, depth = "", 0
    for kind, value, attributes in _tokens(html):
        if hidden:
            depth += (kind == "start") - (kind == "end") if value == hidden else 0
            hidden = hidden if depth else ""
        elif kind == "start" and value in DROPPED and attributes is not None:
            hidden, depth = value, 1
        else:
            yield kind, value, attributes


def _tokens(html):
    at, end = 0, len(html)
    while at < end:
        begun = _TAG.search(html, at)
        if not begun:
            yield "text", unescape(html[at:]), None
            return
        opened = begun.start()
        if opened > at:
            yield "text", unescape(html[at:opened]), None
        after = html[opened + 1 : opened + 2]
        if after == "!" or after == "?":
            at = _after_comment(html, opened)
        elif found := _NAME.match(html, opened + (2 if after == "/" else 1)):
            name = found.group().lower()
            attributes, closed, at = _attributes(html, found.end())
            if at > end:
                return
            if after == "/":
                yield "end", name, None
                continue
            yield "start", name, None if closed and name in {"svg", "math"} else attributes
            if name in RAW and (stop := _RAW_END[name].search(html, at)):
                yield "text", html[at : stop.start()], None
                at = stop.start()
            elif name in RAW:
                return
        else:
            at = _past(html, ">", opened)


def _past(html, what, at):
    found = html.find(what, at)
    return found + len(what) if found >= 0 else len(html)


def _after_comment(html, opened):
    if not html.startswith("<!--", opened):
        return _past(html, ">", opened)
    if html.startswith((">", "->"), opened + 4):
        return _past(html, ">", opened)
    found = _COMMENT_END.search(html, opened + 4)
    return found.end() if found else len(html)


def _attributes(html, at):
    """Return a tag's attributes (the first of each name), whether it closes itself, and where it ends."""
    attributes = {}
    while found := _ATTRIBUTE.match(html, at):
        at = found.end()
        if found["end"]:
            return attributes, html[at - 2] == "/", at
        if found["open"]:
            break
        value = found["double"] or found["single"] or found["bare"] or ""
        attributes.setdefault(found["name"].lower(), unescape(value))
    return attributes, False, len(html) + 1
