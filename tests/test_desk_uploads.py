"""Files at the desk: pictures made anew and bare, attachments of known kinds, stored bytes left alone."""

import hashlib
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from releases import uploads
from releases.documents import compose
from tests.builders import a_draft, a_person, a_reporter
from tests.filled import filled

GPS, ORIENTATION, MAKER = 0x8825, 0x0112, 0x010F


def drawn(kind="JPEG", size=(40, 20), mode="RGB", **options) -> bytes:
    written = BytesIO()
    Image.new(mode, size, "red" if mode != "P" else 1).save(written, kind, **options)
    return written.getvalue()


def photographed() -> bytes:
    """A picture lying on its side, with the place it was taken and the camera's maker in it."""
    facts = Image.Exif()
    facts[ORIENTATION], facts[MAKER] = 6, "Spy Camera"
    facts.get_ifd(GPS)[2] = (38.0, 19.0, 27.0)
    return drawn(exif=facts, comment=b"secret note")


def sent(content, name="photo.jpg"):
    return ContentFile(content, name=name)


def test_a_picture_is_turned_upright_and_tells_nothing_of_place_or_camera():
    stored = uploads.picture(sent(photographed()))
    content = stored.file.read()
    assert (stored.width, stored.height) == (20, 40)
    assert stored.sha256 == hashlib.sha256(content).hexdigest()
    image = Image.open(BytesIO(content))
    assert image.size == (20, 40)
    assert not image.getexif()
    assert b"Spy" not in content
    assert b"secret" not in content


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (drawn("PNG", mode="RGBA"), "photo.png"),
        (drawn("PNG", mode="P"), "photo.png"),
        (drawn("WEBP"), "photo.webp"),
        (drawn("GIF", mode="P"), "photo.png"),
        (drawn("JPEG", mode="L"), "photo.jpg"),
        (drawn("JPEG", mode="CMYK"), "photo.jpg"),
    ],
)
def test_every_kind_of_picture_is_stored_under_a_fitting_name(content, name):
    stored = uploads.picture(sent(content, "photo.bin"))
    assert stored.file.name == name
    Image.open(stored.file).load()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"no picture at all", "not a JPEG"),
        (b"", "not a JPEG"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "not a JPEG"),
        (drawn()[:300], "damaged"),
        (drawn("BMP"), "not a JPEG"),
        (drawn("PNG", (10_000, 5_001), mode="L"), "50 million pixels"),
        (drawn("PNG", (20_000, 10_000), mode="1"), "50 million pixels"),
    ],
)
def test_what_is_no_fit_picture_is_refused_in_one_sentence(content, said):
    with pytest.raises(uploads.Unfit, match=said):
        uploads.picture(sent(content))


def test_a_picture_that_is_too_large_is_not_even_opened():
    huge = sent(b"x")
    huge.size = uploads.LARGEST_PICTURE + 1
    with pytest.raises(uploads.Unfit, match="25 MB"):
        uploads.picture(huge)


def test_an_attachment_has_its_type_size_and_fingerprint():
    stored = uploads.attachment(sent(b"%PDF-1.7 words", "Report.PDF"))
    assert (stored.media_type, stored.size) == ("application/pdf", 14)
    assert stored.sha256 == hashlib.sha256(b"%PDF-1.7 words").hexdigest()


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"<html>", "page.html", "Attach PDF"),
        (b"MZ", "tool.exe", "Attach PDF"),
        (drawn(), "photo.jpg", "Pictures belong"),
        (b"<html>", "report.pdf", "not what its name says"),
        (b"a\0b", "words.txt", "not what its name says"),
        (b"", "empty.txt", "empty"),
    ],
)
def test_an_unfit_attachment_is_refused_in_one_sentence(content, name, said):
    with pytest.raises(uploads.Unfit, match=said):
        uploads.attachment(sent(content, name))


@pytest.mark.django_db
def test_a_new_file_gets_a_path_of_its_own_and_the_old_bytes_stay(client):
    client.force_login(a_reporter())
    release = a_draft()
    page = reverse("admin:releases_release_change", args=[release.pk])

    def send(content, **said):
        rows = {"photos-TOTAL_FORMS": 1, "photos-0-release": release.pk, "photos-0-alt_text": "A boat"}
        rows |= {"photos-0-focal_x": "0.5", "photos-0-focal_y": "0.5", "photos-0-is_lead": "on"}
        rows |= {"photos-0-file": SimpleUploadedFile("boat.jpg", content)} | said
        return client.post(page, filled(client.get(page), **rows))

    assert send(photographed()).status_code == 302
    first = release.photos.get()
    assert (first.width, first.height, first.is_lead) == (20, 40, True)
    with first.file.open() as stored:
        assert hashlib.sha256(stored.read()).hexdigest() == first.sha256
    assert send(drawn(size=(8, 8))).status_code == 302
    second = release.photos.get()
    assert second.pk == first.pk
    assert second.file.name != first.file.name
    assert default_storage.exists(first.file.name)
    assert compose(release).photos[0].sha256 == second.sha256

    refused = send(b"broken")
    assert "not a JPEG" in refused.content.decode()
    assert release.photos.get().sha256 == second.sha256


@pytest.mark.django_db
def test_the_files_of_unpublished_work_are_shown_to_staff_who_may_see_it_and_to_nobody_else(client):
    client.force_login(a_reporter())
    release = a_draft()
    stored = uploads.picture(sent(photographed()))
    photo = release.photos.create(file=stored.file, alt_text="A boat")
    address = reverse("admin:releases_release_file", args=[release.pk, "photos", photo.pk])
    answer = client.get(address)
    assert answer.getvalue().startswith(b"\xff\xd8")
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert "no-store" in answer.headers["Cache-Control"]
    assert (
        f'src="{address}"' in client.get(reverse("admin:releases_release_change", args=[release.pk])).content.decode()
    )
    assert client.get(address.replace(str(release.pk), "1")).status_code == 404
    client.force_login(a_person())
    assert client.get(address).status_code == 403
    client.logout()
    assert client.get(address).status_code == 302
