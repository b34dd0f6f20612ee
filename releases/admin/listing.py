"""The list of releases: what each row says, at a fixed number of questions a page."""

from django.contrib.admin.views.main import ChangeList
from django.utils.translation import gettext_lazy as _

from releases.admin import panel
from releases.admin.filters import OFFERED, StandingFilter
from releases.models import Edition


class ReleaseList(ChangeList):
    """One page of releases, each row told where it stands by one question for the whole page."""

    def __init__(self, request, *args):
        self.request = request
        super().__init__(request, *args)
        self.title = _("Releases")

    def get_ordering(self, request, queryset):
        """One column and the id in the same direction: what an index gives without sorting."""
        first = super().get_ordering(request, queryset)[0]
        return [first, "-id" if first.startswith("-") else "id"]

    def get_results(self, request):
        super().get_results(request)
        self.result_list = list(self.result_list)
        by_release: dict[int, list] = {row.pk: [] for row in self.result_list}
        editions = Edition.objects.filter(release__in=by_release).order_by("release_id", "number")
        told = editions.only("release_id", "live_from", "live_until", "language", "slug", "withdrawal__id")
        for edition in told.select_related("withdrawal"):
            by_release[edition.release_id].append(edition)
        for row in self.result_list:
            row.zone_now = request.newsroom.time_zone
            self.tell(row, by_release[row.pk], request.at)

    def tell(self, row, editions, at) -> None:
        row.live_now = next((edition for edition in editions if panel.is_live(edition, at)), None)
        row.ahead_now = next((edition for edition in editions if edition.live_from > at), None)
        withdrawn = next((edition for edition in editions if hasattr(edition, "withdrawal")), None)
        row.standing_now = panel.standing(row, row.live_now, row.ahead_now, withdrawn)

    @property
    def tabs(self) -> list[dict]:
        """The standings as links that keep every other choice."""
        chosen = self.request.GET.get("standing", "")
        return [
            {
                "label": label,
                "url": self.get_query_string({"standing": value} if value else {}, [] if value else ["standing"]),
                "current": value == chosen,
            }
            for value, label in [("", _("All")), *((each.value, each.label) for each in OFFERED)]
        ]

    @property
    def controls(self) -> list:
        """The inputs of the filter bar."""
        return [control for spec in self.filter_specs for control in spec.controls()]

    @property
    def narrowed(self) -> bool:
        """Whether one of the inputs of the bar is in use."""
        return any(spec.used_parameters for spec in self.filter_specs if not isinstance(spec, StandingFilter))

    @property
    def carried(self) -> list[tuple[str, str]]:
        """What the bar's form passes on unseen: the tab and the order."""
        return [(name, self.request.GET[name]) for name in ("standing", "o") if self.request.GET.get(name)]

    @property
    def pages(self) -> list[dict]:
        """The numbered pages around this one, the first and the last."""
        last = self.paginator.num_pages
        near = {1, last, *range(max(1, self.page_num - 3), min(last, self.page_num + 3) + 1)}
        return [
            {"number": number, "url": self.get_query_string({"p": number}), "current": number == self.page_num}
            for number in sorted(near)
        ]
