"""The list of changes that an admin sees after a reload."""

from dataclasses import replace

from bot.domain.knowledge import Knowledge, Tier
from bot.library.changes import changed_files, changes


def test_nothing_changed_is_an_empty_list(knowledge: Knowledge) -> None:
    assert changes(knowledge, replace(knowledge, version="other")) == ()


def test_a_new_complaint_is_one_line_though_it_has_data_and_texts(knowledge: Knowledge) -> None:
    texts = knowledge.texts["en"]
    new = replace(
        knowledge,
        conditions={**knowledge.conditions, "stiff_neck": replace(knowledge.conditions["tight_neck"], id="stiff_neck")},
        texts={"en": replace(texts, conditions={**texts.conditions, "stiff_neck": texts.conditions["tight_neck"]})},
    )
    assert changes(knowledge, new) == ("+ condition stiff_neck",)
    assert changes(new, knowledge) == ("- condition stiff_neck",)


def test_a_changed_caution_and_a_lost_alias_are_named(knowledge: Knowledge) -> None:
    texts = knowledge.texts["en"]
    point = texts.points["GB21"]
    edited = replace(point, caution="Other.", aliases=point.aliases[1:])
    new = replace(knowledge, texts={"en": replace(texts, points={**texts.points, "GB21": edited})})
    assert set(changes(knowledge, new)) == {"~ GB21 caution", f'- alias "{point.aliases[0]}" (GB21)'}


def test_changed_data_order_phrases_and_words_are_named(knowledge: Knowledge) -> None:
    texts, back = knowledge.texts["en"], knowledge.conditions["low_back_pain"]
    moved = replace(back, tier=Tier.ASK_DOCTOR_FIRST, points=back.points[::-1])
    concept = next(iter(texts.vocabulary.concepts))
    concepts = {**texts.vocabulary.concepts, concept: (*texts.vocabulary.concepts[concept], "wibble")}
    vocabulary = replace(texts.vocabulary, concepts=concepts)
    phrases = {**texts.phrases, "failed": "Other."}
    new = replace(
        knowledge,
        conditions={**knowledge.conditions, "low_back_pain": moved},
        texts={"en": replace(texts, phrases=phrases, vocabulary=vocabulary)},
    )
    assert changes(knowledge, new) == (
        "~ low_back_pain tier",
        "~ low_back_pain order of points",
        "~ phrase failed",
        f'+ word "wibble" ({concept})',
    )


def test_a_changed_row_of_the_checklist_is_named(knowledge: Knowledge) -> None:
    first, *rest = knowledge.checklist.rows
    rows = (replace(first, stop_regions=("neck",)), *rest)
    new = replace(knowledge, checklist=replace(knowledge.checklist, rows=rows))
    assert changes(knowledge, new) == ('+ stop region "neck" (pregnancy)',)


def test_pictures_and_cases_that_changed_are_named() -> None:
    old = {"pictures/LI4.jpg": b"1", "cases/en.yaml": b"1", "pictures/LR3.jpg": b"1", "areas.yaml": b"1"}
    new = {"pictures/LI4.jpg": b"2", "cases/en.yaml": b"1", "pictures/GB21.jpg": b"1", "areas.yaml": b"2"}
    assert changed_files(old, new) == ("+ pictures/GB21.jpg", "~ pictures/LI4.jpg", "- pictures/LR3.jpg")
