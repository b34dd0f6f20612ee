"""The words of headlines, summaries and names, kept so that a slip of the pen can be put right."""

from django.db import models

from .fields import MomentField, language_field


class NearWord(models.Model):
    """A word and one way of almost writing it: `key` is the word itself, or the word without one of its letters.

    Two words that differ by a single slip share a key. `known_from` is when the first edition that says it is public.
    """

    id = models.BigAutoField(primary_key=True)
    language = language_field()
    key = models.CharField(max_length=64)
    word = models.CharField(max_length=64)
    known_from = MomentField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["language", "key", "word"], name="nearword_once")]

    def __str__(self):
        return self.word
