"""The tables of an archive and the columns in which its rows are made."""

from releases import search
from releases.models import (
    Address,
    Correction,
    Edition,
    EditionEvent,
    EditionLocation,
    EditionSpokesperson,
    EditionTag,
    Quote,
    Release,
    ReleaseBoilerplate,
    ReleaseContact,
    ReleaseEvent,
    ReleaseLocation,
    TaggedRelease,
    Withdrawal,
)

FACET = "edition_id language first_public_at"

COLUMNS = {
    Release: "id translation_of_id language kind headline slug summary dateline_raw body notes_to_editors release_at "
    "time_zone state version pinned_digest created_at updated_at source source_id source_url",
    ReleaseLocation: "id release_id order location_id in_dateline",
    Quote: "id release_id order spokesperson_id words title organisation",
    ReleaseEvent: "id release_id order event_id",
    ReleaseContact: "id release_id order contact_id",
    ReleaseBoilerplate: "id release_id order boilerplate_id",
    TaggedRelease: "content_object_id tag_id",
    Address: "id language slug release_id",
    Edition: "id release_id translation_group number language slug kind headline card document corrections digest "
    "live_from live_until first_public_at approved_at forced_reason",
    Correction: "id edition_id kind note at language shows_previous",
    Withdrawal: "id edition_id kind reason at",
    EditionLocation: f"{FACET} location_id direct",
    EditionEvent: f"{FACET} event_id",
    EditionSpokesperson: f"{FACET} spokesperson_id",
    EditionTag: f"{FACET} tag_id",
}  # in an order in which rows refer only to what is there already

TABLES = {model._meta.model_name: (model._meta.db_table, columns.split()) for model, columns in COLUMNS.items()}
SEARCHED = {"editionsearch": search.EDITIONS, "releasesearch": search.RELEASES}
EVERY_TABLE = [table for table, _ in TABLES.values()] + list(SEARCHED.values())
