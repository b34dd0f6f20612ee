"""Inputs of the desk: an hour that may be doubtful, a zone, one text per language, an ordered list of languages."""

from django import forms
from django.conf.locale import LANG_INFO
from django.contrib.admin.widgets import AdminTextInputWidget
from django.utils.translation import gettext
from django_prose_editor.widgets import AdminProseEditorWidget

from releases import moments, text

MOST_LANGUAGES = 8


class LocalMomentWidget(forms.Widget):
    """One `datetime-local` input; where the clocks change, the instants it may mean as radio buttons below it.

    Its value is the pair (what was typed, ISO instant chosen or "").
    """

    template_name = "admin/desk/moment.html"
    candidates = ()

    def value_from_datadict(self, data, files, name):
        return data.get(name, "").strip(), data.get(f"{name}_instant", "")

    def value_omitted_from_data(self, data, files, name):
        return name not in data

    def format_value(self, value):
        return value if isinstance(value, tuple) else (value or "", "")

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        typed, chosen = self.format_value(value)
        context["widget"] |= {"typed": typed, "chosen": chosen, "candidates": self.candidates}
        context["widget"]["seconds"] = len(typed) > len("2026-11-22T19:00")
        return context


class ZoneWidget(AdminTextInputWidget):
    """A time zone by its name, with all names to choose from."""

    template_name = "admin/desk/zone.html"

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        zones = f"{context['widget']['attrs'].get('id', name)}_zones"
        context["widget"]["attrs"] |= {"list": zones, "autocomplete": "off", "spellcheck": "false", "dir": "ltr"}
        context["widget"] |= {"zones": [name for name in moments.zone_names() if "/" in name or name == "UTC"]}
        context["widget"]["zones_id"] = zones
        return context


class PositionWidget(forms.NumberInput):
    """A place in an order, counted from one."""

    def __init__(self, attrs=None):
        super().__init__({"min": 1, "class": "position", "inputmode": "numeric", **(attrs or {})})


class PerLanguageWidget(forms.Widget):
    """One input for each language; its value is {language: text}."""

    template_name = "admin/desk/per_language.html"

    def __init__(self, languages=(), prose=False, config=None):
        super().__init__()
        self.languages, self.prose, self.config = list(languages), prose, config

    def input(self, language):
        said = {"lang": language, "dir": text.direction(language), "aria-label": language_name(language)}
        if not self.prose:
            return AdminTextInputWidget({**said, "maxlength": 200})
        return AdminProseEditorWidget({**said, "class": "prose"}, config=self.config, preset="configurable")

    @property
    def media(self):
        return self.input("en").media if self.prose else forms.Media()

    def value_from_datadict(self, data, files, name):
        return {language: data.get(f"{name}_{language}", "").strip() for language in self.languages}

    def value_omitted_from_data(self, data, files, name):
        return not any(f"{name}_{language}" in data for language in self.languages)

    def id_for_label(self, id_):
        return ""

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        known = value if isinstance(value, dict) else {}
        context["widget"]["inputs"] = [
            {
                "id": f"id_{name}_{language}",
                "label": language_name(language),
                "html": self.input(language).render(
                    f"{name}_{language}", known.get(language, ""), {"id": f"id_{name}_{language}"}
                ),
            }
            for language in self.languages
        ]
        return context


class LanguagesWidget(forms.Widget):
    """Languages in order, the first one the default; its value is a list of codes."""

    template_name = "admin/desk/languages.html"

    def value_from_datadict(self, data, files, name):
        chosen = [data.get(f"{name}_{place}", "") for place in range(MOST_LANGUAGES)]
        return list(dict.fromkeys(filter(None, chosen)))

    def value_omitted_from_data(self, data, files, name):
        return f"{name}_0" not in data

    def id_for_label(self, id_):
        return ""

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        chosen = list(value or [])[:MOST_LANGUAGES]
        known = [("", "—"), *language_choices(chosen)]
        context["widget"]["places"] = [
            {
                "label": gettext("Default language") if place == 0 else gettext("Language %s") % (place + 1),
                "id": f"id_{name}_{place}",
                "html": forms.Select(choices=known).render(
                    f"{name}_{place}",
                    chosen[place] if place < len(chosen) else "",
                    {"id": f"id_{name}_{place}"},
                ),
            }
            for place in range(MOST_LANGUAGES)
        ]
        return context


def language_name(code: str) -> str:
    """What the language calls itself: `Türkçe`."""
    return LANG_INFO.get(code, {}).get("name_local", code)


def language_choices(also=()) -> list[tuple[str, str]]:
    """Every language with a name here, and those in `also`."""
    codes = {code for code, known in LANG_INFO.items() if "name_local" in known} | set(also)
    return [(code, f"{language_name(code)} ({code})") for code in sorted(codes)]
