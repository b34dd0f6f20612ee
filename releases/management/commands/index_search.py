"""Fills the search index anew."""

from django.core.management.base import BaseCommand
from tqdm import tqdm

from releases import indexing


class Command(BaseCommand):
    help = "Fills the search index anew, from what is stored; the site can be read and searched meanwhile."

    def handle(self, *args, **options):
        with tqdm(unit=" texts", disable=options["verbosity"] == 0, file=self.stderr) as progress:
            indexing.rebuild(progress.update)
