"""Safety checks: no knowledge is loaded that would show points without their question or their warning."""

import re
from collections.abc import Iterator

from bot.domain.knowledge import Effect, PregnancyRule, Tier, Urgency
from bot.library.checks.ids import raw_texts
from bot.library.checks.minimum import STRICTNESS, URGENCIES
from bot.library.checks.phrases import placeholders
from bot.library.problems import Problem
from bot.library.reading.draft import Draft

WAYS_BEFORE_POINTS = ("checklist", "question", "stated_text", "where_not_to_press", "second_lock")
_CONTACTS = frozenset({"emergency", "crisis"})
_COUNTRY = re.compile(r"\b(?:999|911|112|111|000|A&E|ER|NHS|Samaritans|Lifeline)\b")


def complaints_are_guarded(draft: Draft) -> Iterator[Problem]:
    """S-38, S-33: a complaint with points needs a question and a technique; one of the tier refer has no points."""
    for entry in draft.entries("conditions").values():
        condition = entry.value
        if condition is None:
            continue
        if condition.tier is Tier.REFER:
            if condition.points:
                yield entry.problem(("points",), "a complaint of the tier refer has no points", "Write points: [].")
            continue
        if condition.question is None:
            yield entry.problem(
                ("question",), "a complaint with points needs its question", "Name one of questions.yaml."
            )
        if condition.technique is None:
            hint = "Name one of techniques.yaml."
            yield entry.problem(("technique",), "a complaint with points needs its technique", hint)
        if not condition.points:
            yield entry.problem(("points",), "there is no point", "Name one to four, or make the tier refer.")
        for code in set(condition.points) & set(condition.points_not_offered):
            yield entry.problem(("points",), f"{code} is both offered and not offered", "Remove one of the two.")


def referrals_say_what_instead(draft: Draft) -> Iterator[Problem]:
    """S-33: a complaint of any tier but self_care must say what to do instead."""
    conditions = draft.sound("conditions")
    for language in draft.languages:
        for entry in draft.entries(f"{language}/conditions").values():
            condition = conditions.get(entry.id)
            if condition and entry.value and condition.tier is not Tier.SELF_CARE and not entry.value.instead:
                yield entry.problem(
                    ("instead",), '"instead" is empty', "Say what is safe to say and what to do instead."
                )


def contraindications_are_reached(draft: Draft) -> Iterator[Problem]:
    """S-28: each contraindication that stops or leaves out must be reached, and in the ways that `reached_by` names."""
    rows, on_cards = _named(draft, "checklist"), _named(draft, "points")
    for entry in draft.entries("contraindications").values():
        value = entry.value
        if value is None:
            continue
        within = ("reached_by",)
        if value.effect is not Effect.CAUTION and not set(value.reached_by) & set(WAYS_BEFORE_POINTS):
            yield entry.problem(
                within,
                f"its effect is {value.effect}, but nothing reaches it",
                f"Name one of {', '.join(WAYS_BEFORE_POINTS)}.",
            )
        if ("checklist" in value.reached_by) != (entry.id in rows) and "checklist" not in draft.incomplete:
            text = "reached_by and the rows of the checklist disagree about it"
            yield entry.problem(within, text, "Name it in a row, and checklist in reached_by, or neither.")
        if "point_card" in value.reached_by and entry.id not in on_cards and "points" not in draft.incomplete:
            yield entry.problem(within, "no point has it on its card", "Name it under contraindications of a point.")


def contraindications_can_be_stated(draft: Draft) -> Iterator[Problem]:
    """S-32: each contraindication that is reached by stated text needs phrases that state it, in every language."""
    for language in draft.languages:
        stated = _stated_by_complaints(draft, language)
        texts = draft.entries(f"{language}/contraindications")
        for id_, value in draft.sound("contraindications").items():
            entry = texts.get(id_)
            if entry and entry.value and "stated_text" in value.reached_by:
                if not entry.value.phrases and id_ not in stated:
                    yield entry.problem(
                        ("phrases",), "no phrase states it", "Add what people write, or change reached_by."
                    )
                if not entry.value.says:
                    yield entry.problem(("says",), '"says" is empty', "Write the line that is shown when it applies.")


def effects_have_their_object(draft: Draft) -> Iterator[Problem]:
    """Points belong to leave_out, regions to leave_out_region; a row must be as strict as all that it asks about."""
    effects = {id_: value.effect for id_, value in draft.sound("contraindications").items()}
    for entry in draft.entries("contraindications").values():
        if entry.value and (entry.value.effect is Effect.LEAVE_OUT) != bool(entry.value.points):
            hint = "leave_out needs points, and no other effect has any."
            yield entry.problem(("points",), f'"points" does not fit the effect {entry.value.effect}', hint)
        if entry.value and entry.value.regions and entry.value.effect is not Effect.LEAVE_OUT_REGION:
            hint = "Only leave_out_region has regions."
            yield entry.problem(("regions",), f'"regions" does not fit the effect {entry.value.effect}', hint)
    for entry in draft.entries("checklist").values():
        for id_ in entry.value.contraindications if entry.value else ():
            if id_ in effects and STRICTNESS.index(effects[id_]) > STRICTNESS.index(entry.value.effect):
                text = f"the row is milder than {id_}, which has {effects[id_]}"
                yield entry.problem(("effect",), text, f"Write effect: {effects[id_]}.")


def second_lock_holds(draft: Draft) -> Iterator[Problem]:
    """S-29: points that the second lock leaves out need yes or unclear under `avoid_in_pregnancy`."""
    points = draft.sound("points")
    for entry in draft.entries("contraindications").values():
        if entry.value is None or "second_lock" not in entry.value.reached_by:
            continue
        for code in entry.value.points:
            if code in points and points[code].avoid_in_pregnancy is PregnancyRule.NOT_LISTED:
                text = f"{code} is left out in pregnancy, but its avoid_in_pregnancy says no"
                yield entry.problem(("points",), text, f"Correct {code} or remove it here.")


def advice_names_the_contacts(draft: Draft) -> Iterator[Problem]:
    """S-14: advice names contacts only as {emergency} and {crisis}, from the settings; no number of one country."""
    flags = draft.sound("red_flags")
    for language in draft.languages:
        for entry in draft.entries(f"{language}/red_flags").values():
            flag, text = flags.get(entry.id), entry.value
            if flag is None or text is None:
                continue
            named = placeholders(text.advice)
            if named is None or not named <= _CONTACTS:
                hint = "Only {emergency} and {crisis} may stand in braces."
                yield entry.problem(("advice",), "a placeholder is not known", hint)
            elif flag.crisis and "crisis" not in named:
                yield entry.problem(("advice",), "the advice names no contact", "Name {crisis}.")
            if _COUNTRY.search(f"{text.first_act} {text.advice}"):
                hint = "Write {emergency} or {crisis}."
                yield entry.problem(("advice",), "the advice names the service of one country", hint)
            if text.first_act and placeholders(text.first_act) != frozenset({"emergency"}):
                hint = "Say the act and the call in one sentence, with {emergency}."
                yield entry.problem(("first_act",), "the first act does not say whom to call", hint)


def nothing_urgent_is_silenced(draft: Draft) -> Iterator[Problem]:
    """S-84: a red flag only silences what is no crisis and no more urgent than itself."""
    flags = draft.sound("red_flags")
    for entry in draft.entries("red_flags").values():
        for id_ in entry.value.silences if entry.value else ():
            other = flags.get(id_)
            if other and (other.crisis or URGENCIES.index(other.urgency) > URGENCIES.index(entry.value.urgency)):
                hint = "Reword the two advices so that they can stand together."
                yield entry.problem(("silences",), f"{id_} is a crisis or more urgent", hint)


def red_flags_are_there(draft: Draft) -> Iterator[Problem]:
    """S-16: there must be red flags, each with signs; one of a crisis must be an emergency."""
    if not draft.entries("red_flags") and "red_flags" not in draft.incomplete:
        hint = "Take them from the shipped knowledge (copy-knowledge)."
        yield Problem("red_flags.yaml", 1, "", "error", "there is no red flag", hint)
    for entry in draft.entries("red_flags").values():
        if entry.value and entry.value.crisis and entry.value.urgency is not Urgency.EMERGENCY:
            yield entry.problem(("urgency",), "a crisis is an emergency", "Write urgency: emergency.")
    for language in draft.languages:
        for entry in draft.entries(f"{language}/signs").values():
            if entry.value == ():
                yield entry.problem((), "no sign raises it", "Add patterns.")


def _named(draft: Draft, section: str) -> set[str]:
    """Return the contraindications that the entries of a section name, including invalid entries."""
    return {id_ for entry in draft.entries(section).values() for id_ in raw_texts(entry.raw, "contraindications")}


def _stated_by_complaints(draft: Draft, language: str) -> set[str]:
    """Return the contraindications that phrases of complaints state."""
    entries = [entry.raw for entry in draft.entries(f"{language}/conditions").values() if isinstance(entry.raw, dict)]
    states = [raw.get("states") for raw in entries]
    return {str(id_) for each in states if isinstance(each, dict) for id_ in each.values()}
