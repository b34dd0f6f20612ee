"""How a value is told in one cell of a table, and read back: the grammar export and import share. Pure.

`read_x(tell_x(…))` tells the same cell again for every value the database can hold.
"""

import re

from releases.text import tidy

SEPARATOR = " | "

_RISKY = frozenset("'=+-@\t\r\n\0")
_RUNS = re.compile(r"'*[=+\-@\t\r\n\0]")
_GUARDED = re.compile(r"'+[=+\-@\t\r\n\0]")
_BAR = re.compile(r"\s*\|\s*")
_BAR_OUTSIDE_ANGLES = re.compile(r"\s*\|\s*(?![^<>|]*(?:\|[^<>]*)?>)")
_TAG_SEPARATOR = re.compile(r"\s*[|,،]\s*")
_CONTACT = re.compile(r"(?P<name>[^<>]*)(?:<(?P<email>[^<>]*)>(?P<phone>[^<>]*))?")


def guard(cell: str) -> str:
    """The cell as no spreadsheet runs it: one `'` before a formula sign, or before the `'`s that stand before one."""
    return f"'{cell}" if cell and cell[0] in _RISKY and _RUNS.match(cell) else cell


def unguard(cell: str) -> str:
    """The cell without the one `'` that `guard` put there."""
    return cell[1:] if _GUARDED.match(cell) else cell


def join(values) -> str:
    """Several values in one cell, in their order, each once."""
    return SEPARATOR.join(dict.fromkeys(filter(None, values)))


def split(cell: str) -> list[str]:
    return _parts(_BAR, cell)


def split_tags(cell: str) -> list[str]:
    """Tags hold no comma, so that commas part them as well."""
    return _parts(_TAG_SEPARATOR, cell)


def split_contacts(cell: str) -> list[str]:
    """A bar inside `<…>` belongs to the e-mail address."""
    return _parts(_BAR_OUTSIDE_ANGLES, cell)


def _parts(separator: re.Pattern, cell: str) -> list[str]:
    return list(dict.fromkeys(filter(None, map(tidy, separator.split(cell)))))


def tell_place(name: str, region: str = "") -> str:
    return f"{name}, {region}" if region else name


def read_place(cell: str) -> tuple[str, str]:
    """(name, region) of `Çeşme, Western Türkiye`."""
    name, comma, region = cell.partition(", ")
    whole = bool(comma) and name == tidy(name) != "" and region == tidy(region) != ""
    return (name, region) if whole else (cell, "")


def tell_person(name: str, title: str = "", organisation: str = "") -> str:
    """`Name (Title, Organisation)`; the last comma stands before the organisation, also before none."""
    if organisation:
        return f"{name} ({title}, {organisation})"
    return f"{name} ({title}{', ' if ', ' in title else ''})" if title else name


def read_person(cell: str) -> tuple[str, str, str]:
    """(name, title, organisation) of `Name (Title, Organisation)`; all of it is a name where that does not fit."""
    opening = _last_bracket(cell)
    inside = cell[opening + 1 : -1]
    title, _comma, organisation = inside.rpartition(", ") if ", " in inside else (inside, "", "")
    read = tuple(map(tidy, (cell[: max(opening, 0)], title, organisation)))
    return read if opening > 0 and tell_person(*read) == cell else (cell, "", "")


def _last_bracket(cell: str) -> int:
    """Where the bracket opens that the last character closes, or -1."""
    depth = 0
    for at in range(len(cell) - 1, -1, -1):
        depth += {")": 1, "(": -1}.get(cell[at], 0)
        if depth <= 0:
            return at if cell[at] == "(" else -1
    return -1


def tell_contact(name: str, email: str = "", phone: str = "") -> str:
    """`Name <email> phone`."""
    address = f" <{email}>" if email or phone else ""
    return f"{name}{address} {phone}".rstrip()


def read_contact(cell: str) -> tuple[str, str, str]:
    """(name, email, phone) of `Name <email> phone`; ValueError where the angles do not match."""
    found = _CONTACT.fullmatch(cell)
    if not found:
        raise ValueError(cell)
    return tuple(tidy(found[part] or "") for part in ("name", "email", "phone"))
