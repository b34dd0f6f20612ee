"""Runs a part of the benchmark inside the newsroom: `python -m bench.child measure 10000 40`."""

import importlib
import os
import sys

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    django.setup()
    importlib.import_module(f"bench.{sys.argv[1]}").main(*sys.argv[2:])


if __name__ == "__main__":
    main()
