"""Form fields of the desk, and the one place where a typed hour becomes an instant."""

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import ProseEditorFormField
from django_prose_editor.widgets import AdminProseEditorWidget

from releases import markup, moments, text
from releases.admin.clocks import Clock
from releases.admin.widgets import LanguagesWidget, LocalMomentWidget, PerLanguageWidget

EXTENSIONS = {
    "NoSpellCheck": False,
    "Bold": True,
    "Italic": True,
    "Heading": {"levels": [2, 3]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "HardBreak": True,
    "Subscript": True,
    "Superscript": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto", "tel"]},
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
}
PROSE = {"extensions": EXTENSIONS}


@dataclass(frozen=True)
class LocalTime:
    """What was typed: a local time, and the instant chosen where it may mean two."""

    naive: datetime
    chosen: str = ""


class LocalMomentField(forms.Field):
    """A local time; its form makes it an instant with `settle`, because the zone stands in another field."""

    widget = LocalMomentWidget

    def clean(self, value):
        typed, chosen = value if isinstance(value, tuple) else (value or "", "")
        if not typed:
            return super().clean("") or None
        try:
            naive = parse_datetime(typed)
        except ValueError:
            naive = None
        if naive is None or naive.tzinfo:
            raise ValidationError(_("Give a date and a time, such as 2026-03-29 14:30."), code="invalid")
        return LocalTime(naive.replace(microsecond=0), chosen)

    def has_changed(self, initial, data):
        typed = data[0] if isinstance(data, tuple) else data
        return (typed or "")[:16] != (initial or "")[:16] or (typed or "")[16:] not in (
            "",
            ":00",
            (initial or "")[16:],
        )


def typed_moment(moment: datetime | None, zone: str) -> str:
    """An instant as a `datetime-local` input shows it in `zone`: `2026-11-22T19:00`."""
    if moment is None:
        return ""
    shown = moments.local(moment, zone).replace(tzinfo=None)
    return shown.isoformat(timespec="seconds" if shown.second else "minutes")


class LocalMoments:
    """A form whose `local_moments` fields are hours of the zone in its field `time_zone`.

    In a double hour or a gap the field is refused, and the instants it may mean are offered to choose from.
    """

    local_moments: tuple[str, ...] = ()

    def show_moments(self) -> None:
        """Shows the instance's instants on the clocks of its zone; call at the end of `__init__`."""
        for name in self.local_moments:
            if name in self.fields:
                self.initial[name] = typed_moment(getattr(self.instance, name), self.zone_of_instance())

    def zone_of_instance(self) -> str:
        zone = self.instance.time_zone
        return zone if moments.is_zone(zone) else "UTC"

    def settle_moments(self) -> None:
        """Replaces each LocalTime in `cleaned_data` by its instant; call in `clean`."""
        for name in self.local_moments:
            typed = self.cleaned_data.get(name)
            zone = self.cleaned_data.get("time_zone")
            if isinstance(typed, LocalTime) and zone:
                self.settle(name, typed, zone)

    def settle(self, name: str, typed: LocalTime, zone: str) -> None:
        kept = getattr(getattr(self, "instance", None), name, None)
        if kept and not typed.chosen and moments.local(kept, zone).replace(tzinfo=None) == typed.naive:
            self.cleaned_data[name] = kept
            return
        try:
            self.cleaned_data[name] = moments.resolve(typed.naive, zone)
        except moments.LocalTimeError as doubt:
            chosen = [moment for moment in doubt.candidates if moment.isoformat() == typed.chosen]
            if chosen:
                self.cleaned_data[name] = chosen[0]
                return
            self.fields[name].widget.candidates = [
                {"value": moment.isoformat(), "clock": Clock(moment, zone), "offset": f"{moment:%z}"}
                for moment in doubt.candidates
            ]
            self.add_error(name, ValidationError(_doubt(doubt), code="doubtful"))
        except ValueError as error:
            self.add_error(name, ValidationError(str(error), code="invalid"))


def _doubt(doubt) -> str:
    if isinstance(doubt, moments.AmbiguousTime):
        sentence = _("The clocks go back: in %(zone)s this hour happens twice. Choose which one you mean.")
    else:
        sentence = _("The clocks go forward: in %(zone)s this hour does not exist. Choose the nearest one you mean.")
    return sentence % {"zone": doubt.zone_name}


class ProseField(ProseEditorFormField):
    """Text with the few marks a release needs; what comes in is made canonical by the one policy."""

    def __init__(self, *args, language="en", **kwargs):
        said = {"class": "prose", "lang": language, "dir": text.direction(language)}
        kwargs["widget"] = AdminProseEditorWidget({**said, **kwargs.pop("attrs", {})})
        super().__init__(*args, config=PROSE, sanitize=markup.sanitise, **kwargs)

    def has_changed(self, initial, data):
        return markup.sanitise(initial or "") != markup.sanitise(data or "")


class TagsField(forms.CharField):
    """Tags parted by commas: `New York, İstanbul` are two; one word however written is one."""

    def clean(self, value):
        names = [text.tidy(part) for part in super().clean(value).replace("،", ",").replace("\n", ",").split(",")]
        for name in names:
            if "|" in name:
                raise ValidationError(_("A tag cannot contain “|” or a comma: they separate tags."))
            if len(name) > 100:
                raise ValidationError(_("A tag has at most 100 characters."))
        return list({text.fold(name): name for name in reversed(names) if text.fold(name)}.values())[::-1]

    def has_changed(self, initial, data):
        return {text.fold(part) for part in (initial or "").split(",")} != {
            text.fold(part) for part in (data or "").split(",")
        }


class PerLanguageField(forms.Field):
    """One text per language as {language: text}, empty ones left out."""

    def __init__(self, languages, prose=False, **kwargs):
        self.prose = prose
        super().__init__(widget=PerLanguageWidget(languages, prose, PROSE), **kwargs)

    def clean(self, value):
        tidied = {code: markup.sanitise(said) if self.prose else text.tidy(said) for code, said in value.items()}
        return super().clean({code: said for code, said in tidied.items() if said})


class LanguagesField(forms.Field):
    """An ordered list of language codes, the first one the default."""

    widget = LanguagesWidget

    def clean(self, value):
        if not value:
            raise ValidationError(_("Offer at least one language."))
        return value
