"""The diary that a person has asked for: complaint, points, before, after, time; nothing else (S-51)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

SESSIONS_TO_LEARN = 3  # before the order of the points follows what helped
MOST_ENTRIES = 2000  # five years of one session a day; then the oldest go


@dataclass(frozen=True, slots=True)
class DiaryEntry:
    """One session. `at` is in seconds since 1970; `before` and `after` are 0 to 10, or None where skipped."""

    at: float
    conditions: tuple[str, ...]
    points: tuple[str, ...]
    before: int | None
    after: int | None

    @property
    def eased(self) -> int | None:
        """By how much it went down."""
        return None if self.before is None or self.after is None else self.before - self.after


@dataclass(frozen=True, slots=True)
class Diary:
    """What is kept, oldest first."""

    entries: tuple[DiaryEntry, ...] = ()


def with_entry(diary: Diary, entry: DiaryEntry) -> Diary:
    """The diary with one session more."""
    return replace(diary, entries=(*diary.entries, entry)[-MOST_ENTRIES:])


def helped_most(diary: Diary, conditions: Sequence[str], allowed: Sequence[str]) -> str:
    """The allowed point whose sessions for this complaint eased it most on average, or "".

    After three rated sessions, and only where it really stands out: it eased, and another allowed point did so less.
    """
    rated = [(entry, entry.eased) for entry in diary.entries if set(entry.conditions) == set(conditions)]
    known = [(entry, eased) for entry, eased in rated if eased is not None]
    if len(known) < SESSIONS_TO_LEARN:
        return ""
    means = {}
    for code in allowed:
        of_it = [eased for entry, eased in known if code in entry.points]
        if of_it:
            means[code] = fmean(of_it)
    if not means or max(means.values()) <= max(0.0, min(means.values())):
        return ""
    return max(means, key=lambda code: means[code])


def last_wish(diary: Diary | None) -> tuple[str, ...]:
    """The complaints of the last session, or nothing."""
    return diary.entries[-1].conditions if diary and diary.entries else ()


def averages(entries: Iterable[DiaryEntry]) -> tuple[int, float, float] | None:
    """How many sessions have both numbers, and the averages before and after; None where none has."""
    both = [(entry.before, entry.after) for entry in entries if entry.before is not None and entry.after is not None]
    if not both:
        return None
    return len(both), fmean(before for before, _ in both), fmean(after for _, after in both)
