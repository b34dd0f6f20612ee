"""Column types with a promise: moments of whole seconds, ids that tell nothing, derived search keys."""

import secrets

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from releases import markup, moments, text


def random_id() -> int:
    """A number of up to 52 bits (exact in JSON everywhere) from which nobody can count what is hidden."""
    return secrets.randbelow(2**52 - 1) + 1


class Record(models.Model):
    """A row whose id is random, so that ids in addresses and exports say nothing of unpublished work."""

    id = models.BigIntegerField(_("number"), primary_key=True, default=random_id, editable=False)

    class Meta:
        abstract = True


class MomentField(models.DateTimeField):
    """An aware instant in whole seconds; anything finer is cut off, a naive time is refused."""

    def get_prep_value(self, value):
        value = self.to_python(value)
        if value is None:
            return None
        if not hasattr(value, "resolve_expression") and timezone.is_naive(value):
            raise ValueError(f"{self.name}: {value!r} has no time zone.")
        return super().get_prep_value(value)

    def to_python(self, value):
        value = super().to_python(value)
        return moments.whole_seconds(value) if hasattr(value, "microsecond") else value

    def pre_save(self, model_instance, add):
        value = super().pre_save(model_instance, add)
        if hasattr(value, "microsecond"):
            value = moments.whole_seconds(value)
            setattr(model_instance, self.attname, value)
        return value


class LineField(models.CharField):
    """One line of text: no line breaks or control characters, spaces collapsed, NBSP kept."""

    def clean(self, value, model_instance):
        return super().clean(text.tidy(value) if isinstance(value, str) else value, model_instance)


class MarkupField(models.TextField):
    """HTML that has passed the one policy of `releases.markup`, also when it was written by a program."""

    def pre_save(self, model_instance, add):
        value = markup.sanitise(super().pre_save(model_instance, add) or "")
        setattr(model_instance, self.attname, value)
        return value


class FoldedField(models.CharField):
    """The folded form of another field: how people search and how names are recognised."""

    def __init__(self, *args, source="text", **kwargs):
        self.source = source
        kwargs.setdefault("max_length", 300)
        kwargs["editable"] = False
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("editable", None)
        return name, path, args, {**kwargs, "source": self.source}

    def pre_save(self, model_instance, add):
        value = text.fold(getattr(model_instance, self.source))[: self.max_length]
        setattr(model_instance, self.attname, value)
        return value


class SortKeyField(models.CharField):
    """A name's place in its own language's alphabet, comparable by plain code points."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 255)
        kwargs["editable"] = False
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("editable", None)
        return name, path, args, kwargs

    def pre_save(self, model_instance, add):
        value = text.sort_key(model_instance.text, model_instance.language)[: self.max_length]
        setattr(model_instance, self.attname, value)
        return value


class DerivedDayField(models.DateField):
    """The calendar day, where a row takes place, of the first of its `sources` that is known.

    A source `starts` is the hour `starts_at` in the row's `time_zone`, or the day `starts_on`; hours come before days.
    """

    def __init__(self, *args, sources=(), **kwargs):
        self.sources = sources
        super().__init__(*args, **{**kwargs, "null": True, "editable": False})

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kept = {key: value for key, value in kwargs.items() if key not in ("null", "editable")}
        return name, path, args, {**kept, "sources": self.sources}

    def pre_save(self, model_instance, add):
        value = self.worked_out(model_instance)
        setattr(model_instance, self.attname, value)
        return value

    def worked_out(self, row):
        hours = [getattr(row, f"{source}_at") for source in self.sources]
        days = [getattr(row, f"{source}_on") for source in self.sources]
        hour = next(filter(None, hours), None)
        return moments.local(hour, row.time_zone).date() if hour else next(filter(None, days), None)


class Ordered(Record):
    """A row in a list whose order is staff's own; no two rows of one release share a place."""

    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        abstract = True
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["release", "order"], name="%(class)s_order")]


def check_zone(name: str) -> None:
    """Refuses a time zone that is not an IANA name such as Europe/Istanbul."""
    if not moments.is_zone(name):
        raise ValidationError(
            _("“%(name)s” is not a time zone. Write it like Europe/Istanbul."), params={"name": name}
        )


class ZoneField(models.CharField):
    """An IANA time zone name."""

    default_validators = [check_zone]

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 50)
        super().__init__(*args, **kwargs)


def language_field(**kwargs) -> models.CharField:
    """A BCP 47 language code; which ones are offered is the newsroom's choice, so any language needs no migration."""
    return models.CharField(_("language"), max_length=12, **kwargs)
