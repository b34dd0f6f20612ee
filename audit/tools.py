"""The programs of others: installed from the lock beside this file into `.audit/`, which git ignores."""

import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HERE = ROOT / ".audit"
MODULES = HERE / "node_modules"
LOCK = Path(__file__).with_name("package-lock.json")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def install() -> None:
    """Installs exactly what the lock names, unless that is there; nothing of it is run on the way."""
    installed = HERE / LOCK.name
    if installed.exists() and installed.read_bytes() == LOCK.read_bytes() and MODULES.exists():
        return
    HERE.mkdir(exist_ok=True)
    for name in ("package.json", LOCK.name):
        shutil.copy(LOCK.with_name(name), HERE / name)
    run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel", "error"], cwd=HERE)


def run(command: list[str], tries: int = 1, **options) -> subprocess.CompletedProcess:
    """A program's answer; its complaint, where it fails at every try, ends the audit."""
    if not shutil.which(command[0]):
        raise SystemExit(f"The audit needs {command[0]}.")
    for _ in range(tries):
        done = subprocess.run(command, text=True, capture_output=True, check=False, **options)  # noqa: S603 - named here
        if not done.returncode:
            return done
    raise SystemExit(f"{' '.join(command[:3])} …: {done.stderr.strip() or done.stdout.strip()}")


def browser() -> str:
    """The path of a Chromium; `CHROME_PATH` names another one."""
    found = os.environ.get("CHROME_PATH") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if not found:
        raise SystemExit("The audit needs Chromium, or CHROME_PATH.")
    return found
