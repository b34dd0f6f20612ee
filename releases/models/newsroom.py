"""The single row that names the site."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from .fields import ZoneField


def default_languages() -> list[str]:
    return ["en", "tr", "ar"]


def default_names() -> dict[str, str]:
    return {"en": "Newsroom", "tr": "Basın Odası", "ar": "غرفة الأخبار"}


class Newsroom(models.Model):
    names = models.JSONField(_("name"), default=default_names, help_text=_("What the site is called, per language."))
    about = models.JSONField(_("about"), default=dict, blank=True, help_text=_("The About page, per language."))
    languages = models.JSONField(
        _("languages"),
        default=default_languages,
        help_text=_("Languages offered to readers; the first is the default."),
    )
    time_zone = ZoneField(_("time zone"), default="Europe/Istanbul", help_text=_("The zone of release moments."))
    four_eyes = models.BooleanField(
        _("four eyes"),
        default=True,
        help_text=_(
            "Whoever submits a release cannot approve it. An office where only one person may approve is not held up: "
            "that person may approve alone, and the history says so."
        ),
    )
    accent = models.CharField(
        _("accent colour"),
        max_length=7,
        default="#0b5c8a",
        validators=[RegexValidator(r"^#[0-9a-fA-F]{6}$", _("A colour such as #0b5c8a."))],
        help_text=_("Used for links and marks; contrast is seen to by the site."),
    )
    logo = models.ImageField(_("logo"), upload_to="newsroom/", blank=True)

    class Meta:
        verbose_name = _("newsroom settings")
        verbose_name_plural = _("newsroom settings")
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="newsroom_is_one")]

    def __str__(self):
        return self.name_in(self.default_language)

    @classmethod
    def current(cls) -> "Newsroom":
        """The row, or its defaults while nobody has saved it: one query."""
        return cls.objects.filter(id=1).first() or cls(id=1)

    @property
    def default_language(self) -> str:
        return self.languages[0]

    def name_in(self, language: str) -> str:
        return self._in(self.names, language)

    def about_in(self, language: str) -> str:
        """HTML of the About page in `language`; empty where it was not written."""
        return self.about.get(language, "")

    def _in(self, texts: dict[str, str], language: str) -> str:
        return texts.get(language) or texts.get(self.default_language) or next(iter(texts.values()), "")

    def clean(self):
        if not (isinstance(self.languages, list) and self.languages and all(map(str, self.languages))):
            raise ValidationError({"languages": _("Offer at least one language.")})
