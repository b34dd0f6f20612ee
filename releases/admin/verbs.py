"""One page for every verb: GET shows what will happen, POST does it or says everything that stands in the way."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from releases import text, workflow
from releases.admin import compare, panel
from releases.admin.clocks import clock
from releases.admin.files import file_url
from releases.admin.site import release_url
from releases.admin.verbforms import FORMS
from releases.documents import Document, compose
from releases.models import Release


def verb_view(model_admin, request, object_id, verb):
    """The page of one verb for one release."""
    form_class = FORMS.get(verb)
    release = Release.objects.filter(pk=object_id).first()
    if form_class is None or release is None:
        raise Http404
    if not (model_admin.has_view_permission(request, release) and workflow.may(request.user, verb)):
        raise PermissionDenied
    if verb not in workflow.possible(release, request.at):
        messages.warning(request, _("“%s” is not possible as the release stands now.") % form_class.title)
        return HttpResponseRedirect(release_url("change", release.pk))
    common = {
        "release": release,
        "person": request.user,
        "at": request.at,
        "site": model_admin.admin_site,
        "initial": {"revision": request.GET.get("revision")} if verb == "restore" else {},
    }
    form = form_class(request.POST, **common) if request.method == "POST" else form_class(**common)
    if request.method == "POST" and form.is_valid() and (answer := carry_out(request, form)):
        return answer
    return TemplateResponse(
        request, "admin/releases/release/verb.html", context(model_admin, request, release, verb, form)
    )


def carry_out(request, form):
    """Uses the verb and goes on to the release; None, with every reason in the form, where it is refused."""
    try:
        with transaction.atomic():
            result = form.act()
    except workflow.Refused as refused:
        for reason in refused.reasons:
            form.add_error(None, str(reason))
        return None
    messages.success(request, form.done)
    release = form.after(result)
    where = release_url("change", release.pk) if release else reverse("admin:releases_release_changelist")
    return HttpResponseRedirect(where)


def context(model_admin, request, release, verb, form) -> dict:
    """What the page shows; the digest always is that of the document on this very page."""
    document = compose(release)
    public = release.editions.live(request.at).first()
    found = {
        **model_admin.admin_site.each_context(request),
        "title": form.title,
        "opts": model_admin.opts,
        "release": release,
        "verb": verb,
        "form": form,
        "media": model_admin.media + form.media,
        "standing": panel.facts(release, request.user, request.at)["standing"],
        "digest": document.digest if "digest" in form.fields else "",
        "hour": clock(release.release_at, release.time_zone),
        "now": clock(request.at, release.time_zone),
        "back": release_url("change", release.pk),
    }
    if form.shows_document:
        found |= told(document)
        found["pictures"] = [
            {"url": file_url(row), "alt_text": row.alt_text, "caption": row.caption, "credit": row.credit}
            for row in release.photos.order_by("order")
        ]
        found["changes"] = compare.changes(Document.read(public.document), document) if public else []
        found["public"] = public
    asked = str(form["revision"].value() or "") if verb == "restore" else ""
    if asked.isascii() and asked.isdigit() and (revision := release.revisions.filter(pk=int(asked[:18])).first()):
        found["revision"] = revision
        found["changes"] = compare.changes(document, Document.read(revision.document))
    return found


def told(document: Document) -> dict:
    """The document as it would be published, and in plain words what stands around its text."""
    words = compare.readable(document)
    around = ("language", "slug", "places", "events", "tags", "contacts", "photos", "attachments")
    return {
        "document": document,
        "direction": text.direction(document.language),
        "kind": words["kind"],
        "facts": [{"label": compare.LABELS[name], "text": words[name]} for name in around if words[name]],
    }
