"""The three roles of a press office and what each may do."""

WRITING = ["release", "releaselocation", "releaseevent", "quote", "releasecontact", "releaseboilerplate"]
FILES = ["photo", "attachment"]
NOUNS = ["location", "locationname", "event", "eventname", "spokesperson", "spokespersonname", "tag"]
STANDING = ["contact", "boilerplate"]
HISTORY = ["revision", "auditevent", "edition", "correction", "withdrawal"]


def every(acts: str, models: list[str]) -> set[str]:
    return {f"{act}_{model}" for act in acts.split() for model in models}


REPORTER = (
    every("view add change", WRITING + FILES)
    | every("delete", WRITING[1:] + FILES)
    | every("view add", NOUNS)
    | every("view", STANDING + HISTORY)
    | every("submit translate restore export", ["release"])
)
EDITOR = (
    REPORTER
    | every("change delete", NOUNS)
    | every("add change delete", STANDING)
    | every("delete send_back import", ["release"])
)
PUBLISHER = (
    EDITOR
    | every("approve reschedule call_off correct withdraw force", ["release"])
    | every("view change", ["newsroom"])
)
ROLES = {"Reporter": REPORTER, "Editor": EDITOR, "Publisher": PUBLISHER}
