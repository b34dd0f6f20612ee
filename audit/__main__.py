"""Starts a newsroom with the demonstration and has it looked at; says what is wrong and ends with 1 if anything is."""

import argparse
import tempfile
from pathlib import Path

from audit import machines, markup, phone, tools, weight
from audit.site import site

CHECKS = {
    "html": markup.check,
    "feeds": lambda found, folder: machines.check_feeds(found),
    "sitemaps": lambda found, folder: machines.check_maps(found),
    "data": lambda found, folder: machines.check_data(found),
    "weight": lambda found, folder: weight.check(found),
    "phone": lambda found, folder: phone.check(found),
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="audit", description=__doc__)
    parser.add_argument("checks", nargs="*", help=f"some of: {', '.join(CHECKS)}")
    asked = parser.parse_args().checks or list(CHECKS)
    tools.install()
    wrong = []
    with tempfile.TemporaryDirectory() as folder, site(Path(folder)) as found:
        for name in asked:
            print(f"{name} …", flush=True)
            (pages := Path(folder) / name).mkdir()
            told = CHECKS[name](found, pages)
            print("\n".join(f"  WRONG {line}" for line in told) or "  fine", flush=True)
            wrong += told
    print(f"{len(wrong)} things are wrong." if wrong else "Everything is as it should be.")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
