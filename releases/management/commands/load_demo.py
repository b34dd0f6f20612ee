"""Fill the newsroom with the demonstration."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from releases.demo import loading
from releases.models import Release


class Command(BaseCommand):
    help = "Load the demonstration newsroom, or replace it by a fresh one. Real work is never touched."

    def add_arguments(self, parser):
        parser.add_argument("--if-empty", action="store_true", help="Do nothing where there is any release already.")

    def handle(self, *, if_empty=False, **options):
        if if_empty and Release.objects.exists():
            return
        try:
            count = loading.load(timezone.now())
        except loading.RealWork as found:
            sentence = ngettext(
                "%(count)s release here is not part of the demonstration, so nothing was changed. "
                "Load the demonstration into an empty newsroom.",
                "%(count)s releases here are not part of the demonstration, so nothing was changed. "
                "Load the demonstration into an empty newsroom.",
                found.count,
            )
            raise CommandError(sentence % {"count": found.count}) from None
        self.stdout.write(_("The demonstration is loaded: %s releases in three languages.") % count)
