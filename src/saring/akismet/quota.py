"""Quota: counts in the shapes of the protocol's calls for usage, sites and statistics.

Pure: what was counted and today's date go in, JSON values and CSV text come out.
"""

import calendar
import csv
import hashlib
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

import msgspec

from saring.ledger.records import Counts, SiteCounts
from saring.wire.values import is_yes

# "Unlimited" has the word `none` on the wire, but some clients type it as a number.
UNLIMITED = 2_147_483_647
# What a moderator needs to look at one spam comment and remove it: our assumption.
SECONDS_SAVED_PER_SPAM = 10
DEFAULT_PAGE = 500
MAX_PAGE = 10_000
MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])\Z", re.ASCII)
ORDERS = ("total", "spam", "ham", "missed_spam", "false_positives")
CSV_TITLES = (
    "Site",
    "Total API Calls",
    "Spam",
    "Ham",
    "Missed Spam",
    "False Positives",
    "Is Revoked",
)

Json = dict[str, object]


class Page(msgspec.Struct, frozen=True):
    """Which part of a key's sites is asked for."""

    month: date
    filter: str = ""
    order: str = "total"
    limit: int = DEFAULT_PAGE
    offset: int = 0
    is_csv: bool = False
    is_extended: bool = False

    @property
    def name(self) -> str:
        """Return the month as `YYYY-MM`."""
        return f"{self.month:%Y-%m}"

    @property
    def last_day(self) -> date:
        """Return the month's last day."""
        _, length = calendar.monthrange(self.month.year, self.month.month)
        return self.month.replace(day=length)


def read_page(values: Mapping[str, str], today: date) -> Page:
    """Return the page that a call asks for; what cannot be read is the default."""
    month = MONTH.match(values.get("month", ""))
    is_month = month is not None and int(month[1]) > 0
    first = date(int(month[1]), int(month[2]), 1) if month and is_month else today
    order = values.get("order", "")
    return Page(
        month=first.replace(day=1),
        filter=values.get("filter", "").lower(),
        order=order if order in ORDERS else "total",
        limit=_whole(values.get("limit", ""), 1, MAX_PAGE, DEFAULT_PAGE),
        offset=_whole(values.get("offset", ""), 0, 10**9, 0),
        is_csv=values.get("format", "").lower() == "csv",
        is_extended=is_yes(values.get("extended", "")),
    )


def usage(counts: Iterable[Counts], *, is_extended: bool = False) -> Json:
    """Return what `usage-limit` answers, from the counts of this month."""
    used = _total(sum_counts(counts))
    shape: Json = {
        "limit": UNLIMITED,
        "usage": used,
        "percentage": f"{100 * used / UNLIMITED:.2f}",
        "throttled": False,
    }
    if is_extended:
        shape |= {"notice_level": "NOTICE_NONE", "upgrade": False}
    return shape


def sites(found: Sequence[SiteCounts], page: Page) -> Json:
    """Return what `key-sites` answers in JSON; counters are text, as documented."""
    chosen = _choose(found, page)
    shown = chosen[page.offset : page.offset + page.limit]
    return {
        page.name: [_site(site, is_extended=page.is_extended) for site in shown],
        "limit": page.limit,
        "offset": page.offset,
        "total": len(chosen),
    }


def sites_csv(found: Sequence[SiteCounts], page: Page, key: str) -> str:
    """Return what `key-sites` answers in CSV."""
    chosen = _choose(found, page)
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(CSV_TITLES)
    for site in chosen[page.offset : page.offset + page.limit]:
        shape = _site(site, is_extended=False)
        writer.writerow([*list(shape.values())[:-1], str(site.is_revoked).lower()])
    return (
        f"Active sites for {key} during {page.name} (limit:{page.limit}, "
        f"offset: {page.offset}, total: {len(chosen)})\n{lines.getvalue()}"
    )


def stats_since(span: str, today: date) -> date | None:
    """Return the first day of a span of statistics; None for all there is.

    Example:
        >>> stats_since("6-months", date(2026, 11, 22))
        datetime.date(2026, 6, 1)

    """
    if span == "all":
        return None
    if span == "60-days":
        return today - timedelta(days=59)
    months = 11 if span == "year" else 5
    back = today.year * 12 + today.month - 1 - months
    return date(back // 12, back % 12 + 1, 1)


def stats(days: Mapping[date, Counts], span: str, *, has_sites: bool = False) -> Json:
    """Return what `get-stats` answers, or `get-key-stats` with the numbers of sites."""
    total = sum_counts(days.values())
    interval = {"60-days": 10, "all": 4}.get(span, 7)
    grouped: dict[str, list[Counts]] = {}
    for day in sorted(days):
        grouped.setdefault(day.isoformat()[:interval], []).append(days[day])
    breakdown: dict[str, Json] = {}
    for name, counts in grouped.items():
        summed = sum_counts(counts)
        breakdown[name] = {k: str(v) for k, v in _numbers(summed).items()}
        breakdown[name]["da"] = f"{name}-01-01"[:10]
        if has_sites:
            breakdown[name]["blogs"] = str(summed.site_count)
    return {
        **_numbers(total),
        "accuracy": f"{_accuracy_percent(total):.2f}",
        "time_saved": total.spam * SECONDS_SAVED_PER_SPAM,
        "breakdown": breakdown,
    }


def sum_counts(counts: Iterable[Counts]) -> Counts:
    """Return counts added up; sites are those of the day that had most."""
    spam = ham = missed_spam = false_positives = site_count = 0
    for each in counts:
        spam += each.spam
        ham += each.ham
        missed_spam += each.missed_spam
        false_positives += each.false_positives
        site_count = max(site_count, each.site_count)
    return Counts(
        spam=spam,
        ham=ham,
        missed_spam=missed_spam,
        false_positives=false_positives,
        site_count=site_count,
    )


def _total(counts: Counts) -> int:
    return counts.spam + counts.ham


def _numbers(counts: Counts) -> dict[str, int]:
    return {
        "spam": counts.spam,
        "ham": counts.ham,
        "missed_spam": counts.missed_spam,
        "false_positives": counts.false_positives,
    }


def _accuracy_percent(counts: Counts) -> float:
    wrong = counts.missed_spam + counts.false_positives
    # Labels may be more than checks: those for comments that were never checked.
    return max(0.0, 100 * (1 - wrong / _total(counts))) if _total(counts) else 100.0


def _choose(found: Sequence[SiteCounts], page: Page) -> list[SiteCounts]:
    """Return the sites that pass the filter, largest first."""
    chosen = [site for site in found if page.filter in site.address.lower()]

    def rank(site: SiteCounts) -> tuple[int, str]:
        counts = site.counts
        is_total = page.order == "total"
        size = _total(counts) if is_total else _numbers(counts)[page.order]
        return -size, site.address

    return sorted(chosen, key=rank)


def _site(site: SiteCounts, *, is_extended: bool) -> Json:
    shape: Json = {
        "site": site.address,
        "api_calls": str(_total(site.counts)),
        **{name: str(number) for name, number in _numbers(site.counts).items()},
        "is_revoked": site.is_revoked,
    }
    if is_extended:
        digest = hashlib.sha256(site.address.encode()).hexdigest()
        shape |= {"hash": digest[:32], "eligible_for_revoke": False}
    return shape


def _whole(text: str, low: int, high: int, default: int) -> int:
    """Return a whole number within bounds, or the default for what is none."""
    if not (text.isascii() and text.isdigit()):
        return default
    return min(max(int(text[:12]), low), high)
