"""The figures of a run as tables of text."""

from statistics import median, quantiles

BARE = "bare read"
PAGE = ("ms", "best quarter", "bare reads")


def table(measured: list[dict]) -> str:
    """Archives, pages and exports of all sizes, and what the largest costs more than the smallest."""
    first = measured[0]
    sizes = [f"{each['size']:,}" for each in measured]
    parts = [
        [f"{first['engine']}, Python {first['python']}, {first['cores']} cores"],
        grid(["releases", "made in s", "a second"], [_made(each) for each in measured]),
        grid(
            ["page", "queries", *(head for what in PAGE for head in _each(sizes, what)), "largest/smallest"],
            [_page(name, measured) for name in first["pages"]],
        ),
        grid(
            ["way", *_each(sizes, "rows/s"), *_each(sizes, "peak MB"), *_each(sizes, "of the database's")],
            [_export(name, measured) for name in first["exports"]],
        ),
    ]
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _each(sizes: list[str], what: str) -> list[str]:
    return [f"{size}: {what}" for size in sizes]


def _made(each: dict) -> list[str]:
    seconds = each["made_s"]
    made = [f"{seconds:.0f}", f"{each['size'] / seconds:,.0f}"] if seconds else ["was there", "-"]
    return [f"{each['size']:,}", *made]


def _page(name: str, measured: list[dict]) -> list[str]:
    """Medians, lower quartiles, medians in bare reads; the quartile of the largest by that of the smallest."""
    pages = [each["pages"][name] for each in measured]
    queries = sorted({page["queries"] for page in pages})
    middles = [median(page["ms"]) for page in pages]
    quarters = [quantiles(page["ms"], n=4)[0] for page in pages]
    bare = [middle / median(each["pages"][BARE]["ms"]) for middle, each in zip(middles, measured, strict=True)]
    told = [_short(time) for time in (*middles, *quarters)] + [f"{ratio:.0f}" for ratio in bare]
    return [name, "-".join(map(str, queries)), *told, f"{quarters[-1] / quarters[0]:.2f}"]


def _short(time: float) -> str:
    return f"{time:.1f}" if time >= 1 else f"{time:.3f}"


def _export(name: str, measured: list[dict]) -> list[str]:
    seconds = [min(way[0] for way in each["exports"][name]) for each in measured]
    limits = [min(way[0] for way in list(each["exports"].values())[-1]) for each in measured]
    peaks = [max(way[1] for way in each["exports"][name]) for each in measured]
    rows = [f"{each['releases'] / taken:,.0f}" for each, taken in zip(measured, seconds, strict=True)]
    ratios = [f"{taken / limit:.1f}" for taken, limit in zip(seconds, limits, strict=True)]
    return [name, *rows, *(f"{peak:.0f}" for peak in peaks), *ratios]


def grid(head: list[str], rows: list[list[str]]) -> list[str]:
    """A table in Markdown, its columns aligned: words to the left, numbers to the right."""
    widths = [max(len(row[at]) for row in [head, *rows]) for at in range(len(head))]
    rule = ["-" * width for width in widths]
    return [_line(row, widths) for row in [head, rule, *rows]]


def _line(row: list[str], widths: list[int]) -> str:
    cells = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
    return f"| {' | '.join(cells)} |"
