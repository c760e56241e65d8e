"""Half-heard warning signs (S-80, S-81): how they are asked about, and what waits until they are answered."""

import json
from collections.abc import Container, Iterable
from dataclasses import replace
from typing import Any

from bot.domain.knowledge import Knowledge, Urgency
from bot.domain.screening.steps import is_crisis
from bot.domain.state.dialogue import Dialogue, Stage
from bot.domain.state.session import advanced_to, paused
from bot.domain.state.unread import answered, asked_again
from bot.domain.turns import flags
from bot.domain.turns.replies import AskHalfHeard, AskQuestion, DoubtsFirst, Next, Reply
from bot.domain.understanding.understood import HalfHeard, HeardCondition, HeardFlag, SmallTalk, Understood

LONGEST_QUESTION = 480  # characters of a red-flag question on a phone screen, half-heard signs included (S-39)
LONGEST_QUOTE = 40  # characters of the person's words beside a half-heard sign
_LEAD, _BULLET, _ROW = 60, 3, 14  # characters around the signs: "Right now, ...?", "• ", "You wrote “”. "
LIKELY = 0.5  # the chance above which a sign that a doctor should see is told (J)
_URGENCIES = (Urgency.EMERGENCY, Urgency.SAME_DAY)


def stopping(understood: Understood, knowledge: Knowledge) -> tuple[HalfHeard, ...]:
    """The half-heard signs of a text that would stop everything. Others are not asked about: they stop nothing."""
    known = knowledge.red_flags
    return tuple(row for row in understood.half_heard if row.id in known and known[row.id].urgency in _URGENCIES)


def likely_visits(understood: Understood, knowledge: Knowledge) -> list[str]:
    """The half-heard signs that a doctor should see, where they are likelier than not: said on top, never asked."""
    known = knowledge.red_flags
    rows = (row for row in understood.half_heard if row.id in known and row.doubt > LIKELY)
    return [row.id for row in rows if known[row.id].urgency is Urgency.SEE_GP]


def most_urgent_first(ids: Iterable[str], knowledge: Knowledge) -> tuple[str, ...]:
    """Red flags in the order of S-4: the most urgent first, and crises before bodily ones."""
    known = knowledge.red_flags
    return tuple(sorted(ids, key=lambda id_: (_URGENCIES.index(known[id_].urgency), not known[id_].crisis)))


def ask(
    dialogue: Dialogue, understood: Understood, rows: tuple[HalfHeard, ...], knowledge: Knowledge, now: float
) -> Next:
    """Ask about half-heard signs in a question of their own, crises first and alone.

    What the text said besides waits, and so does what was open: a session's clock stands still.
    """
    crises = tuple(row for row in rows if is_crisis([row.id], knowledge))
    first = crises or rows
    later = tuple(row for row in rows if row not in first)
    asked = replace(
        dialogue,
        stage=Stage.HALF_HEARD,
        page="",
        doubts=tuple(row.id for row in first),
        put_off=_put_off(dialogue, understood._replace(half_heard=later)),
        session=paused(advanced_to(dialogue.session, now), now) if dialogue.session else None,
    )
    return Next(asked, (question(asked, knowledge, first),))


def ask_crisis_first(dialogue: Dialogue, rows: tuple[HalfHeard, ...], knowledge: Knowledge, now: float) -> Next | None:
    """Ask about a crisis that a text may mean which does not answer the question; None if it may mean none."""
    crises = tuple(row for row in rows if is_crisis([row.id], knowledge) and row.id not in dialogue.doubts)
    if not crises:
        return None
    earlier = tuple(HalfHeard(id_, 0.0, "") for id_ in waiting(dialogue))
    before, understood = resumed(dialogue, knowledge)
    return ask(before, understood or Understood(), (*crises, *earlier), knowledge, now)


def raise_all(dialogue: Dialogue, knowledge: Knowledge, now: float) -> Next:
    """ "Yes, or not sure": what was half heard is a red flag."""
    return flags.raise_flags(dialogue, most_urgent_first(_asked_now(dialogue, knowledge), knowledge), knowledge, now)


def resumed(dialogue: Dialogue, knowledge: Knowledge) -> tuple[Dialogue, Understood | None]:
    """After "No": the dialogue as it was before the question, and what the text said that has waited.

    That is None where the question came before a wish, which goes on.
    """
    kept = _read(dialogue.put_off)
    now_asked = _asked_now(dialogue, knowledge)
    left = tuple(id_ for id_ in dialogue.doubts if id_ not in now_asked)
    cleared = replace(answered(dialogue), doubts=left, put_off="", stage=Stage.IDLE, page="")
    if not kept:
        return cleared, None
    before = replace(cleared, stage=Stage(kept["stage"]), page=kept["page"], doubts=tuple(kept["doubts"]))
    return before, _understood(kept, knowledge)


def waiting(dialogue: Dialogue) -> tuple[str, ...]:
    """All half-heard signs without an answer, those included that would be asked about later."""
    kept = _read(dialogue.put_off)
    return tuple(dict.fromkeys((*dialogue.doubts, *kept.get("half_heard", ()), *kept.get("doubts", ()))))


def question(dialogue: Dialogue, knowledge: Knowledge, quoted: tuple[HalfHeard, ...] = ()) -> AskHalfHeard:
    """The question of their own. `quoted` are the signs with the words of the text, where it is at hand."""
    now_asked = _asked_now(dialogue, knowledge)
    rows = quoted or tuple(HalfHeard(id_, 0.0, "") for id_ in now_asked)
    return AskHalfHeard(rows, is_crisis(now_asked, knowledge), repeated=asked_again(dialogue))


def red_flag_question(
    dialogue: Dialogue,
    asked: str,
    knowledge: Knowledge,
    matched: tuple[HeardCondition, ...] = (),
    quoted: tuple[HalfHeard, ...] = (),
) -> tuple[Reply, ...]:
    """The red-flag question `asked` with the half-heard signs first, in two messages where one has no room (S-39)."""
    quotes = {row.id: row for row in quoted}
    rows = tuple(quotes.get(id_, HalfHeard(id_, 0.0, "")) for id_ in dialogue.doubts)
    again = asked_again(dialogue)
    whole = AskQuestion(asked, dialogue.conditions, dialogue.about, matched, rows, repeated=again)
    if not rows or _length(whole, dialogue.language, knowledge) <= LONGEST_QUESTION:
        return (whole,)
    return DoubtsFirst(rows), replace(whole, doubts=(), second=True)


def _asked_now(dialogue: Dialogue, knowledge: Knowledge) -> tuple[str, ...]:
    """The signs of the open question: a crisis is never one among others."""
    crises = tuple(id_ for id_ in dialogue.doubts if is_crisis([id_], knowledge))
    return (crises or dialogue.doubts)[: flags.MOST_ASKED]


def _length(asked: AskQuestion, language: str, knowledge: Knowledge) -> int:
    texts = knowledge.texts[language]
    bullets = texts.questions[asked.question]
    signs = sum(_BULLET + len(sign) for sign in (*bullets.emergency, *bullets.same_day))
    rows = sum(_ROW + min(len(row.quote), LONGEST_QUOTE) + len(texts.red_flags[row.id].asked) for row in asked.doubts)
    return _LEAD + signs + rows + (len(texts.phrases["question.repeated"]) if asked.repeated else 0)


def _put_off(dialogue: Dialogue, understood: Understood) -> str:
    """What waits, as JSON. It holds ids, never words."""
    waiting: dict[str, Any] = {
        "stage": dialogue.stage,
        "page": dialogue.page,
        "doubts": dialogue.doubts,
        "half_heard": [row.id for row in understood.half_heard],
        "red_flags": [flag.id for flag in understood.red_flags],
        "accepted": [each.id for each in understood.accepted],
        "offered": [each.id for each in understood.offered],
        "vague": understood.vague,
        "points": understood.points,
        "point_choice": understood.point_choice,
        "ticked": sorted(understood.ticked),
        "contraindications": sorted(understood.contraindications),
        "refusal": understood.refusal,
        "topic": understood.topic,
        "about": understood.about,
        "readable": understood.readable,
        "small_talk": understood.small_talk,
        "despairing": understood.despairing,
    }
    return json.dumps(waiting, separators=(",", ":"))


def _read(text: str) -> dict[str, Any]:
    try:
        kept = json.loads(text)
    except ValueError:
        return {}
    return kept if isinstance(kept, dict) else {}


def _understood(kept: dict[str, Any], knowledge: Knowledge) -> Understood:
    """What has waited, without ids that a reload has removed meanwhile."""

    def known(key: str, ids: Container[str]) -> tuple[str, ...]:
        return tuple(id_ for id_ in kept[key] if id_ in ids)

    return Understood(
        half_heard=tuple(HalfHeard(id_, 0.0, "") for id_ in known("half_heard", knowledge.red_flags)),
        red_flags=tuple(HeardFlag(id_, Urgency.SEE_GP, ()) for id_ in known("red_flags", knowledge.red_flags)),
        accepted=tuple(HeardCondition(id_, 1.0, ()) for id_ in known("accepted", knowledge.conditions)),
        offered=tuple(HeardCondition(id_, 1.0, ()) for id_ in known("offered", knowledge.conditions)),
        vague=kept["vague"],
        points=known("points", knowledge.points),
        point_choice=known("point_choice", knowledge.points),
        ticked=frozenset(kept["ticked"]),
        contraindications=frozenset(kept["contraindications"]),
        refusal=kept["refusal"],
        topic=kept.get("topic", ""),  # a row of an earlier version has none
        about=kept["about"],
        readable=kept["readable"],
        small_talk=SmallTalk(kept["small_talk"]) if kept["small_talk"] else None,
        despairing=kept["despairing"],
    )
