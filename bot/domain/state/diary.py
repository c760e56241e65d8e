"""The diary a person has turned on: complaints, points, ratings before and after, time; nothing else (S-51)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

SESSIONS_TO_LEARN = 3  # rated sessions that are needed before the order of the points follows what helped
MOST_ENTRIES = 2000  # five years of one session a day; after that the oldest are dropped


@dataclass(frozen=True, slots=True)
class DiaryEntry:
    """One session. `at` is its end in seconds since 1970; `before` and `after` are 0 to 10, or None if skipped."""

    at: float
    conditions: tuple[str, ...]
    points: tuple[str, ...]
    before: int | None
    after: int | None

    @property
    def eased(self) -> int | None:
        """By how much the rating fell (negative if it rose); None if one of the two was skipped."""
        return None if self.before is None or self.after is None else self.before - self.after


@dataclass(frozen=True, slots=True)
class Diary:
    """The sessions, oldest first."""

    entries: tuple[DiaryEntry, ...] = ()


def with_entry(diary: Diary, entry: DiaryEntry) -> Diary:
    """The diary with this entry added, and the oldest dropped beyond `MOST_ENTRIES`."""
    return replace(diary, entries=(*diary.entries, entry)[-MOST_ENTRIES:])


def most_helpful_point(diary: Diary, conditions: Sequence[str], allowed: Sequence[str]) -> str:
    """The allowed point whose sessions for these complaints eased them most on average, or "".

    It takes three rated sessions, and the point must stand out: it eased, and another allowed point eased less.
    """
    sessions = [(entry, entry.eased) for entry in diary.entries if set(entry.conditions) == set(conditions)]
    rated = [(entry, eased) for entry, eased in sessions if eased is not None]
    if len(rated) < SESSIONS_TO_LEARN:
        return ""
    means = {}
    for code in allowed:
        eased_by = [eased for entry, eased in rated if code in entry.points]
        if eased_by:
            means[code] = fmean(eased_by)
    if not means or max(means.values()) <= max(0.0, min(means.values())):
        return ""
    return max(means, key=lambda code: means[code])


def last_conditions(diary: Diary | None) -> tuple[str, ...]:
    """The complaints of the last session; empty without one."""
    return diary.entries[-1].conditions if diary and diary.entries else ()


def averages(entries: Iterable[DiaryEntry]) -> tuple[int, float, float] | None:
    """(count, mean before, mean after) of the sessions that have both ratings; None if none has."""
    both = [(entry.before, entry.after) for entry in entries if entry.before is not None and entry.after is not None]
    if not both:
        return None
    return len(both), fmean(before for before, _ in both), fmean(after for _, after in both)
