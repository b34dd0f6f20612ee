"""The rules of the house, kept by reading the code itself."""

import ast
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REGISTRIES = re.compile(r"(py[p]i|python[h]osted|np[m]js)[.](org|com)|deb[.]debian", re.IGNORECASE)
MACHINE_PATHS = re.compile(r"(^|[^a-zA-Z0-9_.])/(work|farm|root|home|Users)/", re.MULTILINE)
UNFINISHED = re.compile(r"\b(TO[D]O|FIX[M]E|X[X]X|NotImplemented[E]rror)\b|pytest[.]mark[.](sk[i]p|x[f]ail)\b")
INLINE = re.compile(
    r"""\sstyle\s*=|\son[a-z]+\s*=\s*["']|javascript:|<style|"""
    r"""<script(?![^>]*\ssrc=)(?! type="application/ld\+json">)""",  # a block of data is not run
    re.IGNORECASE,
)
DESK_MODULES = ("releases.workflow", "releases.landing", "releases.revisions", "releases.admin")
PUBLIC_NOUNS = re.compile(
    r"(?!releases[.]models)|releases[.]models[.](edition|places|people|events|tags|names|newsroom|files)([.]|$)"
)
TEXT = {
    ".py",
    ".html",
    ".css",
    ".js",
    ".md",
    ".toml",
    ".txt",
    ".lock",
    ".in",
    ".po",
    ".svg",
    ".xml",
    ".csv",
    ".yml",
    "",
}


def tracked(*suffixes):
    """List the files the repository holds, those not yet committed included."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    paths = [ROOT / name for name in listed]
    return [path for path in paths if path.is_file() and (not suffixes or path.suffix in suffixes)]


def modules():
    """List the Python modules people wrote: not the migrations Django wrote."""
    return [path for path in tracked(".py") if "migrations" not in path.parts]


def offences(pattern, paths):
    """List file, line and text of everything in `paths` that `pattern` finds."""
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}"
        for path in paths
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_module_is_longer_than_400_lines():
    long = {path: lines for path in modules() if (lines := len(path.read_text().splitlines())) > 400}
    assert not long


def test_no_function_is_longer_than_40_lines():
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno - node.lineno >= 40
    ]
    assert not long


def test_no_file_names_a_package_registry():
    assert not offences(REGISTRIES, [path for path in tracked() if path.suffix in TEXT])


def test_no_file_holds_a_path_of_somebodys_machine():
    assert not offences(MACHINE_PATHS, [path for path in tracked() if path.suffix in TEXT])


def test_nothing_is_left_for_later():
    assert not offences(UNFINISHED, tracked(".py", ".html", ".css", ".js"))


def test_locks_hold_hashes_and_no_address():
    locks = tracked(".lock")
    assert locks
    assert not offences(re.compile(r"://|@ |--(index|extra|find|trusted)|^-"), locks)
    for lock in locks:
        pinned = re.findall(r"^[a-z0-9].*==.*$", lock.read_text(), re.MULTILINE)
        assert pinned
        assert all(line.endswith("\\") for line in pinned), f"{lock.name} pins without a hash"


def test_templates_hold_no_inline_style_or_script():
    assert not offences(INLINE, tracked(".html"))


def imported_names(path):
    """Yield the dotted name of everything the module at `path` imports."""
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) + 1 - node.level] if node.level else ()
            origin = ".".join([*above, *filter(None, [node.module])])
            yield from (f"{origin}.{name.name}" for name in node.names)


def public_modules():
    """List the modules on the strangers' side of the house."""
    return [path for path in modules() if path.is_relative_to(ROOT / "releases" / "public")]


def test_public_code_opens_documents_by_one_door():
    """`reading.document` leaves out the events whose own embargo lies ahead."""
    outside = [path for path in public_modules() if path.name != "reading.py"]
    assert not offences(re.compile(r"Document[.]read|Document[.]model_validate"), outside)


def test_public_code_cannot_name_a_working_copy():
    """Not `Release`, not the desk's verbs, and not `releases.models` as a whole, through which both could come."""
    assert public_modules()
    forbidden = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in public_modules()
        for name in imported_names(path)
        if name.startswith(DESK_MODULES) or name.endswith((".Release", ".Revision")) or not PUBLIC_NOUNS.match(name)
    ]
    assert not forbidden
