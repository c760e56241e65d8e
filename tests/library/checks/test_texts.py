"""All texts are there and fit, their markup is valid, and no name means two things."""

import pytest

from bot.library.checks import names, phrases, texts
from tests.library.conftest import Check, Folder, problem_line

LI4 = "points/large_intestine.yaml"
TEXTS = "texts/en"
NECK_TEXT = f"{TEXTS}/conditions/neck_shoulder.yaml"
PHRASES = f"{TEXTS}/phrases/conversation.yaml"

RULES: dict[Check, str] = {
    texts.questions_fit: "S-39",
    texts.cards_fit: "S-45",
}

BAD = [
    (
        texts.texts_are_complete,
        f"{TEXTS}/signs/stroke.yaml",
        "stroke: [face has dropped]\n",
        "{}\n",
        "red_flags.yaml:1: stroke: it has no text in texts/en/signs. Add stroke there.",
    ),
    (
        texts.texts_are_complete,
        f"{TEXTS}/techniques.yaml",
        "gentle_hold: Press once a day.",
        "gentle_hold: Press.\ngentle_hod: Press.",
        '2: gentle_hod: there is a text but no entry in techniques. Did you mean "gentle_hold"?',
    ),
    (
        texts.labels_are_complete,
        f"{TEXTS}/regions.yaml",
        "hand: hand\n",
        "",
        '1: hand: "hand" has no text here. Add it to this file.',
    ),
    (
        texts.labels_are_complete,
        f"{TEXTS}/questions.yaml",
        "general:",
        "genral:",
        '1: general: "general" has no text here. Add it to this file.',
    ),
    (
        texts.questions_fit,
        f"{TEXTS}/questions.yaml",
        "[trouble speaking]",
        f"[{'trouble speaking and ' * 13}more]",
        "4: neck: the question has 348 characters with its lead; 320 are allowed. Say it shorter.",
    ),
    (
        phrases.markup_is_sound,
        PHRASES,
        "<b>Call {emergency}.</b>",
        "<b>Call {emergency}.</i>",
        "5: flag.emergency: </i> closes nothing. Only <b>...</b> and <i>...</i> are allowed; write &lt; and &amp;.",
    ),
    (
        phrases.markup_is_sound,
        PHRASES,
        "<b>Call {emergency}.</b>",
        "Call & <a href=x>",
        (
            "5: flag.emergency: there is a <, > or & that is no markup. "
            "Only <b>...</b> and <i>...</i> are allowed; write &lt; and &amp;."
        ),
    ),
    (
        names.phrases_mean_one_complaint,
        NECK_TEXT,
        "[tight neck,",
        "[Lump in my GROIN!,",
        '6: tight_neck: the phrase "Lump in my GROIN!" belongs to two complaints. hernia has it already. Keep one.',
    ),
    (
        names.phrases_mean_one_complaint,
        NECK_TEXT,
        "[tight neck,",
        "[face has dropped,",
        '6: tight_neck: the phrase "face has dropped" is a warning sign. It is a sign of stroke. Remove it here.',
    ),
    (
        names.stated_phrases_are_phrases,
        NECK_TEXT,
        "{sore spot on my neck:",
        "{sore neck:",
        '5: tight_neck: "sore neck" is none of its phrases. Add it to the phrases, or correct it.',
    ),
    (
        names.point_names_are_unique,
        f"{TEXTS}/points.yaml",
        "[shoulder point]",
        "[He-gu]",
        '12: GB21: the name "He-gu" means LI4 too. Keep one, or list it under ambiguous in point_names.yaml.',
    ),
    (
        names.point_names_are_unique,
        f"{TEXTS}/points.yaml",
        "[shoulder point]",
        "[BL 47]",
        '12: GB21: "BL 47" is named in point_names.yaml as a point we do not have. Remove it here or there.',
    ),
]


@pytest.mark.parametrize(
    ("check", "file", "old", "new", "problem"),
    [pytest.param(*bad, marks=pytest.mark.safety(RULES[bad[0]]) if bad[0] in RULES else ()) for bad in BAD],
)
def test_a_bad_folder_gets_one_clear_line(
    small: Folder, check: Check, file: str, old: str, new: str, problem: str
) -> None:
    small.edit(file, old, new)
    assert small.found(check)[0] == problem_line(file, problem)


@pytest.mark.safety("S-45")
def test_a_card_that_is_too_long_is_reported(small: Folder) -> None:
    small.edit(PHRASES, "on sore skin.", "on sore skin. " * 50)
    found = small.found(texts.cards_fit)
    assert len(found) == 2
    assert "LI4: the card has about 1" in found[0]


def test_a_second_language_must_have_every_text(small: Folder) -> None:
    small.write("texts/de/points.yaml", "LI4: {name: a}\n")
    missing = [line for line in small.form() if "there is no such file" in line]
    assert "knowledge/texts/de/questions.yaml:1: " in missing[-1] or len(missing) > 10
    assert any("GB21: it has no text in texts/de/points" in line for line in small.found(texts.texts_are_complete))


TOPIC = 'drive:\n  - "{neck}"\n'
SENTENCES = "follow_up:\n  drive: {emergency: Do not., today: Do not., crisis: Do not.}\n"


@pytest.mark.safety("S-85")
def test_every_topic_has_its_three_sentences_and_every_sentence_its_topic(small: Folder) -> None:
    small.write(f"{TEXTS}/topics.yaml", TOPIC)
    missing = "1: drive: the topic has no sentence for: emergency, today, crisis."
    assert any(missing in line for line in small.found(texts.topics_have_sentences))
    small.append(PHRASES, SENTENCES)
    assert small.found(texts.topics_have_sentences) == []
    small.write(f"{TEXTS}/topics.yaml", TOPIC.replace("drive", "drove"))
    found = small.found(texts.topics_have_sentences)
    assert any('there is a sentence but no topic. Did you mean "drove"?' in line for line in found)
