import logging

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from releases.management import embargo
from releases.models import Release


class Command(BaseCommand):
    help = (
        "Tries every public address as a stranger for every release that is not wholly public, and says what leaked. "
        "Exit code 1 if anything did."
    )

    def handle(self, *args, **options):
        if missing := embargo.public_names() - set(embargo.SURFACES):
            raise CommandError(f"These addresses are not watched: {', '.join(sorted(map(str, missing)))}")
        logging.getLogger("django.request").setLevel(logging.ERROR)  # hundreds of 404s are what it hopes for
        client, known, leaks, secrets = embargo.stranger(), {}, [], 0
        progress = tqdm(Release.objects.order_by("pk").iterator(chunk_size=200), disable=None, unit=" releases")
        for release in progress:
            if secret := embargo.secret_of(release, timezone.now().replace(microsecond=0)):
                secrets += 1
                leaks += embargo.leaks(secret, client, known)
        for leak in leaks:
            self.stderr.write(f"LEAK {leak.address}: {leak.what} ({leak.secret.label})")
        if leaks:
            raise CommandError(f"{len(leaks)} leaks in {secrets} releases that hide something.", returncode=1)
        self.stdout.write(
            f"Nothing leaks: {secrets} releases hide something, every public address was tried for each."
        )
