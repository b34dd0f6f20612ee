"""The form of a release: what is typed, and what happens when somebody else was quicker."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from releases import landing, markup
from releases.admin import compare
from releases.admin.fields import LocalMomentField, LocalMoments, ProseField, TagsField, typed_moment
from releases.admin.widgets import ZoneWidget, language_name
from releases.documents import Document, compose, paragraphs
from releases.models import Address, Newsroom, Release

WORDS = ("kind", "headline", "slug", "summary", "dateline_raw", "body", "notes_to_editors")


class ReleaseForm(LocalMoments, forms.ModelForm):
    local_moments = ("release_at",)

    body = ProseField(label=_("Body"), required=False, help_text=_("Start with who, what, where, when and why."))
    notes_to_editors = ProseField(
        label=_("Notes to editors"),
        required=False,
        help_text=_("Background, figures and practical notes for journalists."),
    )
    release_at = LocalMomentField(
        label=_("Release moment"),
        required=False,
        help_text=_("The hour in the time zone beside it. Left empty, it goes out when it is approved."),
    )
    topics = TagsField(
        label=_("Tags"),
        required=False,
        help_text=_("Parted by commas; “New York, migration” are two."),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    note = forms.CharField(
        label=_("What changed"),
        required=False,
        max_length=300,
        help_text=_("For colleagues, in the history only. May stay empty."),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Release
        fields = [
            *("kind", "language", "headline", "slug", "summary", "body", "notes_to_editors", "release_at"),
            *("time_zone", "translation_of", "dateline_raw", "source", "source_id", "source_url"),
        ]
        widgets = {
            "time_zone": ZoneWidget,
            "summary": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.others_changes = []
        self.newest = self.newest_revision()
        self.initial["seen"] = self.newest.number if self.newest else 0
        if not self.instance._state.adding:
            self.initial["topics"] = ", ".join(self.instance.tags.order_by("folded").values_list("name", flat=True))
        self.show_moments()
        self.speak()

    def newest_revision(self):
        if self.instance._state.adding:
            return None
        return self.instance.revisions.order_by("-number").first()

    def speak(self) -> None:
        """Offers the newsroom's languages, and sets the text fields in the release's own."""
        newsroom = Newsroom.current()
        if self.instance._state.adding:
            self.initial.setdefault("language", newsroom.default_language)
            self.initial.setdefault("time_zone", newsroom.time_zone)
            self.initial["language"] = self.initial["language"] or newsroom.default_language
        language = self.initial.get("language") or newsroom.default_language
        if "language" in self.fields:
            codes = dict.fromkeys([*newsroom.languages, language])
            self.fields["language"] = forms.ChoiceField(
                label=_("Language"), choices=[(code, language_name(code)) for code in codes]
            )
            self.fields["language"].disabled = self.was_public
        self.language = language

    @property
    def was_public(self) -> bool:
        return not self.instance._state.adding and self.instance.addresses.exists()

    def clean_slug(self):
        return self.cleaned_data["slug"].strip().lower()

    def clean(self):
        super().clean()
        self.settle_moments()
        if not self.instance._state.adding and "seen" in self.fields:
            self.look_for_others()
        self.find_address()
        return self.cleaned_data

    def find_address(self) -> None:
        """Makes an address from the headline where none was given, and refuses one that belongs to another release."""
        said = self.cleaned_data
        if not said.get("headline") or not said.get("language") or "slug" not in said:
            return
        if not said["slug"]:
            said["slug"] = landing.free_release_slug(Document(headline=said["headline"], language=said["language"]))
        taken = Address.objects.filter(language=said["language"], slug=said["slug"]).exclude(release=self.instance)
        if taken.exists():
            self.add_error("slug", _("This address has belonged to another release. Choose another."))

    def look_for_others(self) -> None:
        """Refuses the save if the release was changed since the form was opened, and keeps everything typed."""
        seen = self.cleaned_data.get("seen") or 0
        if not self.newest or seen >= self.newest.number:
            return
        base = self.instance.revisions.filter(number=seen).first()
        before = Document.read(base.document) if base else None
        now = compose(self.instance)
        self.others_changes = compare.changes(before, now) if before else []
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = str(self.newest.number)
        if before:
            self.take_over(before, now)
        self.add_error(None, ValidationError(self.conflict(seen), code="conflict"))

    def take_over(self, before: Document, now: Document) -> None:
        """Shows the other person's words in every text that was not touched in this form."""
        for name in WORDS:
            if name in self.fields and same_words(self.cleaned_data.get(name), getattr(before, name)):
                self.data[self.add_prefix(name)] = getattr(now, name)
        if self.cleaned_data.get("release_at") == before.release_at and "release_at" in self.fields:
            self.data[self.add_prefix("release_at")] = typed_moment(now.release_at, now.time_zone)
            if self.cleaned_data.get("time_zone") == before.time_zone:
                self.data[self.add_prefix("time_zone")] = now.time_zone

    def conflict(self, seen: int) -> str:
        who = (
            self.newest.author.get_full_name() or self.newest.author.username if self.newest.author else _("Somebody")
        )
        times = self.newest.number - seen
        told = ngettext(
            "%(who)s has saved this release since you opened it.",
            "%(who)s has saved this release since you opened it; it was changed %(times)s times.",
            times,
        ) % {"who": who, "times": times}
        rest = _(
            "Nothing of yours is lost and nothing was saved: what you typed is still here, and texts you had not "
            "touched show the newer words. Look at the changes below, then save again."
        )
        return f"{told} {rest}"


def same_words(typed, stored: str) -> bool:
    """Whether a submitted text is the stored one but for line ends and the form of its markup."""
    typed = paragraphs(typed or "")
    return typed == paragraphs(stored) or markup.sanitise(typed) == stored
