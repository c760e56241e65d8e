"""`upgrade-knowledge`: an operator's edited folder of 0.1.0 becomes today's knowledge, and keeps every edit."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.understanding.understand import Understanding
from bot.library.formatting import formatted
from bot.library.formatting.nodes import Document, Pairs, Scalar
from bot.library.formatting.writer import written
from bot.library.loader import read_knowledge
from bot.library.proofs.examine import core_messages_are_recognised
from bot.library.reading.folder import PICTURES, Files
from bot.library.reading.minimum.built_in import core_flags
from bot.library.upgrade.earlier import Earlier, hash_of
from bot.library.upgrade.merging import Merger, Path
from bot.library.upgrade.moving import Documents, concepts_in, documents, in_todays_files
from bot.library.upgrade.notes import Notes

_GLOSSES = "vocabulary/glosses.yaml"
_NO_GLOSS = "A group of your own. Say here in one line what it means."


@dataclass(frozen=True, slots=True)
class Upgrade:
    """The files that the folder is to have, and what has been done to it."""

    files: Files
    notes: Notes


def upgraded(theirs: Files, today: Files, earlier: Earlier, renamed: Mapping[str, str]) -> Upgrade:
    """The operator's files brought to today's. Raises UpgradeError where one cannot be read.

    Lines that the operator removed stay removed, except where a core red flag would no longer be recognised.
    """
    done = _merged(theirs, today, earlier, renamed, frozenset())
    deaf = _deaf_flags(done.files)
    return _merged(theirs, today, earlier, renamed, deaf) if deaf else done


def _merged(
    theirs: Files, today: Files, earlier: Earlier, renamed: Mapping[str, str], whole: frozenset[str]
) -> Upgrade:
    """`whole` are red flags of whose signs nothing may be missing."""
    notes = Notes()
    ours = documents(today, {})
    known = concepts_in(ours)
    names = {old: new for old, new in renamed.items() if new in known and old not in known}
    shipped = documents(earlier.files, names)
    base, mine = (in_todays_files(each, ours, shipped) for each in (shipped, documents(theirs, names)))
    files: dict[str, bytes] = {}
    for name in sorted({*base, *mine, *ours}):
        merged = _file(name, (base.get(name), mine.get(name), ours.get(name)), notes, whole)
        if merged is not None:
            files[name] = today[name] if merged is ours.get(name) else _bytes(name, merged)
    _add_glosses(files, notes)
    return Upgrade({**files, **_pictures(theirs, today, earlier.pictures, notes)}, notes)


def _file(
    name: str, versions: tuple[Document | None, Document | None, Document | None], notes: Notes, whole: frozenset[str]
) -> Document | None:
    base, mine, ours = versions
    if mine is None:
        if base is None or ours is None:
            return ours
        (notes.restored if _is_needed(name) else notes.removed).append(name)
        return ours if _is_needed(name) else None
    if base is not None and _text(base) == _text(mine):
        return ours
    if ours is None:
        if base is None:
            notes.edits.append(name)
            return mine
        notes.undecided.append(f"{name}: today's knowledge has no such file any more")
        return mine
    return Merger(name, lambda path: _is_guarded(name, path, whole), notes).document(base, mine, ours)


def _is_needed(name: str) -> bool:
    """Whether the bot cannot do without a file: the only one of its kind, or the signs of a core red flag."""
    core = {flag.id for flag in core_flags()}
    folder, _, file = name.rpartition("/")
    return file.removesuffix(".yaml") in core or not folder.endswith(("points", "conditions", "sources", "vocabulary"))


def _is_guarded(name: str, path: Path, whole: frozenset[str]) -> bool:
    of_flags = name.endswith("red_flags.yaml") or "/signs/" in name
    if not of_flags or not path:
        return False
    return path[0] in whole or (len(path) == 1 and path[0] in {flag.id for flag in core_flags()})


def _deaf_flags(files: Files) -> frozenset[str]:
    """The core red flags whose messages are no longer recognised."""
    reading = read_knowledge(files)
    if reading.knowledge is None:
        return frozenset()
    understandings = {each: Understanding(reading.knowledge, each) for each in reading.knowledge.texts}
    problems = core_messages_are_recognised(reading.draft, understandings)
    return frozenset(problem.entry for problem in problems)


def _text(document: Document) -> str:
    return written(document)


def _bytes(name: str, document: Document) -> bytes:
    return formatted(name, written(document).encode())[0]


def _add_glosses(files: dict[str, bytes], notes: Notes) -> None:
    """The operator's own groups get a gloss to be filled in, for `check` wants one."""
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
    """Today's pictures, except those that the operator has changed or added."""
    found = {name: content for name, content in today.items() if name.startswith(PICTURES)}
    for name, content in theirs.items():
        if name.startswith(PICTURES) and hash_of(content) != earlier.get(name) and content != found.get(name):
            changed_by_us = name in found and hash_of(found[name]) != earlier.get(name)
            (notes.undecided if changed_by_us else notes.edits).append(name)
            found[name] = content
    return found
