"""Runs the worked cases of the knowledge: each is a whole conversation with the real dialogue."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from bot.domain.knowledge import Knowledge, Urgency
from bot.domain.screening.steps import current_plan, current_stop, open_first_lock
from bot.domain.state.dialogue import Dialogue, Stage
from bot.domain.turns.advance import advance
from bot.domain.turns.events import Action, Press, Pressed, Said
from bot.domain.understanding.patterns import PatternKind
from bot.domain.understanding.understand import Understanding
from bot.domain.understanding.understood import Understood
from bot.library.problems import Problem
from bot.library.proofs.blame import LineFinder
from bot.library.reading.draft import Draft
from bot.library.reading.entries import Entry
from bot.library.reading.models import CaseFile, ExpectFile

NONE = "none"
_NOW = 1_000_000_000.0  # seconds since 1970; any time will do
_MOST_STEPS = 40  # answers; more than any dialogue needs


@dataclass(frozen=True, slots=True)
class CaseOutcome:
    """How a case ended: the points shown and left out, and the rows and contraindications that stopped it."""

    understood: Understood
    dialogue: Dialogue
    points: tuple[str, ...]
    left_out: tuple[str, ...]
    stopped_by: tuple[str, ...]


def run_cases(draft: Draft, knowledge: Knowledge, understandings: Mapping[str, Understanding]) -> Iterator[Problem]:
    """Report every case whose outcome differs from what it expects. `understandings` are by language."""
    for language, understanding in understandings.items():
        finder = LineFinder(draft, language, understanding)
        for entry in draft.entries(f"{language}/cases").values():
            yield from _run(entry, knowledge, understanding, finder)


def _run(entry: Entry, knowledge: Knowledge, understanding: Understanding, finder: LineFinder) -> Iterator[Problem]:
    """Report the first combination of rows with another outcome, with the rows added to those of the case."""
    case: CaseFile = entry.value
    understood = understanding.understand(case.say)
    for ticks in _combinations(case, knowledge):
        outcome = _run_dialogue(case, ticks, understood, knowledge)
        faults = tuple(_faults(case.expect, outcome))
        if faults:
            more = [row for row in ticks if row not in case.ticked]
            with_rows = f" (with {', '.join(more)} ticked)" if more else ""
            hint = _hint(case, understood, finder)
            for wanted, found in faults:
                yield entry.problem(("expect",), f"expected {wanted}, found {found}{with_rows}", hint)
            return


def _hint(case: CaseFile, understood: Understood, finder: LineFinder) -> str:
    """Return which lines led to unexpected complaints and red flags, and what to do."""
    expect = case.expect
    flags = [flag.id for flag in understood.red_flags if expect.flag and flag.id not in expect.flag]
    complaints = [each.id for each in understood.accepted if expect.condition and each.id not in expect.condition]
    found = [(PatternKind.FLAG, id_) for id_ in flags] + [(PatternKind.COMPLAINT, id_) for id_ in complaints]
    lines = {id_: finder.find(case.say, kind, id_) for kind, id_ in found}
    led = [f'"{line.text}" in {line.place} leads to {id_}.' for id_, line in lines.items() if line]
    return " ".join([*led, "Mend the knowledge, not the case, if it is about safety."])


def _combinations(case: CaseFile, knowledge: Knowledge) -> Iterable[tuple[str, ...]]:
    """Return the rows to tick, for each time that the case is run."""
    if case.others is None:
        return (case.ticked,)
    rest = [row.id for row in knowledge.checklist.rows if row.id not in case.ticked]
    sizes = range(len(rest) + 1)
    return [(*case.ticked, *more) for size in sizes for more in combinations(rest, size)]


def _run_dialogue(case: CaseFile, ticks: Sequence[str], understood: Understood, knowledge: Knowledge) -> CaseOutcome:
    """Run the whole conversation with the answers of the case, until there are no more questions."""
    dialogue = advance(Dialogue(1, _NOW), Said(understood), knowledge, _NOW).dialogue
    for _ in range(_MOST_STEPS):
        press = _answer(case, ticks, dialogue)
        if press is None:
            break
        dialogue = advance(dialogue, Pressed(press, dialogue.revision), knowledge, _NOW).dialogue
    cleared = open_first_lock(dialogue, knowledge, _NOW)
    stop = current_stop(dialogue, knowledge)
    return CaseOutcome(
        understood,
        dialogue,
        cleared.points if cleared and dialogue.stage is Stage.RECOMMENDED else (),
        tuple(left.point for left in current_plan(dialogue, knowledge).left_out),
        (*stop.rows, *stop.stated) if stop and dialogue.stage is Stage.STOPPED else (),
    )


def _answer(case: CaseFile, ticks: Sequence[str], dialogue: Dialogue) -> Press | None:
    """Return the next button to press, or None if nothing is asked."""
    match dialogue.stage:
        case Stage.HALF_HEARD:
            return Press(Action.DOUBT_NO if case.answered == NONE else Action.DOUBT_YES)
        case Stage.QUESTION:
            return Press(Action.ANSWER_NONE if case.answered == NONE else Action.ANSWER_YES)
        case Stage.DOCTOR:
            return Press(Action.DOCTOR_YES if case.doctor else Action.DOCTOR_NO)
        case Stage.CHECKLIST:
            missing = next((row for row in ticks if row not in dialogue.ticks), None)
            return Press(Action.TICK, missing) if missing else Press(Action.DONE)
        case _:
            return None


def _faults(expect: ExpectFile, outcome: CaseOutcome) -> Iterator[tuple[str, str]]:
    """Yield what was expected and what was found instead, for each difference."""
    understood = outcome.understood
    accepted = tuple(each.id for each in understood.accepted)
    offered = tuple(each.id for each in understood.offered)
    flags = tuple(flag.id for flag in understood.red_flags)
    stated = understood.ticked | understood.contraindications
    yield from _differ("condition", expect.condition, accepted, same=expect.condition == accepted)
    yield from _differ("offered", expect.offered, offered, same=set(expect.offered or ()) <= set(offered))
    yield from _differ("points", expect.points, outcome.points, same=expect.points == outcome.points)
    yield from _differ("never", expect.never, outcome.points, same=not set(expect.never) & set(outcome.points))
    yield from _differ(
        "left_out", expect.left_out, outcome.left_out, same=set(expect.left_out) <= set(outcome.left_out)
    )
    referred = outcome.dialogue.referred
    yield from _differ("refer", expect.refer, referred, same=set(expect.refer or ()) == set(referred))
    stopped = outcome.stopped_by
    yield from _differ("stop", expect.stop, stopped, same=set(expect.stop or ()) <= set(stopped))
    yield from _differ("states", expect.states, tuple(sorted(stated)), same=set(expect.states) <= stated)
    if expect.flag == (NONE,):
        stopping = tuple(flag.id for flag in understood.red_flags if flag.urgency is not Urgency.SEE_GP)
        yield from _differ("flag", expect.flag, stopping, same=not stopping)
    else:
        yield from _differ("flag", expect.flag, flags, same=set(expect.flag or ()) <= set(flags))


def _differ(
    key: str, wanted: tuple[str, ...] | None, found: tuple[str, ...], *, same: bool
) -> Iterator[tuple[str, str]]:
    if wanted is not None and not same:
        yield f"{key} {', '.join(wanted) or 'nothing'}", ", ".join(found) or "nothing"
