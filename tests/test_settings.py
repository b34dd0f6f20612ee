"""What the environment may say, and what keeps the newsroom from starting."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from newsroom import deployment

ROOT = Path(__file__).resolve().parent.parent
SOUND = {
    "SITE_URL": "https://news.example.org",
    "ALLOWED_HOSTS": "news.example.org",
    "SECRET_KEY": "k9" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
}


def shell(statement, **environment):
    """Run one statement in a newsroom started with exactly this environment."""
    code = f"import django; django.setup(); from django.conf import settings; {statement}"
    base = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=ROOT, env=base | environment, capture_output=True, text=True, check=False)


def test_a_sound_production_environment_has_no_problems():
    assert deployment.problems(SOUND) == []


def test_an_empty_environment_is_a_local_newsroom():
    assert not deployment.is_production({})
    assert deployment.problems({}) == []


@pytest.mark.parametrize("name", deployment.NAMES)
def test_a_half_set_production_environment_names_what_is_missing(name):
    half = {key: value for key, value in SOUND.items() if key != name}
    assert deployment.problems(half) == [f"{name} is not set."]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"SITE_URL": "news.example.org"}, "is not an address"),
        ({"SITE_URL": "https://news.example.org/press"}, "without a path"),
        ({"SITE_URL": "http://news.example.org"}, "https"),
        ({"ALLOWED_HOSTS": "*"}, "name the hosts"),
        ({"ALLOWED_HOSTS": "www.example.org"}, "does not name news.example.org"),
        ({"SECRET_KEY": "short"}, "at least 50"),
        ({"SECRET_KEY": "x" * 60}, "at least 50"),
        ({"DEBUG": "True"}, "DEBUG"),
    ],
)
def test_an_unsound_production_environment_is_refused_with_the_reason(change, told):
    problems = deployment.problems(SOUND | change)
    assert len(problems) == 1
    assert told in problems[0]


def test_all_problems_are_told_at_once():
    assert len(deployment.problems({"SITE_URL": "http://news.example.org", "DEBUG": "1"})) == 4


def test_a_domain_with_all_its_hosts_covers_the_site():
    assert deployment.problems(SOUND | {"ALLOWED_HOSTS": ".example.org"}) == []


def test_the_process_refuses_to_start_half_set():
    outcome = shell("pass", SITE_URL="https://news.example.org")
    assert outcome.returncode != 0
    assert "SECRET_KEY is not set." in outcome.stderr
    assert "ALLOWED_HOSTS is not set." in outcome.stderr


def test_production_has_locked_cookies_and_tells_browsers_to_stay_on_https():
    told = shell(
        "print(settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_SECURE, "
        "settings.SECURE_HSTS_SECONDS, settings.DEBUG)",
        **SOUND,
    )
    assert told.stdout.split() == ["__Host-desk", "__Host-csrf", "True", "31536000", "False"], told.stderr


def test_production_passes_djangos_own_deployment_checks():
    environment = SOUND | {
        "CACHE_URL": "rediscache://127.0.0.1:6379/0",
        "EMAIL_URL": "smtp+tls://name:secret@mail.example.org:587",
    }
    checked = shell(
        "from django.core.management import call_command; call_command('check', deploy=True, fail_level='WARNING')",
        **environment,
    )
    assert checked.returncode == 0, checked.stderr


def test_a_database_address_becomes_a_connection_that_is_kept_and_checked():
    told = shell(
        "d = settings.DATABASES['default']; "
        "print(d['ENGINE'], d['PASSWORD'], d['CONN_MAX_AGE'], d['CONN_HEALTH_CHECKS'])",
        DATABASE_URL="postgres://desk:p%40ss@db.example.org:5432/newsroom",
    )
    assert told.stdout.split() == ["django.db.backends.postgresql", "p@ss", "600", "True"], told.stderr


def test_sqlite_waits_for_its_turn_and_writes_ahead(tmp_path):
    told = shell(
        "from django.db import connection as c; k = c.cursor(); "
        "print(*(k.execute('PRAGMA ' + p).fetchone()[0] for p in ('journal_mode', 'busy_timeout', 'synchronous')), "
        "c.transaction_mode)",
        DATABASE_URL=f"sqlite:///{tmp_path / 'newsroom.sqlite3'}",
    )
    assert told.stdout.split() == ["wal", "20000", "1", "IMMEDIATE"], told.stderr


def test_a_local_secret_is_made_once_and_kept_from_others(tmp_path):
    path = tmp_path / "secret"
    first = deployment.local_secret(path)
    assert len(first) > 50
    assert deployment.local_secret(path) == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert os.listdir(tmp_path) == ["secret"]


def test_a_local_newsroom_answers_on_loopback_and_on_the_host_it_was_told():
    assert deployment.local_hosts({}) == ["localhost", "127.0.0.1", "[::1]"]
    assert "desk.local" in deployment.local_hosts({"HOST": "desk.local"})
    assert "*" not in deployment.local_hosts({"HOST": "0.0.0.0"})
    assert deployment.local_site_url({"HOST": "0.0.0.0", "PORT": "8123"}) == "http://127.0.0.1:8123"
