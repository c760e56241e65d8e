"""Lists the differences between two versions of the knowledge, one short line each, for the admin who reloads."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from bot.domain.knowledge import Knowledge
from bot.domain.texts import Texts
from bot.library.reading.folder import EXAMPLES, PICTURES, Files

_SINGULAR = {"aliases": "alias", "plain_words": "word", "same_day": "same-day sign", "emergency": "emergency sign"}
_ITEMS = {
    "concepts": "word",
    "groups": "concept",
    "forms": "form",
    "complaints": "pattern",
    "refusals": "wish",
    "topics": "pattern",
}


def changes(old: Knowledge, new: Knowledge) -> tuple[str, ...]:
    """Return a line for each difference, without duplicates, data before texts.

    For example `+ condition stiff_neck`, `~ GB21 caution`, `- alias "hoku" (LI4)`. Empty if there is none.
    """
    return tuple(dict.fromkeys(_changes(old, new)))


def changed_files(old: Files, new: Files) -> tuple[str, ...]:
    """Return a line for each picture, example or case file added (`+`), removed (`-`) or changed (`~`), by name."""
    lines = []
    for name in sorted(old.keys() | new.keys()):
        if name.startswith((PICTURES, EXAMPLES, "cases/")) and old.get(name) != new.get(name):
            sign = "+" if name not in old else "-" if name not in new else "~"
            lines.append(f"{sign} {name}")
    return tuple(lines)


def _changes(old: Knowledge, new: Knowledge) -> Iterator[str]:
    for section in ("conditions", "points", "contraindications", "red_flags", "techniques", "sources"):
        yield from _section(section, getattr(old, section), getattr(new, section))
    yield from _section("rows", *({row.id: row for row in each.checklist.rows} for each in (old, new)))
    yield from _section("areas", *({area.id: area for area in each.areas} for each in (old, new)))
    for language in sorted(old.texts.keys() | new.texts.keys()):
        if language not in old.texts or language not in new.texts:
            yield f"{'-' if language in old.texts else '+'} language {language}"
        else:
            yield from _texts(old.texts[language], new.texts[language])


def _texts(old: Texts, new: Texts) -> Iterator[str]:
    for field in fields(Texts):
        before, after = getattr(old, field.name), getattr(new, field.name)
        if isinstance(before, Mapping):
            yield from _section("rows" if field.name == "checklist" else field.name, before, after)
    for field in fields(old.vocabulary):
        before, after = getattr(old.vocabulary, field.name), getattr(new.vocabulary, field.name)
        if isinstance(before, Mapping):
            yield from _section(field.name, before, after)
        else:
            yield from _items(field.name, "vocabulary", before, after)


def _section(name: str, old: Mapping[str, object], new: Mapping[str, object]) -> Iterator[str]:
    noun = _singular(name)
    for id_ in new:
        if id_ not in old:
            yield f"+ {noun} {id_}"
    for id_ in old:
        if id_ not in new:
            yield f"- {noun} {id_}"
        elif old[id_] != new[id_]:
            yield from _entry(name, id_, old[id_], new[id_])


def _entry(name: str, id_: str, old: object, new: object) -> Iterator[str]:
    if is_dataclass(old):
        for field in fields(old):
            before, after = getattr(old, field.name), getattr(new, field.name)
            if before != after:
                yield from _field(field.name, id_, before, after)
    elif isinstance(old, tuple) and isinstance(new, tuple):
        yield from _items(_ITEMS.get(name, name), id_, old, new)
    else:
        yield f"~ {_singular(name)} {id_}"


def _field(name: str, id_: str, old: object, new: object) -> Iterator[str]:
    if isinstance(old, tuple) and isinstance(new, tuple):
        yield from _items(name, id_, old, new)
    else:
        yield f"~ {id_} {name.replace('_', ' ')}"


def _items(name: str, id_: str, old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[str]:
    noun = _singular(name)
    if set(old) == set(new) and old != new:
        yield f"~ {id_} order of {name.replace('_', ' ')}"
    yield from (f'+ {noun} "{item}" ({id_})' for item in new if item not in old)
    yield from (f'- {noun} "{item}" ({id_})' for item in old if item not in new)


def _singular(name: str) -> str:
    return _SINGULAR.get(name, name.removesuffix("s")).replace("_", " ")
