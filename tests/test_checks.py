"""What `manage.py check` says before it is too late."""

from newsroom import checks


def test_a_media_directory_that_cannot_be_made_is_refused(settings, tmp_path):
    (tmp_path / "file").write_text("in the way")
    settings.MEDIA_ROOT = tmp_path / "file" / "media"
    assert [error.id for error in checks.media_can_be_written(None)] == ["newsroom.E001"]


def test_a_media_directory_that_does_not_exist_yet_is_fine_where_it_can_be_made(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "not" / "yet"
    assert checks.media_can_be_written(None) == []


def test_mail_that_goes_nowhere_is_pointed_out(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert [warning.id for warning in checks.mail_leaves_the_house(None)] == ["newsroom.W001"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert checks.mail_leaves_the_house(None) == []
