"""Start-up checks: what would go wrong later is said now."""

import os
from pathlib import Path

from django.conf import settings
from django.core import checks


@checks.register(checks.Tags.files)
def media_can_be_written(app_configs, **kwargs):
    """Refuse a media directory the process cannot write to."""
    root = Path(settings.MEDIA_ROOT)
    place = next(path for path in (root, *root.parents) if path.exists())
    if place.is_dir() and os.access(place, os.W_OK | os.X_OK):
        return []
    return [checks.Error(f"MEDIA_ROOT {root} cannot be written to.", id="newsroom.E001")]


@checks.register(checks.Tags.security, deploy=True)
def mail_leaves_the_house(app_configs, **kwargs):
    """Point out that password-reset mails go nowhere but to the log."""
    if not settings.EMAIL_BACKEND.endswith("console.EmailBackend"):
        return []
    hint = "Set EMAIL_URL, for example smtp+tls://user:password@mail.example.org:587."
    return [checks.Warning("EMAIL_URL is not set: mail is printed, not sent.", hint=hint, id="newsroom.W001")]
