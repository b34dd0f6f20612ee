"""What is written once: editions, revisions, corrections, withdrawals, lines of history. To be read, never edited."""

import json

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from releases.admin.base import DeskAdmin
from releases.admin.clocks import clock
from releases.admin.site import release_url
from releases.models import AuditEvent, Correction, Edition, Revision, Withdrawal


class ReadOnlyAdmin(DeskAdmin):
    """Rows that nobody adds, changes or deletes by hand."""

    ordering = ["-pk"]
    sortable_by = ()

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("release"))
    def desk_page(self, row):
        return format_html('<a href="{}">{}</a>', release_url("change", row.release_id), row.release)

    @admin.display(description=_("document"))
    def whole_document(self, row):
        return format_html("<pre>{}</pre>", json.dumps(row.document, indent=1, ensure_ascii=False))


def moment(column: str, label):
    @admin.display(description=label)
    def shown(self, row):
        return str(clock(getattr(row, column), "UTC") or "—")

    return shown


@admin.register(Edition)
class EditionAdmin(ReadOnlyAdmin):
    list_display = ["headline", "number", "language", "from_when", "until_when"]
    ordering = ["-live_from", "-pk"]
    search_fields = ["slug"]
    fields = [
        *("desk_page", "number", "language", "slug", "kind", "headline", "from_when", "until_when", "first_when"),
        *("submitted_by", "approved_by", "approved_when", "forced_reason", "digest", "whole_document"),
    ]
    readonly_fields = fields
    from_when = moment("live_from", _("public from"))
    until_when = moment("live_until", _("public until"))
    first_when = moment("first_public_at", _("first public"))
    approved_when = moment("approved_at", _("approved"))

    def get_queryset(self, request):
        return super().get_queryset(request).defer("card", "corrections")

    def get_search_results(self, request, queryset, search_term):
        return (queryset.filter(slug=search_term.strip()) if search_term.strip() else queryset), False


@admin.register(Revision)
class RevisionAdmin(ReadOnlyAdmin):
    list_display = ["release", "number", "author", "note", "when"]
    list_select_related = ["release", "author"]
    fields = ["desk_page", "number", "author", "note", "when", "digest", "whole_document"]
    readonly_fields = fields
    when = moment("at", _("saved"))


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin):
    list_display = ["when", "verb", "subject", "actor", "reason"]
    list_select_related = ["actor"]
    list_filter = ["verb"]
    ordering = ["-at", "-pk"]
    fields = ["when", "verb", "subject", "actor", "reason", "detail"]
    readonly_fields = fields
    when = moment("at", _("when"))


@admin.register(Correction)
class CorrectionAdmin(ReadOnlyAdmin):
    list_display = ["note", "kind", "language", "when"]
    ordering = ["-at", "-pk"]
    fields = ["edition", "kind", "note", "language", "shows_previous", "when"]
    readonly_fields = fields
    when = moment("at", _("public since"))


@admin.register(Withdrawal)
class WithdrawalAdmin(ReadOnlyAdmin):
    list_display = ["reason", "kind", "by", "when"]
    list_select_related = ["by"]
    ordering = ["-at", "-pk"]
    fields = ["edition", "kind", "reason", "by", "replaced_by", "when"]
    readonly_fields = fields
    when = moment("at", _("withdrawn"))
