"""Checks the fixed texts of the program: all there, with the right placeholders and valid markup."""

import re
from collections.abc import Iterator, Mapping
from string import Formatter

from bot.library.problems import Problem, did_you_mean
from bot.library.reading.draft import BASE, Draft, read
from bot.library.reading.entries import Entry
from bot.library.reading.folder import read_folder
from bot.library.shipped import shipped

_TAG = re.compile(r"<(/?)([bi])>")
_LOOSE = re.compile(r"[<>]|&(?!(?:amp|lt|gt|quot|#39);)")
_PHRASES = f"texts/{BASE}/phrases/"


def phrases_can_be_filled(draft: Draft) -> Iterator[Problem]:
    """Each fixed text of the program must be there, with the placeholders of the shipped English one."""
    program = _program_phrases(draft)
    for language in draft.languages:
        section = f"{language}/phrases"
        if section not in draft.incomplete:
            yield from _missing(draft, language, program)
        for key, entry in draft.entries(section).items():
            if key not in program:
                yield entry.warning((), "nothing uses this phrase", did_you_mean(key, program.keys(), "Remove it."))
            elif entry.value is not None:
                yield from _same_placeholders(entry, placeholders(program[key].raw))


def markup_is_sound(draft: Draft) -> Iterator[Problem]:
    """Phrases may have only <b> and <i>, closed in order. Telegram would refuse a message with a bare < or &."""
    for language in draft.languages:
        for entry in draft.entries(f"{language}/phrases").values():
            fault = _markup_fault(entry.value or "")
            if fault:
                yield entry.problem((), fault, "Only <b>...</b> and <i>...</i> are allowed; write &lt; and &amp;.")


def placeholders(template: str) -> frozenset[str] | None:
    """Return the names in braces, or None if the braces are broken."""
    try:
        parts = list(Formatter().parse(template))
    except ValueError:
        return None
    return frozenset(name for _, name, _, _ in parts if name is not None)


def _missing(draft: Draft, language: str, program: Mapping[str, Entry]) -> Iterator[Problem]:
    entries = draft.entries(f"{language}/phrases")
    for key in sorted(program.keys() - entries.keys()):
        file = program[key].tree.file.replace(_PHRASES, f"texts/{language}/phrases/")
        beside = next((entry for other, entry in entries.items() if entry.tree.file == file), None)
        line = beside.tree.line(tuple(key.split("."))) if beside else 1
        hint = "Take it from the shipped knowledge (copy-knowledge)."
        yield Problem(file, line, key, "error", "this phrase is missing", hint)


def _same_placeholders(entry: Entry, wanted: frozenset[str] | None) -> Iterator[Problem]:
    has = placeholders(entry.value)
    if has is None:
        yield entry.problem((), "the braces are broken", "Write {name} for a placeholder and {{ for a brace.")
    elif wanted is not None and has != wanted:
        names = ", ".join(f"{{{name}}}" for name in sorted(wanted)) or "none"
        odd = ", ".join(f"{{{name}}}" for name in sorted(has ^ wanted))
        yield entry.problem((), f"missing or unknown placeholder: {odd}", f"There must be: {names}.")


def _markup_fault(text: str) -> str:
    """Return what is wrong with the markup, or empty."""
    if _LOOSE.search(_TAG.sub("", text)):
        return "there is a <, > or & that is no markup"
    opened: list[str] = []
    for closing, name in _TAG.findall(text):
        if not closing:
            opened.append(name)
        elif not opened or opened.pop() != name:
            return f"</{name}> closes nothing"
    return f"<{opened[-1]}> is not closed" if opened else ""


def _program_phrases(draft: Draft) -> Mapping[str, Entry]:
    """Return the shipped English phrases by key. They are read anew only if the draft has other English phrases."""
    files, _ = read_folder(shipped() / _PHRASES)
    own = {name: content for name, content in draft.files.items() if name.startswith(_PHRASES)}
    theirs = {_PHRASES + name: content for name, content in files.items()}
    return (draft if own == theirs else read(theirs)[0]).entries(f"{BASE}/phrases")
