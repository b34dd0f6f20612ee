"""Private history: every saved working copy, and every act of the desk. Rows are never changed."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from releases.states import Verb

from .fields import MomentField, Record


class Revision(Record):
    """The whole document as it stood after one save."""

    release = models.ForeignKey("releases.Release", on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(_("revision"))
    document = models.JSONField()
    digest = models.CharField(max_length=64)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    note = models.CharField(_("note"), max_length=300, blank=True)
    at = MomentField(_("saved"), default=timezone.now)

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["release_id", "-number"]
        constraints = [models.UniqueConstraint(fields=["release", "number"], name="revision_number")]

    def __str__(self):
        return _("Revision %(number)s") % {"number": self.number}


class AuditEvent(models.Model):
    """Who did what, when and why: one line for each act of the desk, numbered in the order of acting."""

    id = models.BigAutoField(primary_key=True)

    release = models.ForeignKey("releases.Release", on_delete=models.SET_NULL, null=True, related_name="audit")
    subject = models.CharField(_("release"), max_length=300)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("who")
    )
    verb = models.CharField(_("act"), max_length=12, choices=Verb)
    at = MomentField(_("when"), default=timezone.now)
    reason = models.TextField(_("reason"), blank=True)
    detail = models.JSONField(_("detail"), default=dict)

    class Meta:
        verbose_name = _("line of history")
        verbose_name_plural = _("history")
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["-at", "-id"], name="audit_by_moment"),
            models.Index(fields=["release", "-at", "-id"], name="audit_of_release"),
        ]

    def __str__(self):
        return f"{self.get_verb_display()}: {self.subject}"
