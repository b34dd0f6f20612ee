"""What the environment says about where this newsroom runs, and what it forgot to say.

Two ways to run exist. Without SITE_URL, SECRET_KEY and ALLOWED_HOSTS the newsroom is a local one: it answers on
loopback only and keeps its own secret in an ignored file. As soon as one of the three is set it is a production site,
and all three must be there and sound.
"""

import os
import secrets
import socket
from pathlib import Path
from urllib.parse import urlsplit

NAMES = ("SITE_URL", "SECRET_KEY", "ALLOWED_HOSTS")
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
WILDCARDS = ("0.0.0.0", "::", "[::]")  # noqa: S104  compared with, never bound to


def is_production(environ):
    """Say whether any name that only a production site sets is set."""
    return any(environ.get(name) for name in NAMES)


def problems(environ):
    """List, in sentences, everything that keeps a production environment from starting."""
    if not is_production(environ):
        return []
    found = [f"{name} is not set." for name in NAMES if not environ.get(name)]
    found += _site_problems(environ.get("SITE_URL", ""), environ.get("ALLOWED_HOSTS", ""))
    key = environ.get("SECRET_KEY", "")
    if key and (len(key) < 50 or len(set(key)) < 5):
        found.append("SECRET_KEY is too short: use at least 50 random characters.")
    if environ.get("DEBUG", "").lower() in {"1", "true", "yes", "on", "y", "ok", "t"}:
        found.append("DEBUG is on: a production site never runs with it.")
    return found


def _site_problems(site_url, allowed_hosts):
    if not site_url:
        return []
    parts = urlsplit(site_url)
    found = []
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/"):
        found.append("SITE_URL is not an address like https://news.example.org, without a path.")
    elif parts.scheme == "http" and parts.hostname not in {"localhost", "127.0.0.1", "::1"}:
        found.append("SITE_URL starts with http://: only a loopback address may do without https.")
    hosts = [host.strip() for host in allowed_hosts.split(",") if host.strip()]
    if "*" in hosts:
        found.append("ALLOWED_HOSTS is *: name the hosts this site answers for.")
    elif hosts and parts.hostname and not _covers(hosts, parts.hostname):
        found.append(f"ALLOWED_HOSTS does not name {parts.hostname}, the host of SITE_URL.")
    return found


def _covers(hosts, hostname):
    return any(hostname == host.strip("[]") or (host[0] == "." and f".{hostname}".endswith(host)) for host in hosts)


def local_hosts(environ):
    """Return the host names a local newsroom answers for."""
    host = environ.get("HOST", "")
    if host not in WILDCARDS:
        return [*LOOPBACK, *([host] if host else [])]
    name = socket.gethostname()
    try:
        addresses = socket.gethostbyname_ex(name)[2]
    except OSError:
        addresses = []
    return [*LOOPBACK, name, *addresses]


def local_site_url(environ):
    """Return the address `make run` serves on."""
    host = environ.get("HOST", "") or "127.0.0.1"
    return f"http://{'127.0.0.1' if host in WILDCARDS else host}:{environ.get('PORT') or 8000}"


def local_secret(path: Path):
    """Read the local secret from `path`, making it on the first run; safe when several processes start at once."""
    if not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(64))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()
