"""Fill the newsroom with an archive of any size, to see how it behaves when it is old."""

from datetime import UTC, date, datetime
from time import perf_counter

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from releases.demo.archive.building import AlreadyThere, build
from releases.demo.archive.making import Plan
from releases.demo.sources import LANGUAGES


class Command(BaseCommand):
    help = "Make COUNT invented releases with editions, places, events, people, tags and search words."

    def add_arguments(self, parser):
        parser.add_argument("count", type=int, help="How many releases, language versions counted.")
        parser.add_argument("--seed", type=int, default=1, help="The same seed makes the same archive.")
        parser.add_argument("--languages", default=",".join(LANGUAGES), help="Which of en, tr, ar; the first leads.")
        parser.add_argument("--until", type=date.fromisoformat, help="The archive's last day; today if left out.")

    def handle(self, *, count, seed, languages, until, verbosity, **options):
        spoken = tuple(languages.split(","))
        if count < 1 or not set(spoken) <= set(LANGUAGES):
            raise CommandError(f"Give a count above 0 and languages among {', '.join(LANGUAGES)}.")
        plan = Plan(count, seed, spoken, until or datetime.now(UTC).date())
        start = perf_counter()
        with tqdm(total=count, unit=" releases", disable=verbosity == 0) as bar:
            try:
                build(plan, bar.update)
            except AlreadyThere:
                raise CommandError(f"The archive of seed {seed} is here already. Choose another --seed.") from None
        seconds = perf_counter() - start
        if verbosity:
            self.stdout.write(f"{count} releases in {seconds:.1f} s, {count / seconds:.0f} a second.")
