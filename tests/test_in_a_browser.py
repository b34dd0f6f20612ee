"""The house as a real browser meets it: every policy obeyed, nothing asked of anybody else."""

import pytest
from django.contrib.auth.models import Group

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def complaints(page):
    """Collect what the browser objects to while a test runs."""
    heard = []
    page.on("console", lambda message: message.type in {"error", "warning"} and heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("requestfailed", lambda request: heard.append(f"{request.url} failed"))
    return heard


def test_staff_come_in_without_the_browser_objecting(page, complaints, django_user_model):
    django_user_model.objects.create_superuser("admin", password="a long enough secret")
    page.goto("/admin/")
    page.get_by_label("Username").fill("admin")
    page.get_by_label("Password").fill("a long enough secret")
    page.keyboard.press("Enter")
    page.locator("#user-tools").wait_for()
    assert complaints == []


def test_the_editor_of_a_release_works_under_the_strict_policy(page, complaints, admin_user, sign_in):
    sign_in(admin_user)
    page.goto("/admin/releases/release/add/")
    page.locator(".ProseMirror:visible").first.wait_for()
    assert complaints == []


def test_what_the_migrations_wrote_is_there_again_after_a_test_that_commits(django_user_model):
    assert set(Group.objects.values_list("name", flat=True)) >= {"Reporter", "Editor", "Publisher"}
