"""One small form for each verb: what it asks, what it will do in an editor's words, and the act itself."""

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from releases import moments, workflow
from releases.admin.clocks import clock
from releases.admin.fields import LocalMomentField, LocalMoments, typed_moment
from releases.admin.widgets import ZoneWidget, language_name
from releases.models import Newsroom, Release, Revision, Withdrawal
from releases.models.fields import check_zone
from releases.states import CorrectionKind, WithdrawalKind


class VerbForm(forms.Form):
    """A verb about to be used on `release` by `person`, at the desk of `site`, at the moment `at`."""

    title = ""
    button = ""
    effect = ""
    done = ""
    shows_document = False
    grave = False

    def __init__(self, *args, release: Release, person, at, site, **kwargs):
        self.release, self.person, self.at, self.site = release, person, at, site
        super().__init__(*args, **kwargs)

    def act(self):
        """Uses the verb; raises `workflow.Refused`."""

    def after(self, result) -> Release | None:
        """The release to open afterwards; None where there is none left."""
        return self.release


def words(label, help_text="", required=True, rows=3):
    return forms.CharField(
        label=label, help_text=help_text, required=required, widget=forms.Textarea(attrs={"rows": rows})
    )


class Submit(VerbForm):
    title, button = _("Submit for review"), _("Submit for review")
    effect = _("A second person reads the release and approves it or sends it back. Nothing becomes public yet.")
    done = _("Submitted. It is now waiting for somebody who may approve it.")
    shows_document = True
    note = words(_("Note for the reader"), required=False, rows=2)

    def act(self):
        workflow.submit(self.release, self.person, self.cleaned_data["note"])
        alone = not workflow.needs_second_reader(self.release, self.person)
        if alone and workflow.may(self.person, "approve"):
            self.done = _(
                "Submitted. Nobody else here may approve it, so you may: read it once more, then approve it."
            )


class SendBack(VerbForm):
    title, button = _("Send back"), _("Send back")
    effect = _("The release becomes a draft again, and its author sees your reason.")
    done = _("Sent back to its author.")
    reason = words(_("Reason"), _("What should change before it can be approved."))

    def act(self):
        return workflow.send_back(self.release, self.person, self.cleaned_data["reason"])


class Reading(VerbForm):
    """A verb that publishes: it shows the document, and carries the digest of what was read."""

    shows_document = True
    digest = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if workflow.needs_second_reader(self.release, self.person) and workflow.may(self.person, "force"):
            self.fields["forced_reason"] = words(
                _("Reason for approving it alone"),
                _(
                    "You submitted this release yourself. Somebody else should approve it; if that cannot wait, "
                    "say why. The reason stays in the history."
                ),
                required=False,
                rows=2,
            )

    @property
    def forced_reason(self) -> str:
        return self.cleaned_data.get("forced_reason", "")


class Hour(LocalMoments, forms.Form):
    """An hour to be chosen, in a zone that is named."""

    local_moments = ("hour",)
    hour = LocalMomentField(label=_("Hour"), required=False)
    time_zone = forms.CharField(label=_("Time zone"), widget=ZoneWidget, validators=[check_zone], required=False)

    def start_at(self, moment, zone: str) -> None:
        self.initial["time_zone"] = zone
        self.initial["hour"] = typed_moment(moment, zone)

    def settle(self, name, typed, zone):
        if moments.is_zone(zone):
            super().settle(name, typed, zone)


class Approve(Hour, Reading):
    NOW, MOMENT, OTHER = "now", "moment", "other"
    title, button = _("Approve"), _("Approve and publish")
    effect = _("What you read below becomes public at the hour you choose, exactly as it is now.")
    done = _("Approved. It is public now.")
    when = forms.ChoiceField(label=_("When does it become public?"), widget=forms.RadioSelect)
    field_order = ["when", "hour", "time_zone", "forced_reason"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        wanted = clock(self.release.release_at, self.release.time_zone)
        choices = [(self.NOW, _("Now"))]
        if wanted:
            choices = [(self.MOMENT, _("At the release moment: %s") % f"{wanted} = {wanted.utc} UTC"), *choices]
        self.fields["when"].choices = [*choices, (self.OTHER, _("At another hour"))]
        ahead = wanted and wanted.moment > self.at
        self.initial.setdefault("when", self.MOMENT if ahead else self.NOW)
        self.start_at(self.release.release_at if ahead else None, self.release.time_zone)

    def clean(self):
        super().clean()
        if self.cleaned_data.get("when") == self.OTHER:
            self.settle_moments()
            if not self.errors and not self.cleaned_data.get("hour"):
                self.add_error("hour", ValidationError(_("Give the hour.")))
        return self.cleaned_data

    @property
    def moment(self):
        chosen = {self.NOW: self.at, self.OTHER: self.cleaned_data.get("hour")}
        return chosen.get(self.cleaned_data["when"], self.release.release_at)

    def act(self):
        said = self.cleaned_data
        edition = workflow.approve(
            self.release, self.person, said["digest"], moment=self.moment, forced_reason=self.forced_reason, at=self.at
        )
        if edition.live_from > self.at:
            lift = clock(edition.live_from, self.release.time_zone)
            self.done = _("Approved. It becomes public on %(lift)s = %(utc)s UTC.") % {"lift": lift, "utc": lift.utc}
        return edition


class Correct(Reading):
    title, button = _("Publish a correction"), _("Publish the correction now")
    effect = _("The release below replaces the public one now. Readers see your note; the date in lists stays.")
    done = _("The correction is public.")
    kind = forms.ChoiceField(label=_("What kind of change"), choices=CorrectionKind, widget=forms.RadioSelect)
    note = words(_("Public note"), _("What was wrong and what is right. Readers see this."))
    shows_previous = forms.BooleanField(label=_("The earlier edition stays readable"), required=False, initial=True)
    field_order = ["kind", "note", "shows_previous", "forced_reason"]

    def act(self):
        said = self.cleaned_data
        return workflow.correct(
            self.release, self.person, said["digest"], said["kind"], said["note"], said["shows_previous"],
            self.forced_reason, at=self.at,
        )  # fmt: skip


class Reschedule(Hour, Reading):
    title, button = _("Move the hour"), _("Move the hour")
    effect = _("The approved words stay as they are; only the hour at which they become public moves.")
    done = _("The hour has been moved.")
    shows_document = False
    field_order = ["hour", "time_zone", "forced_reason"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["hour"].required = True
        ahead = self.release.editions.scheduled(self.at).first()
        self.start_at(ahead.live_from if ahead else None, self.release.time_zone)

    def clean(self):
        super().clean()
        self.settle_moments()
        return self.cleaned_data

    def act(self):
        return workflow.reschedule(
            self.release, self.person, self.cleaned_data["hour"], self.forced_reason, at=self.at
        )


class CallOff(VerbForm):
    title, button, grave = _("Call off"), _("Call off"), True
    effect = _("The approval is taken back before its hour: nothing of it becomes public. What is live stays live.")
    done = _("Called off. It is a draft again.")
    reason = words(_("Reason"), required=False, rows=2)

    def act(self):
        return workflow.call_off(self.release, self.person, self.cleaned_data["reason"])


class Withdraw(VerbForm):
    title, button, grave = _("Withdraw"), _("Withdraw now"), True
    effect = _("The release leaves the site at once: lists, search, feeds and files. Its address tells the reason.")
    done = _("Withdrawn. The public reads the reason at its address.")
    reason = words(_("Reason"), _("Readers see this at the release's address."))
    kind = forms.ChoiceField(
        label=_("What becomes of the address"), choices=WithdrawalKind, widget=forms.RadioSelect,
        initial=WithdrawalKind.GONE,
    )  # fmt: skip
    replaced_by = forms.ModelChoiceField(
        label=_("Replaced by"), queryset=Release.objects.all(), required=False, blank=True,
        help_text=_("A live release, where the address should lead from now on."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["replaced_by"]
        field.widget = AutocompleteSelect(Withdrawal._meta.get_field("replaced_by"), self.site)
        field.widget.choices = field.choices

    def act(self):
        said = self.cleaned_data
        return workflow.withdraw(self.release, self.person, said["reason"], said["kind"], said["replaced_by"])


class Translate(VerbForm):
    title, button = _("Start a translation"), _("Start the translation")
    effect = _("A new draft in the other language is made, with the facts copied: hour, places, people, pictures.")
    done = _("The translation has been started. Its words are still those of the original.")
    language = forms.ChoiceField(label=_("Language"), widget=forms.RadioSelect)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        source = self.release.translation_of or self.release
        taken = {source.language, *source.translations.values_list("language", flat=True)}
        codes = [code for code in Newsroom.current().languages if code not in taken]
        self.fields["language"].choices = [(code, language_name(code)) for code in codes]
        if not codes:
            self.effect = _("This release is there in every language of the newsroom already.")

    def act(self):
        return workflow.start_translation(self.release, self.person, self.cleaned_data["language"])

    def after(self, result):
        return result


class Restore(VerbForm):
    title, button = _("Restore an earlier revision"), _("Restore this revision")
    effect = _("The words, places, people and pictures of that revision come back into the working copy. Address and "
               "hour stay, and what the public reads does not change.")  # fmt: skip
    done = _("Restored into the working copy. Nothing public has changed.")
    revision = forms.ModelChoiceField(queryset=Revision.objects.none(), widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["revision"].queryset = self.release.revisions.all()

    def act(self):
        return workflow.restore(self.release, self.person, self.cleaned_data["revision"])


class Discard(VerbForm):
    title, button, grave = _("Delete"), _("Delete this release"), True
    effect = _("The working copy and its revisions are deleted for good. That it was deleted stays in the history.")
    done = _("Deleted.")

    def act(self):
        return workflow.discard(self.release, self.person)

    def after(self, result):
        return None


FORMS = {
    "submit": Submit,
    "send_back": SendBack,
    "approve": Approve,
    "correct": Correct,
    "reschedule": Reschedule,
    "call_off": CallOff,
    "withdraw": Withdraw,
    "translate": Translate,
    "restore": Restore,
    "discard": Discard,
}
