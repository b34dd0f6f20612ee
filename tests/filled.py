"""A page's form as a browser would send it back untouched."""

from html.parser import HTMLParser


class _Inputs(HTMLParser):
    def __init__(self, within):
        super().__init__()
        self.within, self.inside = within, within is None
        self.data, self.area, self.choice, self.buttons = {}, None, None, []

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        if tag == "form":
            self.inside = self.within is None or said.get("id") == self.within or said.get("class") == self.within
        if not self.inside or "disabled" in said:
            return
        name = said.get("name")
        if tag == "input" and name and said.get("type") not in {"submit", "file", "button"}:
            ticked = said.get("type") not in {"checkbox", "radio"} or "checked" in said
            if ticked:
                self.data[name] = said.get("value", "on" if said.get("type") == "checkbox" else "")
        elif tag == "textarea" and name:
            self.area = name
            self.data[name] = ""
        elif tag == "select" and name:
            self.choice = name
            self.data.setdefault(name, "")
        elif tag == "option" and self.choice and "selected" in said:
            self.data[self.choice] = said.get("value", "")

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = self.within is None
        elif tag == "textarea":
            if self.area:
                self.data[self.area] = self.data[self.area].removeprefix("\n")
            self.area = None
        elif tag == "select":
            self.choice = None

    def handle_data(self, data):
        if self.area:
            self.data[self.area] += data


def filled(response, within="release_form", **changes) -> dict:
    """The data of the form whose id or class is `within`, with `changes`; empty rows for new lines are left out."""
    page = _Inputs(within)
    page.feed(response.content.decode())
    data = {name: value for name, value in page.data.items() if "__prefix__" not in name and name != "_popup"}
    return {**data, **changes}
