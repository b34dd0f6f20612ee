"""Make the newsroom ready to be served on this machine: what `make run` does before the server starts."""

import os
import secrets
import socket

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse


class Command(BaseCommand):
    help = "Migrate, fill an empty newsroom with the demonstration, make the first account, and say where to go."

    def handle(self, **options):
        _require_free_port(os.environ.get("HOST") or "127.0.0.1", int(os.environ.get("PORT") or 8000))
        call_command("migrate", interactive=False, verbosity=0)
        if not settings.PRODUCTION:
            call_command("load_demo", if_empty=True)
            self.make_first_account()
        self.stdout.write(f"\n  The site   {settings.SITE_URL}/")
        self.stdout.write(f"  The desk   {settings.SITE_URL}{reverse('admin:index')}\n")
        self.stdout.write("  Ctrl-C stops it.\n\n")

    def make_first_account(self):
        """Make `admin` with a password nobody chose, and print it this once; nothing happens where staff exist."""
        people = get_user_model()
        if people.objects.filter(is_superuser=True).exists():
            return
        password = secrets.token_urlsafe(12)
        people.objects.create_superuser("admin", password=password)
        self.stdout.write("\n  The first account, shown this once (change it: manage.py changepassword admin)")
        self.stdout.write(f"  Name       admin\n  Password   {password}")


def _require_free_port(host, port):
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), port))
        except OSError as error:
            raise CommandError(f"{host}:{port} cannot be used ({error.strerror}): make run PORT={port + 1}") from error
