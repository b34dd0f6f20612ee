"""Tables at the desk: the list as a download, and an upload looked through before anything is written."""

from functools import partial, wraps
from itertools import islice

from django import forms
from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from releases.admin.widgets import language_name
from releases.exports import csv
from releases.exports.columns import NAMES
from releases.exports.rows import rows
from releases.imports import reports
from releases.imports.intake import Change, Fate
from releases.imports.records import Unusable
from releases.imports.workroom import LAND, Workroom
from releases.models import AuditEvent
from releases.states import Verb
from releases.workflow import may

MOST_BYTES = 256 * 1024 * 1024
PAGE = 100
ROOMS = 5  # uploads of one person that wait at the same time
KINDS = [
    (Change.NEW, gettext_lazy("new drafts"), gettext_lazy("new draft")),
    (Change.CHANGED, gettext_lazy("changed"), gettext_lazy("new revision")),
    (Change.PUBLISHED, gettext_lazy("published"), gettext_lazy("published")),
    (Fate.SKIP, gettext_lazy("unchanged"), gettext_lazy("unchanged")),
    (Fate.REFUSE, gettext_lazy("refused"), gettext_lazy("refused")),
]


def urls_for(model_admin) -> list:
    """The addresses of export and import, for the admin of releases."""

    def page(address, verb, view, name):
        guarded = model_admin.admin_site.admin_view(allowed(verb, partial(view, model_admin)))
        return path(address, guarded, name=f"releases_release_{name}")

    return [
        page("export/", "export", export_view, "export"),
        page("import/", "import", import_view, "import"),
        page("import/<slug:token>/", "import", room_view, "import_room"),
        page("import/<slug:token>/rejects/", "import", rejects_view, "import_rejects"),
    ]


def allowed(verb: str, view):
    """The view for those whose roles allow the verb; the others are told that they may not."""

    @wraps(view.func)
    def guarded(request, *args, **kwargs):
        if not may(request.user, verb):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def export_view(model_admin, request):
    """Everything the list shows with its present search and filters, streamed; who took it is written down first."""
    try:
        chosen = model_admin.get_changelist_instance(request).get_queryset(request).order_by()
    except IncorrectLookupParameters:
        return redirect("admin:releases_release_changelist")
    filters = {name: request.GET.getlist(name) for name in sorted(request.GET)}
    AuditEvent.objects.create(
        subject=_("Releases as a table"),
        actor=request.user,
        verb=Verb.EXPORT,
        at=request.at,
        detail={"filter": filters, "rows": chosen.count(), "format": "csv"},
    )
    pieces = csv.lines(rows(chosen, request.at))
    response = StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8; header=present")
    response["Content-Disposition"] = f'attachment; filename="releases-{request.at:%Y-%m-%d}.csv"'
    response["Cache-Control"] = "private, no-store"
    return response


class UploadForm(forms.Form):
    """The table to bring in, and what counts where it says nothing."""

    file = forms.FileField(
        label=gettext_lazy("Table"),
        help_text=gettext_lazy("CSV with commas, semicolons or tabs. The first row names the columns."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv"}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), help_text=gettext_lazy("Of rows that do not name their own.")
    )
    publish = forms.BooleanField(
        label=gettext_lazy("Publish what was public before"),
        required=False,
        help_text=gettext_lazy(
            "Rows that were “live” and whose dates have passed become public at once, listed under their old dates."
        ),
    )

    def __init__(self, *args, person, languages, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [(code, language_name(code)) for code in languages]
        if not may(person, "approve"):
            del self.fields["publish"]

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 256 MB. Use the command import_releases for it."))
        return file


def import_view(model_admin, request):
    """Takes the file; its rows are looked through on the next page."""
    languages = request.newsroom.languages
    form = UploadForm(request.POST or None, request.FILES or None, person=request.user, languages=languages)
    if request.method == "POST" and form.is_valid():
        options = {"language": form.cleaned_data["language"], "publish": form.cleaned_data.get("publish", False)}
        upload = form.cleaned_data["file"]
        try:
            room = Workroom.furnish(upload.file, upload.name, **options)
        except Unusable as error:
            form.add_error("file", str(error))
        else:
            request.session["imports"] = [*request.session.get("imports", []), room.token][-ROOMS:]
            room.step(request.user)
            return redirect("admin:releases_release_import_room", room.token)
    context = {**_context(model_admin, request), "form": form, "columns": NAMES}
    return TemplateResponse(request, "admin/releases/release/import.html", context)


def own_room(view):
    """A view of the person's own upload; where there is none (any more), the way back to the form."""

    @wraps(view)
    def entered(model_admin, request, token):
        room = Workroom.find(token) if token in request.session.get("imports", []) else None
        if room is None:
            messages.warning(request, _("This upload is not here any more. Choose the file again."))
            return redirect("admin:releases_release_import")
        return view(model_admin, request, room)

    return entered


@own_room
def room_view(model_admin, request, room: Workroom):
    """Where an import stands: how far it came, what became of every row, what can be done next."""
    if request.method == "POST":
        return _act(request, room)
    kinds = set(request.GET.getlist("kind")) & {str(kind) for kind, _many, _one in KINDS}
    page = max(int(number), 1) if (number := request.GET.get("page", "1")).isdecimal() else 1
    found = list(islice(room.outcomes(kinds), (page - 1) * PAGE, page * PAGE + 1))
    context = {
        **_context(model_admin, request),
        "room": room.state,
        "token": room.token,
        "landing": room.state["stage"] == LAND,
        "finished": room.finished,
        "counts": [(kind, many, room.state["counts"].get(kind, 0)) for kind, many, _one in KINDS],
        "kinds": kinds,
        "outcomes": [_told(outcome, room.state["stage"]) for outcome in found[:PAGE]],
        "page": page,
        "earlier": page - 1,
        "later": page + 1 if len(found) > PAGE else 0,
        "worth_landing": room.state["total"] > room.state["counts"].get(Fate.REFUSE, 0),
    }
    return TemplateResponse(request, "admin/releases/release/import_room.html", context)


def _act(request, room: Workroom):
    """One step further, the yes to it all, or the end of it."""
    if "discard" in request.POST:
        room.close()
        return redirect("admin:releases_release_import")
    if "confirm" in request.POST:
        room.confirm()
    room.step(request.user)
    if request.accepts("text/html"):
        return redirect("admin:releases_release_import_room", room.token)
    return JsonResponse({"done": room.state["done"], "total": room.state["total"], "finished": room.finished})


def _told(outcome: dict, stage: str) -> dict:
    """One row of the report; what was only rehearsed has no address yet."""
    words = {str(kind): one for kind, _many, one in KINDS}
    there = stage == LAND or outcome["kind"] in {Change.CHANGED, Fate.SKIP}
    return {**outcome, "word": words[outcome["kind"]], "release": outcome["release"] if there else None}


@own_room
def rejects_view(model_admin, request, room: Workroom):
    """The rows that were refused, with their reasons, ready to mend and bring in again."""
    refused = room.outcomes({Fate.REFUSE.value})
    pieces = reports.rejects(room.state["header"], refused)
    response = StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8; header=present")
    response["Content-Disposition"] = 'attachment; filename="rejects.csv"'
    return response


def _context(model_admin, request) -> dict:
    return {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": _("Import releases"),
    }
