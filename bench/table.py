"""The figures of a run as one table of text."""


def table(measured: list[dict]) -> str:
    """Engine, archives, pages and exports of all sizes, and what the largest costs more than the smallest."""
    first, last = measured[0], measured[-1]
    lines = [f"{first['engine']}, Python {first['python']}, {first['cores']} cores", ""]
    lines += grid(["releases", "made in s", "a second", "bare read ms"], [_made(each) for each in measured])
    sizes = [f"{each['size']:,}" for each in measured]
    head = ["page", "queries", *(f"{size}: ms" for size in sizes), *(f"{size}: bare reads" for size in sizes)]
    lines += ["", *grid([*head, "largest/smallest"], [_page(name, measured) for name in first["pages"]])]
    head = ["way", *(f"{size}: rows/s" for size in sizes), *(f"{size}: peak MB" for size in sizes)]
    lines += ["", *grid(head, [_export(name, measured) for name in first["exports"]])]
    copies = (each["exports"] for each in (first, last))
    ratios = (each["database's own CSV"]["rows_s"] / each["export_releases"]["rows_s"] for each in copies)
    lines += [
        "",
        "export_releases takes " + " and ".join(f"{ratio:.1f}" for ratio in ratios) + " times the database's own CSV",
    ]
    return "\n".join(lines) + "\n"


def _made(each: dict) -> list[str]:
    seconds = each["made_s"]
    made = [f"{seconds:.1f}", f"{each['size'] / seconds:,.0f}"] if seconds else ["was there", "-"]
    return [f"{each['size']:,}", *made, f"{each['bare_ms']:.3f}"]


def _page(name: str, measured: list[dict]) -> list[str]:
    pages = [each["pages"][name] for each in measured]
    queries = sorted({page["queries"] for page in pages})
    times = [page["ms"] for page in pages]
    bare = [page["ms"] / each["bare_ms"] for page, each in zip(pages, measured, strict=True)]
    told = [f"{time:.1f}" for time in times] + [f"{ratio:.0f}" for ratio in bare]
    return [name, "-".join(map(str, queries)), *told, f"{times[-1] / times[0]:.2f}"]


def _export(name: str, measured: list[dict]) -> list[str]:
    ways = [each["exports"][name] for each in measured]
    return [name, *(f"{way['rows_s']:,.0f}" for way in ways), *(f"{way['peak_mb']:.0f}" for way in ways)]


def grid(head: list[str], rows: list[list[str]]) -> list[str]:
    """A table in Markdown, its columns aligned: words to the left, numbers to the right."""
    widths = [max(len(row[at]) for row in [head, *rows]) for at in range(len(head))]
    lines = [head, ["-" * width for width in widths], *rows]
    return [
        "| " + " | ".join(_cell(*cell) for cell in zip(line, widths, range(99), strict=False)) + " |" for line in lines
    ]


def _cell(text: str, width: int, at: int) -> str:
    return text.rjust(width) if at else text.ljust(width)
