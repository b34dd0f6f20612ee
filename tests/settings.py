"""The newsroom's settings on the engine under test, deaf to what the developer's shell happens to export."""

import os

for _name in (
    "SITE_URL",
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "DEBUG",
    "CACHE_URL",
    "EMAIL_URL",
    "MEDIA_ROOT",
    "HOST",
    "PORT",
    "SECURITY_CONTACT",
):
    os.environ.pop(_name, None)
os.environ["TIME_ZONE"] = "UTC"
os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL") or "sqlite:///:memory:"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = (
    "1"  # Playwright keeps an event loop in the thread that also asks the database
)

from newsroom.settings import *  # noqa: E402, F403  the environment had to be cleared first

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405  as above
