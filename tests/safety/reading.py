"""One message as a person reads it: what kind it is, what it asks, and which point's text it holds."""

import re
from dataclasses import dataclass
from functools import cache

from bot.services.messages import Outgoing
from tests.safety.facts import Facts, plain

# How to press: firmness with a motion, or a time. "Medium pressure only." in a point's caution is neither.
_PRESSING = re.compile(
    r"(Light|Medium|Firm) pressure[^.]*, (hold still|small circles|squeeze and let go)"
    r"|In all about \d+ minutes|Find it:|Another way to find it:|You should feel:|\bPress: "
)
_NUMBERED = re.compile(r"\d+\. (\S+) ")
_TITLE = re.compile(r"^(\S+) · ", re.MULTILINE)
AGAIN = ("again.emergency_signs", "again.today_signs")  # the action for a red-flag question that was answered by yes
_UNREAD = ("question.again", "session.again", "question.repeated", "checklist.repeated")
ASKING = frozenset(
    {"half_heard", "question", "checklist", "doctor", "untick", "flag_sure", "flag_check", "forget", "wrong"}
)


@dataclass(frozen=True, slots=True)
class Seen:
    """A message. `ids` depends on the kind: the question, the complaints, the points, the rows ticked, what is wrong.

    `points` is not empty when, and only when, the message holds point text; `unknown` stands for text of no point.
    `numbered` are the labels that a typed number means.
    """

    kind: str
    text: str
    ids: tuple[str, ...] = ()
    person: str = ""
    points: frozenset[str] = frozenset()
    labels: tuple[str, ...] = ()
    numbered: tuple[str, ...] = ()
    crisis: bool = False
    unread: bool = False  # it says that the last text was no answer
    doubts: frozenset[str] = frozenset()  # half-heard warning signs that it asks about


def read_message(message: Outgoing, facts: Facts) -> Seen:
    """The message as its reader takes it."""
    text = plain(message.html)
    labels = tuple(key.label for row in message.keys for key in row)
    points = _point_text(text, message.picture, facts)
    names = {entry.name for entry in facts.conditions.values()}
    numbered = tuple(label for label in labels if label in names or label[:1] in "☐☑")
    for kind, ids in _kinds(text, labels, facts):
        if ids is not None:
            person = _person(text, facts)
            crisis = kind == "advice" and bool(set(ids) & facts.crises)
            unread = any(facts.phrases[key] in text for key in _UNREAD)
            return Seen(kind, text, ids, person, points, labels, numbered, crisis, unread, _doubts(text, facts))
    mapped = _template(facts.phrases["map.title"]).match(text) is not None
    kind = "map" if mapped else "card" if points else "other"
    doubts = _doubts(text, facts)
    return Seen(kind, text, tuple(points), "", points, labels, numbered, doubts=doubts)


def point_of(seen: Seen, facts: Facts) -> str:
    """The point that a page is about, by its title."""
    return next((code for code in _TITLE.findall(seen.text) if code in facts.points), "")


def shows_checklist(seen: Seen, facts: Facts) -> bool:
    """Whether the message shows the checklist as it is worded in these facts."""
    return _checklist(seen.text, facts) is not None


def _kinds(text: str, labels: tuple[str, ...], facts: Facts) -> list[tuple[str, tuple[str, ...] | None]]:
    say = facts.phrases
    names = {entry.name: entry.id for entry in facts.conditions.values()}
    return [
        ("half_heard", _half_heard(text, labels, facts)),
        ("question", _question(text, labels, facts)),
        ("checklist", _checklist(text, facts)),
        ("doctor", _named_in(say["doctor.ask"], text, names)),
        ("untick", _unticking(text, facts)),
        ("flag_sure", () if say["button.no_flag_sure"] in labels else None),
        ("flag_check", () if {say["button.flag_checked"], say["button.flag_talked"]} & {*labels} else None),
        ("wrong", () if say["button.is_wrong"] in labels else None),
        ("forget", () if text == say["forget.ask"] else None),
        ("forgotten", () if text == say["forget.done"] else None),
        ("stopped", () if text.startswith((say["stop.lead"], say["stop.nothing_left"].split("{")[0])) else None),
        ("refer", _named_in(say["refer.lead"], text, names)),
        ("overview", _named_in(say["overview.lead"], text, names) if "In all about" in text else None),
        ("advice", _advice(text, facts)),
        ("where", () if text.startswith(say["ask.where"].split("?")[0]) else None),
        ("over", () if text in {say["cancelled"], say["ask.what_hurts"]} else None),
    ]


def _question(text: str, labels: tuple[str, ...], facts: Facts) -> tuple[str, ...] | None:
    bullets = tuple(line.removeprefix("• ") for line in text.splitlines() if line.startswith("• "))
    if facts.phrases["button.yes_or_unsure"] not in labels or not bullets:
        return None
    return tuple(id_ for id_, asked in facts.questions.items() if asked == bullets)


def _half_heard(text: str, labels: tuple[str, ...], facts: Facts) -> tuple[str, ...] | None:
    """The warning signs that a question of their own asks about."""
    buttons = (facts.phrases["button.doubt_no"], facts.phrases["button.yes_or_unsure"])
    return tuple(_doubts(text, facts)) or None if labels == buttons else None


def _doubts(text: str, facts: Facts) -> frozenset[str]:
    """The half-heard warning signs that are asked about, each in a line of its own."""
    lines = text.splitlines()
    return frozenset(id_ for id_, asked in facts.asked.items() if any(line.endswith(asked) for line in lines))


def _checklist(text: str, facts: Facts) -> tuple[str, ...] | None:
    """The rows ticked, if the message shows every line of the checklist."""
    lines = text.splitlines()
    ticked = [f"☑ {n}. {row.line} (ticked)" in lines for n, row in enumerate(facts.rows, start=1)]
    shown = [f"{n}. {row.line}" in lines for n, row in enumerate(facts.rows, start=1)]
    if not all(one or other for one, other in zip(ticked, shown, strict=True)):
        return None
    return tuple(row.id for row, is_ticked in zip(facts.rows, ticked, strict=True) if is_ticked)


def _unticking(text: str, facts: Facts) -> tuple[str, ...] | None:
    rows = {row.line: row.id for row in facts.rows}
    names = {entry.name: entry.id for entry in facts.conditions.values()}
    for key, known in (("untick.row", rows), ("untick.contraindication", facts.names), ("untick.condition", names)):
        found = _template(facts.phrases[key]).fullmatch(text)
        if found and found.group(1) in known:
            return (known[found.group(1)],)
    return None


def _advice(text: str, facts: Facts) -> tuple[str, ...] | None:
    """The red flags whose advice is given; a red-flag question answered by yes has its own signs."""
    say = facts.phrases
    given = tuple(id_ for id_, part in facts.advice.items() if part in text)
    leads = ("question.yes_emergency", "question.yes_same_day", "flag.emergency", "flag.same_day", *AGAIN)
    if given or text.startswith((*facts.acts, *(say[key].split("{")[0] for key in leads))):
        return given
    return None


def _named_in(template: str, text: str, names: dict[str, str]) -> tuple[str, ...] | None:
    """The complaints where the template has its one placeholder; None when the text is another."""
    found = _template(template).search(text)
    if found is None:
        return None
    known = sorted(names, key=len, reverse=True)
    rest, ids = found.group(1), []
    while rest:
        name = next((name for name in known if rest == name or rest.startswith(name + ", ")), None)
        if name is None:
            return None
        ids.append(names[name])
        rest = rest[len(name) :].removeprefix(", ")
    return tuple(ids)


def _person(text: str, facts: Facts) -> str:
    """For whom a question is, when it names somebody else."""
    for key in ("question.lead_other", "checklist.lead_other"):
        found = _template(facts.phrases[key]).search(text)
        if found and found.group(1) != "you":
            return facts.people.get(found.group(1), "other")
    return ""


def _point_text(text: str, picture: str, facts: Facts) -> frozenset[str]:
    """The points whose location, technique, duration or picture the message gives away."""
    known = {code for code, point in facts.points.items() if any(sentence in text for sentence in point.sentences)}
    techniques = any(technique in text for technique in facts.techniques)
    if not (known or techniques or picture or _PRESSING.search(text)):
        return frozenset()
    listed = {*_NUMBERED.findall(text), *_TITLE.findall(text)} & facts.points.keys()
    return frozenset(known | listed or {"unknown"})


@cache
def _template(template: str) -> re.Pattern[str]:
    return re.compile(".+?".join(re.escape(part) for part in re.split(r"\{\w+\}", template)).replace(".+?", "(.+?)", 1))
