"""What every page of the desk shares: the editor's nonce, folded searches, plain rows for names, honest refusals."""

from django import forms
from django.contrib import admin
from django.core.paginator import Paginator
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from releases.admin.widgets import language_name
from releases.models import Newsroom

COUNTED = 1000


class CappedPaginator(Paginator):
    """Counts no further than `COUNTED` rows, so that a list costs the same however long the archive is."""

    @cached_property
    def count(self):
        return min(self.found, COUNTED)

    @cached_property
    def found(self) -> int:
        """How many rows there are, but never more than one beyond the cap."""
        return self.object_list.order_by()[: COUNTED + 1].count()

    @property
    def has_more(self) -> bool:
        return self.found > COUNTED


class DeskAdmin(admin.ModelAdmin):
    paginator = CappedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    list_max_show_all = 0
    actions = None
    view_on_site = False
    in_use: list[tuple] = []  # (model, column, sentence) of all that may hold a row of this kind

    class Media:
        js = ["js/order.js", "js/desk.js"]

    def render_change_form(self, request, context, *args, **kwargs):
        media = context["media"]
        if hasattr(media, "with_nonce"):
            context["media"] = media.with_nonce(request.csp_nonce)
        return super().render_change_form(request, context, *args, **kwargs)

    def get_deleted_objects(self, objs, request):
        """Refuses, in sentences, to delete what something else holds."""
        held = [sentence for row in objs for sentence in self.holders(row)]
        return [str(row) for row in objs], {}, set(), held

    def holders(self, row) -> list[str]:
        """Why `row` cannot go, counted no further than the cap."""
        sentences = []
        for model, column, sentence in self.in_use:
            found = model.objects.filter(**{column: row})[: COUNTED + 1].count()
            if found:
                many = f"{COUNTED}+" if found > COUNTED else str(found)
                sentences.append(sentence % {"name": row, "count": many})
        return sentences


class NamesFormSet(forms.BaseInlineFormSet):
    """Names of one thing: at least one that is shown, and one per language."""

    def clean(self):
        super().clean()
        if any(self.errors):
            return
        kept = [form.cleaned_data for form in self.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]
        shown = [said["language"] for said in kept if not said.get("is_alias")]
        if not shown:
            raise forms.ValidationError(_("Give at least one name that is shown."))
        if len(shown) != len(set(shown)):
            raise forms.ValidationError(
                _("There is already a name in this language. Mark the other one “also known as”.")
            )


class NameForm(forms.ModelForm):
    """A name; its language is one of the newsroom's, or the one it already has."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offer_languages(self.fields["language"], self.instance.language)


class NamesInline(admin.StackedInline):
    template = "admin/desk/rows.html"
    form = NameForm
    formset = NamesFormSet
    extra = 0
    min_num = 1
    fields = ["language", "text", "is_alias"]
    verbose_name_plural = _lazy("names")

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "language":
            return language_field(request.newsroom)
        return super().formfield_for_dbfield(db_field, request, **kwargs)


def language_field(newsroom: Newsroom) -> forms.ChoiceField:
    """A choice among the newsroom's languages."""
    return forms.ChoiceField(label=_("Language"), choices=[(code, language_name(code)) for code in newsroom.languages])


def offer_languages(field: forms.ChoiceField, also: str) -> None:
    """Adds a language that the newsroom no longer offers, where a row still has it."""
    if also and also not in dict(field.choices):
        field.choices = [*field.choices, (also, language_name(also))]


def speaking() -> str:
    """The language the desk is read in."""
    return get_language() or "en"
