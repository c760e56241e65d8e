"""`upgrade-knowledge`: merges an operator's edited folder of 0.1.0 with today's knowledge, and keeps every edit."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.understanding.understand import Understanding
from bot.library.formatting import formatted
from bot.library.formatting.nodes import Document, Pairs, Scalar
from bot.library.formatting.writer import text_of
from bot.library.loader import read_knowledge
from bot.library.proofs.examine import core_messages_are_recognised
from bot.library.reading.folder import EXAMPLES, PICTURES, Files
from bot.library.reading.minimum.built_in import core_flags
from bot.library.upgrade.earlier import EarlierRelease, hash_of
from bot.library.upgrade.merging import Merger, Path
from bot.library.upgrade.moving import Documents, concepts_in, documents, in_todays_layout
from bot.library.upgrade.notes import Notes

_GLOSSES = "vocabulary/glosses.yaml"
_NO_GLOSS = "A group of your own. Say here in one line what it means."


@dataclass(frozen=True, slots=True)
class Upgrade:
    """The result of an upgrade: the new files by name, and notes for the operator."""

    files: Files
    notes: Notes


def upgraded(theirs: Files, today: Files, earlier: EarlierRelease, renamed: Mapping[str, str]) -> Upgrade:
    """Merge the operator's files with today's. `renamed` has the new names of concepts by their old ones.

    Lines that the operator removed stay removed, unless a core red flag would no longer be recognised. Raises
    UpgradeError if a file cannot be read.
    """
    done = _merged(theirs, today, earlier, renamed, frozenset())
    unrecognised = _unrecognised_flags(done.files)
    return _merged(theirs, today, earlier, renamed, unrecognised) if unrecognised else done


def _merged(
    theirs: Files, today: Files, earlier: EarlierRelease, renamed: Mapping[str, str], complete: frozenset[str]
) -> Upgrade:
    """Merge all files. `complete` are the red flags whose signs must all be there."""
    notes = Notes()
    ours = documents(today, {})
    known = concepts_in(ours)
    names = {old: new for old, new in renamed.items() if new in known and old not in known}
    shipped = documents(earlier.files, names)
    base, edited = (in_todays_layout(each, ours, shipped) for each in (shipped, documents(theirs, names)))
    files: dict[str, bytes] = {}
    for name in sorted({*base, *edited, *ours}):
        merged = _file(name, (base.get(name), edited.get(name), ours.get(name)), notes, complete)
        if merged is not None:
            files[name] = today[name] if merged is ours.get(name) else _bytes(name, merged)
    _add_glosses(files, notes)
    examples = {name: content for name, content in today.items() if name.startswith(EXAMPLES)}  # 0.1.0 had none
    return Upgrade({**files, **examples, **_pictures(theirs, today, earlier.pictures, notes)}, notes)


def _file(
    name: str,
    versions: tuple[Document | None, Document | None, Document | None],
    notes: Notes,
    complete: frozenset[str],
) -> Document | None:
    """Return one file merged from its three versions (earlier, operator's, today's), or None if it is to go."""
    base, theirs, ours = versions
    if theirs is None:
        if base is None or ours is None:
            return ours
        (notes.restored if _is_needed(name) else notes.removed).append(name)
        return ours if _is_needed(name) else None
    if base is not None and text_of(base) == text_of(theirs):
        return ours
    if ours is None:
        if base is None:
            notes.edits.append(name)
            return theirs
        notes.undecided.append(f"{name}: today's knowledge has no such file any more")
        return theirs
    return Merger(name, lambda path: _is_guarded(name, path, complete), notes).document(base, theirs, ours)


def _is_needed(name: str) -> bool:
    """Whether the bot needs the file: it is the only one of its kind, or has the signs of a core red flag."""
    core = {flag.id for flag in core_flags()}
    folder, _, file = name.rpartition("/")
    return file.removesuffix(".yaml") in core or not folder.endswith(("points", "conditions", "sources", "vocabulary"))


def _is_guarded(name: str, path: Path, complete: frozenset[str]) -> bool:
    """Whether what is at this path of the file may not be removed."""
    of_flags = name.endswith("red_flags.yaml") or "/signs/" in name
    if not of_flags or not path:
        return False
    return path[0] in complete or (len(path) == 1 and path[0] in {flag.id for flag in core_flags()})


def _unrecognised_flags(files: Files) -> frozenset[str]:
    """Return the core red flags whose messages are no longer recognised."""
    reading = read_knowledge(files)
    if reading.knowledge is None:
        return frozenset()
    understandings = {each: Understanding(reading.knowledge, each) for each in reading.knowledge.texts}
    problems = core_messages_are_recognised(reading.draft, understandings)
    return frozenset(problem.entry for problem in problems)


def _bytes(name: str, document: Document) -> bytes:
    return formatted(name, text_of(document).encode())[0]


def _add_glosses(files: dict[str, bytes], notes: Notes) -> None:
    """Add a gloss to be filled in to each group of the operator's own, since `check` requires one."""
    found = documents(files, {})
    for language in sorted({name.split("/")[1] for name in found if name.startswith("texts/")}):
        folder = f"texts/{language}/"
        texts = {name: document for name, document in found.items() if name.startswith(f"{folder}vocabulary/")}
        missing = _ids(texts, "groups") - _ids(texts, "glosses")
        if missing:
            name = folder + _GLOSSES
            document = texts.get(name, Document(Pairs(pairs=[(Scalar(text="glosses"), Pairs())]), []))
            glosses = document.root.pairs[0][1] if isinstance(document.root, Pairs) else None
            if isinstance(glosses, Pairs):
                glosses.pairs += [(Scalar(text=group), Scalar(text=_NO_GLOSS)) for group in sorted(missing)]
                notes.undecided += [f"{name}: {group}: say what this group means" for group in sorted(missing)]
                files[name] = _bytes(name, document)


def _ids(texts: Documents, section: str) -> set[str]:
    roots = [document.root for document in texts.values() if isinstance(document.root, Pairs)]
    parts = [value for root in roots for key, value in root.pairs if key.text == section and isinstance(value, Pairs)]
    return {key.text for part in parts for key, _ in part.pairs}


def _pictures(theirs: Files, today: Files, earlier: Mapping[str, str], notes: Notes) -> Files:
    """Return today's pictures, and those that the operator has changed or added. `earlier` has hashes by name."""
    found = {name: content for name, content in today.items() if name.startswith(PICTURES)}
    for name, content in theirs.items():
        if name.startswith(PICTURES) and hash_of(content) != earlier.get(name) and content != found.get(name):
            changed_by_us = name in found and hash_of(found[name]) != earlier.get(name)
            (notes.undecided if changed_by_us else notes.edits).append(name)
            found[name] = content
    return found
