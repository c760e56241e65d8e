"""The oracle's record of one chat: what the person was shown, and what they answered to it."""

from dataclasses import dataclass, field, replace

from tests.safety.facts import Facts
from tests.safety.reading import ASKING, Seen, point_of, shows_checklist
from tests.safety.sayings import SILENCE, Reply, Saying

HOUR = 3600.0
DAY = 24 * HOUR
UNSURE = "unsure"
COUNTED = frozenset({"half_heard", "question", "checklist", "doctor", "untick", "flag_sure", "flag_check", "wrong"})
_CLOSING = frozenset({"advice", "overview", "card", "map", "stopped", "refer", "over", "forgotten"})


@dataclass(frozen=True, slots=True)
class Did:
    """One thing a person did: a text (`saying`), a command with its argument, a button (`label`, on a message).

    `same` are the complaints of the last session in their diary.
    """

    kind: str
    saying: Saying = SILENCE
    command: str = ""
    label: str = ""
    on: Seen | None = None
    same: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Wish:
    """What points are wanted for. A text may leave open which of `conditions` it means."""

    conditions: frozenset[str]
    point: str
    person: str
    by_button: bool = False  # it does not say for whom: the question that follows does

    def regions(self, facts: Facts) -> frozenset[str]:
        """Where it is."""
        named = {facts.conditions[id_].region for id_ in self.conditions if id_ in facts.conditions}
        return frozenset(named | {facts.points[self.point].region} if self.point else named)


@dataclass(frozen=True, slots=True)
class Completion:
    """The checklist was completed: by whom, as worded then, with these rows ticked, for these regions."""

    at: float
    person: str
    lines: tuple[str, ...]
    ticks: frozenset[str]
    regions: frozenset[str]


@dataclass(slots=True)
class Ledger:
    """Everything that counts in one chat. Times are the tests' own clock.

    A row that was `told` counts at once; its own hour begins when the bot says that it stops.
    """

    wish: Wish | None = None
    wish_before: Wish | None = None
    person: str = ""
    heard_of: str = ""
    none: dict[tuple[str, str], float] = field(default_factory=dict)
    doctor: set[tuple[str, str]] = field(default_factory=set)
    completed: Completion | None = None
    told: dict[str, float] = field(default_factory=dict)
    stops: dict[str, float] = field(default_factory=dict)
    stated: dict[str, float] = field(default_factory=dict)
    referred: dict[str, float] = field(default_factory=dict)
    flag_at: float | None = None
    flag_checked: bool = False
    crisis: bool = False
    doubts: dict[str, float] = field(default_factory=dict)
    asked: Seen | None = None
    last: Seen | None = None
    last_at: float = 0.0
    listed: Seen | None = None
    overview: tuple[str, ...] = ()
    overview_before: tuple[str, ...] = ()
    unread: dict[tuple[str, ...], float] = field(default_factory=dict)

    def is_unread(self, asked: Seen | None) -> bool:
        """Whether one text has failed to answer this question already (S-24)."""
        return asked is not None and _which(asked) in self.unread

    @property
    def guided(self) -> bool:
        """Whether a step of a session is on the screen."""
        return self.said("Point ") and self.last is not None and "It hurts: stop" in self.last.labels

    def said(self, text: str) -> bool:
        """Whether the last message begins so."""
        return self.last is not None and self.last.text.startswith(text)

    def flagged(self, now: float) -> bool:
        """Whether a red flag of the last day was neither checked nor taken back."""
        return self.flag_at is not None and now - self.flag_at < DAY and not self.flag_checked

    def warned(self, now: float) -> bool:
        """Whether a red flag of the last hour was neither checked nor taken back."""
        return self.flagged(now) and self.flag_at is not None and now - self.flag_at < HOUR

    @property
    def stopping(self) -> set[str]:
        """The rows that forbid all points now."""
        return self.told.keys() | self.stops.keys()

    def age(self, now: float) -> None:
        """Drops what has had its hour; an answer from the future, after the clock was set back, counts as none."""
        for kept in (self.stops, self.referred):
            for key in [key for key, at in kept.items() if not 0 <= now - at < HOUR]:
                del kept[key]
        # what was only told lives as long as the screening it belongs to: for the oracle, as long as the clock stands
        self.told = {row: at for row, at in self.told.items() if at == now}
        self.stated = {id_: at for id_, at in self.stated.items() if at == now}
        self.doubts = {id_: at for id_, at in self.doubts.items() if at == now}
        self.unread = {which: at for which, at in self.unread.items() if at == now}
        if self.completed and not 0 <= now - self.completed.at < HOUR:
            self.completed = None
        # a red-flag question may be answered an hour before the checklist is completed, which lives another hour
        self.none = {key: at for key, at in self.none.items() if 0 <= now - at < 2 * HOUR}
        if self.flag_at is not None and now - self.flag_at >= DAY:
            self.flag_at, self.crisis, self.flag_checked = None, False, False

    def did(self, did: Did, now: float, facts: Facts) -> None:
        """Records what a person did, which the bot did not call old."""
        self.wish_before, self.overview_before = self.wish, self.overview
        if did.label:
            self.unread.clear()
        if did.kind in {"text", "command"}:
            self._said(did, now, facts)
        if did.label and not did.saying.flag:
            self._chose(did, now, facts)

    def saw(self, seen: Seen, now: float) -> None:
        """Records a message that was sent."""
        self.last, self.last_at = seen, now
        self.doubts |= dict.fromkeys(seen.doubts, now)
        if seen.unread:  # whatever was said, the question calls it no answer: the next one counts as yes
            self.unread.setdefault(_which(seen), now)
        if seen.numbered:
            self.listed = seen
        if seen.kind in ASKING:
            self.asked = seen
        if seen.kind in _CLOSING:
            self.asked = None
        if seen.kind in {"question", "checklist"} and self.wish and self.wish.by_button:
            self.wish = replace(self.wish, person=seen.person, by_button=False)
        match seen.kind:
            case "half_heard" if seen.unread:
                self.wish = self.wish_before  # whatever the last text said, it was no answer, and nothing else is heard
            case "wrong":  # so does a session go on, whatever complaint the text named
                self.wish, self.overview = self.wish_before, self.overview_before
            case "checklist":
                self.completed = None
                self.stops.pop(UNSURE, None)
                self.told.pop(UNSURE, None)
            case "stopped":
                self.stops = dict.fromkeys(self.told, now) | self.stops
                self.told = {}
            case "where":
                self.person, self.heard_of = self.heard_of, ""
            case "overview":
                self.overview = seen.ids
            case "refer":
                self.referred = dict.fromkeys(seen.ids, now) | self.referred
            case "advice":
                self._flagged(self.flag_at if self.flag_at is not None else now)
                self.crisis = self.crisis or seen.crisis
            case "forgotten":
                self.__init__()  # type: ignore[misc]  # nothing is left of this chat
                self.last = seen

    def _flagged(self, at: float) -> None:
        self.flag_at, self.flag_checked, self.wish = at, False, None
        self.none.clear()
        self.doctor.clear()
        self.doubts.clear()
        self.unread.clear()

    def _said(self, did: Did, now: float, facts: Facts) -> None:
        saying = did.saying
        stops = {row.id for row in facts.rows if row.stops and row.id in saying.rows}
        self.told |= dict.fromkeys(stops, now)
        if saying.stated:
            self.stated[saying.stated] = now
        if saying.flag:
            self._flagged(now)
        elif did.command == "cancel":
            self.wish, self.person = None, ""
        elif _names_a_wish(did) and saying.conditions and not saying.refused:
            self._wants(Wish(saying.conditions, "", saying.person))
        elif saying.point and self.warned(now) and did.command in {"", "points", "start"}:
            self._wants(Wish(frozenset(), saying.point, saying.person))  # no page before somebody has checked
        elif did.kind == "text" and saying.vague:
            self.heard_of = saying.person
        elif did.kind == "text" and saying.point:
            self.person = saying.person
        if saying.unread and did.kind == "text" and self.last and self.last.kind in COUNTED:
            self.unread[_which(self.last)] = now
        if did.kind == "text" and self.last and not did.label:
            self._replied(saying.reply, self.last, now, facts)

    def _wants(self, wish: Wish) -> None:
        self.wish, self.person, self.overview = wish, wish.person, ()

    def _replied(self, reply: Reply, to: Seen, now: float, facts: Facts) -> None:
        """A typed answer counts for the last message, and for nothing before it."""
        none, yes = reply is Reply.NONE, reply is Reply.YES
        if reply is not Reply.NOTHING:
            self.unread.pop(_which(to), None)
        match to.kind:
            case "half_heard" if none:
                self.doubts = {id_: at for id_, at in self.doubts.items() if id_ not in to.doubts}
            case "question" if none:
                self.doubts = {id_: at for id_, at in self.doubts.items() if id_ in facts.crises}
                self.none |= {(id_, to.person): now for id_ in to.ids}
            case "checklist" if none:
                self._complete(to, now, facts)
            case "checklist" if reply is not Reply.NOTHING:
                self.told[UNSURE] = now
            case "doctor" if yes and self.wish:
                self.doctor |= {(id_, self.wish.person) for id_ in to.ids}
            case "untick" if yes:
                self._take_back(to)
            case "flag_sure" if none and not self.crisis:
                self.flag_at = None
            case "flag_check" if yes:
                self.flag_checked = True

    def _chose(self, did: Did, now: float, facts: Facts) -> None:
        """A button was pressed, or its label typed, on a message."""
        on, say = did.on, facts.phrases
        names = {entry.name: entry.id for entry in facts.conditions.values()}
        if on is None:
            return
        if did.label in names:
            self._wants(Wish(frozenset({names[did.label]}), "", self.person, by_button=True))
        elif did.label in {say["button.same"], say["button.remind_start"]}:
            if did.same:
                self._wants(Wish(did.same, "", "", by_button=True))
        elif did.label == say["button.show"]:
            self._wants(Wish(frozenset(), point_of(on, facts), self.person, by_button=True))
        elif did.label in {say["button.not_my_problem"], say["button.something_else"], say["button.cancel"]}:
            if on.kind != "refer":  # a referral is taken back only after "Is it wrong?"
                self.wish, self.person = None, ""
        elif did.label.startswith("☐"):
            row = next(row for n, row in enumerate(facts.rows, 1) if did.label == f"☐ {n} {row.label}")
            if row.stops:
                self.told[row.id] = now
        elif self._still_asked(on):
            agreeing = ("button.doctor_yes", "button.untick_yes", "button.flag_checked", "button.flag_talked")
            positive = {say[key] for key in agreeing}
            none = ("button.none_of_these", "button.done", "button.no_flag_sure", "button.doubt_no")
            negative = {say[key] for key in none}
            reply = Reply.YES if did.label in positive else Reply.NONE if did.label in negative else Reply.NOTHING
            self._replied(reply, on, now, facts)

    def _still_asked(self, on: Seen) -> bool:
        """Whether the same is still asked: the same question, with the same ticks, about the same person."""
        asked = self.asked
        return asked is not None and (on.kind, on.ids, on.person) == (asked.kind, asked.ids, asked.person)

    def _complete(self, on: Seen, now: float, facts: Facts) -> None:
        if self.wish is None or not shows_checklist(on, facts):
            return
        lines = tuple(row.line for row in facts.rows)
        self.completed = Completion(now, on.person, lines, frozenset(on.ids), self.wish.regions(facts))
        self.told |= {row.id: now for row in facts.rows if row.stops and row.id in on.ids}

    def _take_back(self, on: Seen) -> None:
        for kept in (self.told, self.stops, self.stated, self.referred):
            kept.pop(on.ids[0], None)
        self.completed = None


def _which(asked: Seen) -> tuple[str, ...]:
    """A question, whatever is ticked in it."""
    return (asked.kind, *(() if asked.kind == "checklist" else asked.ids))


def _names_a_wish(did: Did) -> bool:
    """Whether a complaint in the text is asked about: not in the argument of a command that takes none."""
    return did.command in {"", "points", "conditions"} or did.saying.text.startswith("c_")
