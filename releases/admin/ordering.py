"""Rows in staff's own order: numbered by hand or by arrow keys, renumbered from the top on every save."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext_lazy as _

from releases.admin.widgets import PositionWidget


class OrderedForm(forms.ModelForm):
    """A row with its place in the order; the column `order` itself is written by the formset."""

    position = forms.IntegerField(label=_("Order"), required=False, min_value=1, widget=PositionWidget)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            self.initial["position"] = self.instance.order + 1

    @property
    def changed_data(self):
        """A new row that holds nothing but its place in the order was not filled in at all."""
        changed = super().changed_data
        return [] if self.instance._state.adding and changed == ["position"] else changed

    def _get_validation_exclusions(self):
        """Leaves promises about the whole list (order, once, one lead) to the formset, which sees the whole list."""
        return super()._get_validation_exclusions() | {"release"}


class OrderedFormSet(BaseInlineFormSet):
    """Saves a list of one release in the order asked for: removed rows first, then all rows from zero."""

    once = ""  # the column whose value a list holds only once

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.is_bound:
            self.welcome_back()

    def welcome_back(self) -> None:
        """Makes rows that a colleague removed since the form was opened new rows: what was typed in them is kept."""
        try:
            total = min(int(self.data[f"{self.prefix}-TOTAL_FORMS"]), self.absolute_max)
            initial = int(self.data[f"{self.prefix}-INITIAL_FORMS"])
        except (KeyError, ValueError):
            return
        present = {str(row.pk) for row in self.get_queryset()}
        ids = [self.data.get(f"{self.prefix}-{index}-id", "") for index in range(total)]
        there = [index for index in range(total) if ids[index] in present]
        if len(there) == initial:
            return
        moved = {old: new for new, old in enumerate([*there, *(i for i in range(total) if i not in there)])}
        self.data, self.files = renumbered(self.data, self.prefix, moved), renumbered(self.files, self.prefix, moved)
        self.data[f"{self.prefix}-INITIAL_FORMS"] = str(len(there))
        for index in range(len(there), total):
            self.data[f"{self.prefix}-{index}-id"] = ""

    def rows(self) -> list:
        """The forms that will be rows, in the order asked for."""
        wanted = [
            form
            for form in self.forms
            if form not in self.deleted_forms and (form in self.initial_forms or form.has_changed())
        ]
        last = len(self.forms) + 1
        return sorted(wanted, key=lambda form: form.cleaned_data.get("position") or last)

    def clean(self):
        super().clean()
        if any(self.errors) or not self.once:
            return
        values = [form.cleaned_data.get(self.once) for form in self.rows()]
        twice = {str(value) for value in values if value and values.count(value) > 1}
        if twice:
            raise ValidationError(
                _("%(names)s is listed twice. Remove one of the two."), params={"names": ", ".join(sorted(twice))}
            )

    @transaction.atomic
    def save(self, commit=True):
        self.new_objects, self.changed_objects, self.deleted_objects = [], [], []
        if not any(form.has_changed() for form in self.forms):
            return []
        present = self.model.objects.filter(release=self.instance)
        self.remove(present)
        self.set_aside(present)
        kept = [self.put(form, order) for order, form in enumerate(self.rows())]
        others = present.exclude(pk__in=[row.pk for row in kept]).order_by("order")
        for order, row in enumerate(others, len(kept)):
            present.filter(pk=row.pk).update(order=order)
        return kept

    def remove(self, present) -> None:
        """Deletes removed rows, and rows that now hold something else: those are written anew."""
        gone = [form.instance for form in self.deleted_forms if not form.instance._state.adding]
        changed = [form.instance for form in self.rows() if self.once in form.changed_data]
        present.filter(pk__in=[row.pk for row in [*gone, *changed]]).delete()
        self.deleted_objects = gone
        for row in changed:
            row._state.adding = True

    def set_aside(self, present) -> None:
        """Moves the rows that stay behind every place that will be given out."""
        top = present.aggregate(top=Max("order"))["top"]
        if top is not None:
            present.update(order=F("order") + max(top, len(self.forms)) + 1)

    def put(self, form, order: int):
        row = form.instance
        adding = row._state.adding
        row.release, row.order = self.instance, order
        row.save(force_insert=adding)
        if adding:
            self.new_objects.append(row)
        elif form.has_changed():
            self.changed_objects.append((row, form.changed_data))
        return row


def renumbered(data, prefix: str, moved: dict[int, int]):
    """A copy of submitted data in which the rows of one formset have other numbers."""
    copy = data.copy()
    rows = re.compile(rf"{re.escape(prefix)}-(\d+)-(.+)", re.ASCII)
    found = {name: row for name in data if (row := rows.fullmatch(name)) and int(row[1]) in moved}
    for name in found:
        del copy[name]
    for name, row in found.items():
        copy.setlist(f"{prefix}-{moved[int(row[1])]}-{row[2]}", data.getlist(name))
    return copy


class PictureFormSet(OrderedFormSet):
    """Pictures, at most one of which leads."""

    def clean(self):
        super().clean()
        if not any(self.errors) and sum(bool(form.cleaned_data.get("is_lead")) for form in self.rows()) > 1:
            raise ValidationError(_("Only one picture can lead."))

    def set_aside(self, present) -> None:
        super().set_aside(present)
        present.update(is_lead=False)
