"""Checks that every entry has its text in every language, and that the texts fit where they are shown."""

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from bot.domain.knowledge import GENERAL_QUESTION, Reach
from bot.domain.turns.under_warning import ERASE
from bot.library.checks.ids import area_regions
from bot.library.problems import Problem, did_you_mean
from bot.library.reading.draft import BASE, Draft
from bot.library.reading.models import PointFile, PointTextFile

MOST_QUESTION = 320  # characters of a question with its bullets: it fits a phone screen (S-39)
_QUESTION_LEAD = 60  # of these characters, reserved for "Right now, do you have any of these?"
_BULLET = 3  # characters before and behind each item
MOST_CARD = 1_000  # characters of a card, below Telegram's 1,024 for a caption (S-45)
_CARD_FRAME = 200  # of these, reserved for code, pinyin, labels and the sentence made of seconds, pressure and motion
_ON_EVERY_CARD = ("card.where_not_to_press", "card.doctor_notice")
_HELPER = "card.helper"
_FOLLOW_UP = "follow_up."  # begins the key of a sentence on a topic
_LEVELS = ("emergency", "today", "crisis")
_MARKUP = re.compile(r"</?[bi]>")

_WITH_TEXTS = ("points", "conditions", "contraindications", "checklist", "red_flags", "techniques", "areas")


def texts_are_complete(draft: Draft) -> Iterator[Problem]:
    """Every entry of the data needs its text in every language, and every text its entry."""
    for language in draft.languages:
        for section in _WITH_TEXTS:
            yield from _paired(draft, section, f"{language}/{section}")
        yield from _paired(draft, "red_flags", f"{language}/signs")
        yield from _paired(draft, "red_flags", f"{language}/asked")
        if language != BASE:
            yield from _paired(draft, f"{BASE}/questions", f"{language}/questions")


def topics_have_sentences(draft: Draft) -> Iterator[Problem]:
    """S-85: every topic needs its three sentences, and every sentence its topic. Deletion is served and needs none."""
    for language in draft.languages:
        phrases, topics = draft.entries(f"{language}/phrases"), draft.entries(f"{language}/topics")
        for id_, entry in topics.items():
            missing = [level for level in _LEVELS if f"{_FOLLOW_UP}{id_}.{level}" not in phrases]
            if missing and id_ != ERASE:
                hint = f"Add {_FOLLOW_UP}{id_} to phrases/conversation.yaml."
                yield entry.problem((), f"the topic has no sentence for: {', '.join(missing)}", hint)
        for key, entry in phrases.items() if topics else ():
            topic = key.removeprefix(_FOLLOW_UP).partition(".")[0]
            if key.startswith(_FOLLOW_UP) and topic not in topics:
                hint = did_you_mean(topic, topics.keys(), "Add it to topics.yaml, or remove the sentence.")
                yield entry.problem((), "there is a sentence but no topic", hint)


def labels_are_complete(draft: Draft) -> Iterator[Problem]:
    """Every region and meridian needs its label in every language; the general question must be there."""
    regions = {*area_regions(draft, "condition_regions"), *area_regions(draft, "point_regions")}
    meridians = {PurePosixPath(point.tree.file).stem for point in draft.entries("points").values()}
    for language in draft.languages:
        wanted = {"regions": regions, "meridians": meridians, "questions": {GENERAL_QUESTION}}
        for section, ids in wanted.items():
            file = f"texts/{language}/{section}.yaml"
            for id_ in sorted(ids):
                if not draft.known(f"{language}/{section}", id_):
                    yield Problem(file, 1, id_, "error", f'"{id_}" has no text here', "Add it to this file.")


def questions_fit(draft: Draft) -> Iterator[Problem]:
    """S-39: a question with its bullets may have at most MOST_QUESTION characters."""
    for language in draft.languages:
        for entry in draft.entries(f"{language}/questions").values():
            if entry.value is None:
                continue
            bullets = (*entry.value.emergency, *entry.value.same_day)
            length = _QUESTION_LEAD + sum(len(bullet) + _BULLET for bullet in bullets)
            if length > MOST_QUESTION:
                text = f"the question has {length} characters with its lead; {MOST_QUESTION} are allowed"
                yield entry.problem((), text, "Say it shorter.")


def cards_fit(draft: Draft) -> Iterator[Problem]:
    """S-45: the card of a point may have at most MOST_CARD visible characters."""
    points = draft.sound("points")
    for language in draft.languages:
        phrases = draft.sound(f"{language}/phrases")
        for entry in draft.entries(f"{language}/points").values():
            if entry.value is None or entry.id not in points:
                continue
            length = card_length(points[entry.id], entry.value, phrases)
            if length > MOST_CARD:
                text = f"the card has about {length} characters; {MOST_CARD} are allowed"
                yield entry.problem((), text, "Shorten its longest text.")


def card_length(point: PointFile, text: PointTextFile, phrases: Mapping[str, str]) -> int:
    """Return about how many visible characters the card of a point has. `phrases` are by key."""
    parts = [text.name, max(text.find, text.find_again, key=len), text.feel, text.how, text.posture, text.caution]
    keys = list(_ON_EVERY_CARD)
    if point.reach is Reach.NEEDS_HELPER_OR_BALL:
        keys.append(_HELPER)
    return _CARD_FRAME + sum(map(len, parts)) + sum(len(_MARKUP.sub("", phrases.get(key, ""))) for key in keys)


def _paired(draft: Draft, section: str, texts: str) -> Iterator[Problem]:
    """Report each id that only one of both sections has."""
    entries, written = draft.entries(section), draft.entries(texts)
    folder = f"texts/{texts}" if "/" in texts else texts
    for id_, entry in entries.items():
        if not draft.known(texts, id_):
            yield entry.problem((), f"it has no text in {folder}", f"Add {id_} there.")
    for id_, entry in written.items():
        if not draft.known(section, id_):
            hint = did_you_mean(id_, entries.keys(), "Add the entry to the data, or remove this.")
            yield entry.problem((), f"there is a text but no entry in {section}", hint)
