"""The demonstration's own files, read: one file a story, its language versions side by side."""

import re
import tomllib
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
LANGUAGES = ("en", "tr", "ar")


@cache
def read(name: str) -> dict:
    """The file `<name>.toml` of this folder as plain values."""
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))


def stories() -> list[tuple[str, dict]]:
    """(key, story) for every story, in the order of the file names."""
    return [(path.stem, read(f"stories/{path.stem}")) for path in sorted((HERE / "stories").glob("*.toml"))]


def languages_of(story: dict) -> list[str]:
    """The story's languages, the original first."""
    original = story.get("original", LANGUAGES[0])
    return sorted((language for language in LANGUAGES if language in story), key=lambda found: found != original)


def html(written: str) -> str:
    """Blocks of text set apart by empty lines as HTML: paragraphs, unless a block brings its own element."""
    blocks = (" ".join(block.split("\n")).strip() for block in re.split(r"\n\s*\n", written))
    return "\n".join(block if re.match(r"<(h2|h3|ul|ol)>", block) else f"<p>{block}</p>" for block in blocks if block)
