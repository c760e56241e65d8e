"""S-66: checks that the knowledge keeps the minimum built into the program, here and in `reading/minimum/`."""

from collections.abc import Iterator, Mapping

from bot.domain.knowledge import Effect, Urgency
from bot.library.problems import Problem
from bot.library.reading.draft import Draft
from bot.library.reading.minimum.built_in import Minimum, core_flags

URGENCIES = (Urgency.SEE_GP, Urgency.SAME_DAY, Urgency.EMERGENCY)  # the least urgent first
STRICTNESS = (Effect.CAUTION, Effect.LEAVE_OUT, Effect.LEAVE_OUT_REGION, Effect.STOP)  # the mildest first

_ROWS: Mapping[
    str, tuple[Effect, frozenset[str]]
] = {  # the mildest effect allowed, and the regions for which the row must stop
    "pregnancy": (Effect.STOP, frozenset()),
    "varicose_veins": (Effect.STOP, frozenset()),
    "cancer_bone": (Effect.STOP, frozenset()),
    "rheumatoid_arthritis": (Effect.STOP, frozenset()),
    "clot_or_bleeding": (Effect.STOP, frozenset()),
    "skin_or_injury": (Effect.LEAVE_OUT_REGION, frozenset({"neck", "upper_back", "lower_back", "whole_body", "mind"})),
    "under_18": (Effect.STOP, frozenset()),
}
_CONTACT_PHRASES = {"flag.emergency": "emergency", "flag.crisis_lines": "crisis"}


def every_language_has_its_minimum(draft: Draft) -> Iterator[Problem]:
    """Each language needs a minimum, or a translation could leave out the doctor notice or a warning sign."""
    for language in draft.languages:
        if language not in draft.minimums:
            text = f'the program has no minimum for the language "{language}"'
            hint = (
                f"Add bot/library/reading/minimum/texts/{language}.yaml to the program, with messages for each red "
                "flag of the core list, the doctor notice, where not to press and the forbidden words, or remove "
                "the folder."
            )
            yield Problem(f"texts/{language}", 1, "", "error", text, hint)


def core_flags_are_kept(draft: Draft) -> Iterator[Problem]:
    """Every red flag of the core list must be there, and be at least as urgent."""
    for core in core_flags():
        if not draft.known("red_flags", core.id):
            hint = "Take it from the shipped knowledge (copy-knowledge)."
            yield Problem("red_flags.yaml", 1, core.id, "error", "this red flag may not be removed", hint)
            continue
        entry = draft.entries("red_flags").get(core.id)
        if entry and entry.value and URGENCIES.index(entry.value.urgency) < URGENCIES.index(core.urgency):
            text = f"it may not be less urgent than {core.urgency}"
            yield entry.problem(("urgency",), text, f"Write urgency: {core.urgency}.")


def checklist_is_kept(draft: Draft) -> Iterator[Problem]:
    """Every row of the checklist must be there, and be at least as strict."""
    for id_, (effect, regions) in _ROWS.items():
        if not draft.known("checklist", id_):
            hint = "Take it from the shipped knowledge (copy-knowledge)."
            yield Problem("contraindications.yaml", 1, id_, "error", "this row may not be removed", hint)
            continue
        entry = draft.entries("checklist").get(id_)
        if entry is None or entry.value is None:
            continue
        if STRICTNESS.index(entry.value.effect) < STRICTNESS.index(effect):
            yield entry.problem(("effect",), f"the row may not be milder than {effect}", f"Write effect: {effect}.")
        missing = sorted(regions - set(entry.value.stop_regions))
        if missing and entry.value.effect is not Effect.STOP:
            text = f"the row must stop everything for: {', '.join(missing)}"
            yield entry.problem(("stop_regions",), text, "Add them to stop_regions.")


def notices_are_kept(draft: Draft) -> Iterator[Problem]:
    """The doctor notice, the line on where not to press and the emergency lines must be there and say their point."""
    for language, minimum in draft.guarded():
        if f"{language}/phrases" not in draft.incomplete:
            yield from _notices(draft, language, minimum)


def _notices(draft: Draft, language: str, minimum: Minimum) -> Iterator[Problem]:
    phrases = draft.entries(f"{language}/phrases")
    points = {
        "card.doctor_notice": ("doctor", minimum.doctor_notice),
        "card.where_not_to_press": ("where not to press", minimum.where_not_to_press),
    }
    for key, (what, pattern) in points.items():
        if key in phrases and phrases[key].value and not pattern.search(phrases[key].value):
            text = f"it no longer says its point ({what})"
            yield phrases[key].problem((), text, "Take the shipped wording (copy-knowledge).")
    for key, contact in _CONTACT_PHRASES.items():
        if key in phrases and phrases[key].value and f"{{{contact}}}" not in phrases[key].value:
            yield phrases[key].problem((), "it names no contact", f"Write {{{contact}}}.")
    for key in sorted({*points, *_CONTACT_PHRASES} - phrases.keys()):
        hint = "Take it from the shipped knowledge (copy-knowledge)."
        file = f"texts/{language}/phrases/conversation.yaml"
        yield Problem(file, 1, key, "error", "this phrase may not be removed", hint)
