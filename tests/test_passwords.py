"""A forgotten password is replaced by mail, and the page tells nobody who works here."""

import re

import pytest
from django.core import mail

pytestmark = pytest.mark.django_db


def test_a_forgotten_password_is_replaced_through_a_mailed_link(client, django_user_model):
    person = django_user_model.objects.create_user("ayla", "ayla@example.org", "the old password", is_staff=True)
    assert client.get("/admin/password/").status_code == 200
    client.post("/admin/password/", {"email": "ayla@example.org"})
    address = re.search(r"http://testserver(/admin/password/\S+)", mail.outbox[0].body)[1]
    form = client.get(address, follow=True).redirect_chain[-1][0]
    client.post(form, {"new_password1": "quite another phrase", "new_password2": "quite another phrase"})
    person.refresh_from_db()
    assert person.check_password("quite another phrase")
    assert client.get("/admin/password/set/").status_code == 200


def test_asking_for_an_unknown_address_answers_alike_and_sends_nothing(client):
    answer = client.post("/admin/password/", {"email": "nobody@example.org"}, follow=True)
    assert answer.redirect_chain == [("/admin/password/sent/", 302)]
    assert mail.outbox == []
