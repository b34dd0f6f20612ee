"""What answers at an address where no release is live: where it is now, why it was withdrawn, its original, or 404."""

from functools import wraps

from django.http import Http404, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from releases.models.edition import Edition, Withdrawal
from releases.states import WithdrawalKind

from .caching import page


def of_a_release(view):
    """Makes `view(request, language, edition)` answer at the address of a live edition, and at no other moment.

    A release that was not translated into `language` is found there by the slug of its original.
    """

    @page
    @wraps(view)
    def answer(request, language, slug):
        edition = live(request, language, slug)
        if edition:
            return view(request, language, edition)
        past = Edition.objects.ended(request.at).in_language(language).filter(slug=slug).order_by("-number").first()
        if past:
            return moved_or_withdrawn(request, language, past)
        original = untranslated(request, language, slug)
        translation = lives_at(request, language, translation_group=original.translation_group, language=language)
        return HttpResponseRedirect(translation) if translation else view(request, language, original)

    return answer


def live(request, language: str, slug: str) -> Edition | None:
    editions = Edition.objects.live(request.at).in_language(language).withholding(request.at)
    return editions.filter(slug=slug).order_by().first()


def untranslated(request, language: str, slug: str) -> Edition:
    """The live edition with this slug in another language, that of the newsroom first; 404 without any."""
    others = [code for code in request.newsroom.languages if code != language]
    found = Edition.objects.live(request.at).filter(language__in=others, slug=slug).order_by()
    nearest = min(found, key=lambda edition: others.index(edition.language), default=None)
    if nearest is None:
        raise Http404
    return nearest


def moved_or_withdrawn(request, language: str, past: Edition):
    """301 to where the release is now, 410 with the reason it was withdrawn for, or 404."""
    moved_to = lives_at(request, language, release=past.release_id)
    if moved_to:
        return HttpResponsePermanentRedirect(moved_to)
    notice = Withdrawal.objects.filter(edition__release=past.release_id, at__lte=request.at).order_by("-at").first()
    if notice is None:
        raise Http404
    return replaced(request, language, notice) or withdrawn(request, notice, past.translation_group)


def lives_at(request, preferred: str, /, **narrowed) -> str:
    """Where a live edition answers as this address does, in the `preferred` language if it can; empty without any."""
    found = Edition.objects.live(request.at).filter(**narrowed).order_by().values_list("language", "slug")[:20]
    kept = sorted(found, key=lambda row: (row[0] != preferred, row))
    return reverse(request.resolver_match.url_name, args=kept[0]) if kept else ""


def replaced(request, language: str, notice: Withdrawal):
    """The way to the release that took the place of a withdrawn one; None where there is none to read."""
    if notice.kind != WithdrawalKind.REPLACED:
        return None
    replacement = lives_at(request, language, release=notice.replaced_by_id)
    return HttpResponsePermanentRedirect(replacement) if replacement else None


def withdrawn(request, notice: Withdrawal, translation_group: int):
    """410: the reason, and the languages in which the release is still to be read."""
    others = Edition.objects.live(request.at).filter(translation_group=translation_group).order_by()
    offered = others.filter(language__in=request.newsroom.languages).values_list("language", "slug")
    request.counterparts = {language: reverse("release", args=[language, slug]) for language, slug in offered}
    context = {"reason": notice.reason.split("\n"), "moment": notice.at, "still_in": request.counterparts}
    return render(request, "releases/withdrawn.html", context, status=410)
