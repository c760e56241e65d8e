"""What the texts say and never say, over everything written for people, shown at present or not."""

import re
from collections.abc import Iterator

import pytest

from bot.domain.state.durations import DAY, HOUR
from bot.domain.turns.commands import COMMANDS
from bot.domain.turns.replies import AskChecklist, DoctorFirst, GeneralCard, QuestionAdvice, Referred, Stopped
from bot.library.checks.words import MOST_WORDS, reading_grade, sentences
from bot.storage.store import UNMATCHED_KEPT, UPDATES_KEPT
from tests.rendering.every_message import others, shown
from tests.shipped_knowledge import knowledge, plain_wording

TEXTS = knowledge().texts["en"]
SEEN = {  # the parts of an entry that a person may read
    "points": ("name", "find", "find_again", "feel", "how", "posture", "caution"),
    "conditions": ("name", "evidence", "instead"),
    "questions": ("emergency", "same_day", "note"),
    "checklist": ("line", "label", "why", "stop"),
    "contraindications": ("name", "why", "says"),
    "red_flags": ("name", "advice"),
}
SEEN_WHOLE = ("phrases", "techniques", "areas", "regions", "meridians")

_YOU_HAVE = re.compile(r"(?P<before>\w+ )?\byou(?:'ve| have| had| are having| suffer)\b", re.IGNORECASE)
_PROMISE = re.compile(
    r"\b(?:will (?:help|ease|relieve|work|go away)|relieves?|always (?:works|helps)|works for|effective|harmless"
    r"|no side effects?|boosts?|toxins?|energy (?:flow|block)\w*|restores?|strengthens|immune-boosting)\b",
    re.IGNORECASE,
)
_SEX = re.compile(
    r"\b(?:he|she|his|hers?|him|ladies|gentlemen|wom[ae]n|m[ae]n|wife|husband|girls?|boys?|guys?)\b", re.IGNORECASE
)
_MAY_NAME_A_SEX = {  # a landmark, who took part in a study, and whom the person has named
    "points.CV17.find",
    "phrases.labels.nipple_level",
    "conditions.prostatitis.evidence",
    "phrases.person.husband",
    "phrases.person.wife",
}
_SERVICE = re.compile(
    r"\b(?:A&E|A and E|ER|NHS|999|911|111|112|988|000|116 ?123|Samaritans?|Lifeline|Childline|Medicare|casualty|UK|USA?"
    r"|Brit\w+|Americ\w+|Ireland|Scotland|Wales|England|Australia\w*|Canad\w+|India\w*)\b"
)


def said() -> Iterator[tuple[str, str]]:
    """Every text that a person may read, by where it stands."""
    for section in SEEN_WHOLE:
        for id_, text in getattr(TEXTS, section).items():
            yield f"{section}.{id_}", text
    for section, parts in SEEN.items():
        for id_, entry in getattr(TEXTS, section).items():
            for part in parts:
                value = getattr(entry, part)
                yield f"{section}.{id_}.{part}", value if isinstance(value, str) else "\n".join(value)


@pytest.mark.safety("S-41")
def test_nobody_is_told_what_they_have() -> None:
    told = {
        where: found.group()
        for where, text in said()
        for found in _YOU_HAVE.finditer(text)
        if (found["before"] or "").strip().casefold() not in {"do", "if"}
    }
    assert told == {}


@pytest.mark.safety("S-40")
def test_no_text_promises_that_pressing_helps() -> None:
    assert {where: found.group() for where, text in said() if (found := _PROMISE.search(text))} == {}


@pytest.mark.safety("S-26")
def test_no_text_assumes_a_sex() -> None:
    assert {where for where, text in said() if _SEX.search(text)} == _MAY_NAME_A_SEX


@pytest.mark.safety("S-14")
def test_no_text_names_the_service_or_number_of_one_country() -> None:
    assert {where: found.group() for where, text in said() if (found := _SERVICE.search(text))} == {}


@pytest.mark.safety("S-44")
@pytest.mark.parametrize("kind", [AskChecklist, DoctorFirst, GeneralCard, QuestionAdvice, Referred, Stopped])
def test_stops_referrals_and_questions_are_said_in_short_sentences_and_plain_words(kind: type) -> None:
    texts = {each.text for each in shown(others()) if isinstance(each.reply, kind)}
    assert texts
    long = {
        line
        for text in texts
        for line in sentences(text)
        if len(re.findall(r"[A-Za-z][\w'\u2019-]*", line)) > MOST_WORDS
    }
    assert long == set()
    assert {text for text in texts if reading_grade(text) > 8} == set()


@pytest.mark.safety("S-43")
@pytest.mark.parametrize("key", ["start.first", "help"])
@pytest.mark.parametrize(
    "words", ["general wellness information", "for adults", "not a medical device", "not for emergencies"]
)
def test_start_and_help_say_what_this_is_and_is_not(key: str, words: str) -> None:
    assert words in plain_wording().phrase(key)


@pytest.mark.safety("S-50")
@pytest.mark.parametrize(
    ("period", "what"),
    [
        ("For an hour", "what you asked about and what you ticked"),
        ("For a day", "warning sign you told me, and when"),
        ("For a month", "messages I did not understand"),
        ("For two days", "numbers of handled messages"),
    ],
)
def test_the_privacy_text_says_what_is_kept_for_how_long_and_why(period: str, what: str) -> None:
    (line,) = [line for line in privacy().splitlines() if line.startswith(period)]
    assert what in line
    assert re.search(r"\bso that (?:I can|none is)\b", line)


@pytest.mark.safety("S-50")
def test_the_periods_in_the_privacy_text_are_those_of_the_program() -> None:
    assert (HOUR, DAY) == (3600, 86_400)
    assert (UPDATES_KEPT.days, UNMATCHED_KEPT.days) == (2, 30)


@pytest.mark.safety("S-50")
@pytest.mark.parametrize(
    "words",
    [
        "I do not store or log what you write",
        "No other company gets it",
        "Telegram carries the messages",
        "It is encrypted",
        "only once three people wrote the same",
        "Nobody looks at your chat",
        "Admins see counts",
        "after your own tap:",
        "All this is encrypted",
        "/mydata shows",
        "/forget erases",
    ],
)
def test_the_privacy_text_says_who_sees_it_and_how_to_read_and_erase_it(words: str) -> None:
    assert words in privacy()


@pytest.mark.safety("S-50")
def test_the_commands_that_the_fixed_texts_name_exist() -> None:
    named = {
        word
        for where, text in said()
        if not where.startswith("phrases.admin")
        for word in re.findall(r"(?<![\w<])/([a-z]+)\b", text)
    }
    assert {"mydata", "forget", "privacy"} <= named <= set(COMMANDS)


def privacy() -> str:
    """The privacy text without its markup."""
    return re.sub(r"</?b>", "", plain_wording().phrase("privacy.text"))
