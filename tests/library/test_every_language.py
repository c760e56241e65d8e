"""S-66: every guard of the English texts holds for the texts of every other language, too."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli.knowledge_commands import run_check
from bot.domain.knowledge import Knowledge
from bot.domain.understanding.understand import Understanding
from bot.library.checks import cases, minimum, phrases, safety, texts, words
from bot.library.loader import Reading
from bot.library.proofs.examine import core_messages_are_recognised
from bot.library.reading.minimum import built_in
from bot.library.reading.minimum.built_in import core_flags, minimums, read_minimum
from tests.library.checkout import Checkout
from tests.library.conftest import SPANISH, Check, Folder

PHRASES = "phrases/conversation.yaml"
NECK = "conditions/neck_shoulder.yaml"
LONG = "palabra " * 21

NOTICES = {"en": "Please consult your doctor first.", "es": "Consulte primero a su médico."}
NOT_TO_PRESS = {"en": "Do not press", "es": "No presione"}
PROMISES = {"en": "It cures pain.", "es": "Es una cura."}

GUARDS: list[tuple[Check, str, dict[str, str], dict[str, str]]] = [
    (minimum.notices_are_kept, PHRASES, NOTICES, dict.fromkeys(NOTICES, "Ask a friend, amigo.")),
    (minimum.notices_are_kept, PHRASES, NOTICES, {"en": NOTICES["es"], "es": NOTICES["en"]}),
    (minimum.notices_are_kept, PHRASES, NOT_TO_PRESS, dict.fromkeys(NOTICES, "Look")),
    (
        minimum.notices_are_kept,
        PHRASES,
        dict.fromkeys(NOTICES, "Call {emergency}."),
        dict.fromkeys(NOTICES, "Ring 112."),
    ),
    (
        minimum.notices_are_kept,
        PHRASES,
        dict.fromkeys(NOTICES, "You can reach {crisis}."),
        dict.fromkeys(NOTICES, "Good luck."),
    ),
    (words.no_forbidden_words, NECK, dict.fromkeys(NOTICES, "There are no trials."), PROMISES),
    (words.easy_to_read, NECK, dict.fromkeys(NOTICES, "There are no trials."), dict.fromkeys(NOTICES, LONG)),
    (
        words.no_look_alike_letters,
        NECK,
        dict.fromkeys(NOTICES, "Tight neck"),
        dict.fromkeys(NOTICES, "T\N{CYRILLIC SMALL LETTER I}ght neck"),
    ),
    (
        safety.advice_names_the_contacts,
        "red_flags.yaml",
        dict.fromkeys(NOTICES, "Call {emergency} now."),
        dict.fromkeys(NOTICES, "Call 911 now."),
    ),
    (
        safety.red_flags_are_there,
        "signs/stroke.yaml",
        dict.fromkeys(NOTICES, "[face has dropped]"),
        dict.fromkeys(NOTICES, "[]"),
    ),
    (
        texts.texts_are_complete,
        "signs/stroke.yaml",
        dict.fromkeys(NOTICES, "stroke: [face has dropped]\n"),
        dict.fromkeys(NOTICES, "{}\n"),
    ),
    (
        phrases.markup_is_sound,
        PHRASES,
        dict.fromkeys(NOTICES, "<b>Call {emergency}.</b>"),
        dict.fromkeys(NOTICES, "<b>Call {emergency}."),
    ),
]


def silence(folder: Folder, language: str, flag: str) -> None:
    """Leave the flag one sign that no message has."""
    file = f"texts/{language}/signs/{flag}.yaml"
    assert (folder.path / file).exists()
    folder.write(file, f'{flag}: ["{{thunderclap}} {{meningitis}}"]\n')


@pytest.mark.safety("S-66", "S-89")
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(("check", "file", "good", "bad"), GUARDS)
def test_a_guard_finds_the_same_fault_in_each_language(
    two: Folder, check: Check, file: str, good: dict[str, str], bad: dict[str, str], language: str
) -> None:
    assert two.found(check) == []
    two.edit(f"texts/{language}/{file}", good[language], bad[language])
    (problem,) = two.found(check)
    other = "es" if language == "en" else "en"
    assert language in problem
    assert f"/{other}/" not in problem


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_worked_cases_of_one_language_do_not_cover_another(two: Folder, language: str) -> None:
    assert two.found(cases.everything_is_covered) == []
    two.edit(f"cases/{language}.yaml", "ticked: skin_or_injury", "ticked: []")
    (problem,) = two.found(cases.everything_is_covered)
    assert f"skin_problem: no case in cases/{language}.yaml states or ticks it" in problem


def test_the_grade_of_reading_is_asked_only_where_the_formula_is_made_for_the_language(two: Folder) -> None:
    hard = "Contemporary investigators occasionally recommended acupressure. " * 6
    two.edit(f"texts/es/{NECK}", 'instead: ""', f"instead: {hard}")
    assert two.found(words.easy_to_read) == []
    two.edit(f"texts/en/{NECK}", 'instead: ""', f"instead: {hard}")
    (problem,) = two.found(words.easy_to_read)
    assert "texts/en/" in problem


@pytest.mark.safety("S-66", "S-89")
def test_a_language_for_which_the_program_has_no_minimum_is_refused_in_one_line(
    whole: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    whole.translate("es")
    whole.edit(
        f"texts/es/{PHRASES}", "I am a guide, not a doctor. Please consult your doctor first.", "Cura todo. Milagro."
    )
    silence(whole, "es", "heart_attack")
    whole.write("cases/es.yaml", "- case: One\n  say: my neck is stiff\n  expect: {flag: none}\n")
    assert run_check(whole.path) == 1
    lines = capsys.readouterr().out.splitlines()
    faults = [line for line in lines if line.startswith("knowledge/") and ": warning: " not in line]
    (fault,) = faults
    assert fault == (
        'knowledge/texts/es:1: the program has no minimum for the language "es". '
        "Add bot/library/reading/minimum/texts/es.yaml to the program, with messages for each red flag of the core "
        "list, the doctor notice, where not to press and the forbidden words, or remove the folder."
    )


@pytest.mark.safety("S-18", "S-66", "S-89")
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_sign_that_is_dead_in_one_language_is_reported_there(
    reading: Reading, knowledge: Knowledge, language: str
) -> None:
    draft = reading.draft
    spanish = {id_.replace("en/", "es/"): entries for id_, entries in draft.sections.items() if id_.startswith("en/")}
    both = replace(
        draft,
        languages=("en", "es"),
        sections={**draft.sections, **spanish},
        minimums={"en": minimums()["en"], "es": SPANISH.model_copy(update={"messages": minimums()["en"].messages})},
    )
    texts = {"en": knowledge.texts["en"], "es": replace(knowledge.texts["en"], language="es")}
    flags = texts[language].red_flags
    deaf = replace(
        texts[language], red_flags={**flags, "danger_from_others": replace(flags["danger_from_others"], signs=("zzz",))}
    )
    weakened = replace(knowledge, texts={**texts, language: deaf})
    found = list(core_messages_are_recognised(both, {each: Understanding(weakened, each) for each in texts}))
    assert found
    assert {problem.entry for problem in found} == {"danger_from_others"}
    assert len(found) <= len(minimums()["en"].messages["danger_from_others"])


@pytest.mark.safety("S-10", "S-18", "S-66", "S-89")
def test_with_a_minimum_of_its_own_a_language_is_proven_like_english(tmp_path: Path) -> None:
    checkout = Checkout(tmp_path)
    minimum = checkout.package / "library/reading/minimum/texts"
    shutil.copy(minimum / "en.yaml", minimum / "es.yaml")
    folder = Folder(checkout.knowledge)
    folder.translate("es")
    silence(folder, "es", "heart_attack")
    folder.write("cases/es.yaml", "- case: One\n  say: my neck is stiff\n  expect: {flag: stroke}\n")
    result = checkout.run("-m", "bot", "check")
    faults = [line for line in result.stdout.splitlines() if line.startswith("knowledge/") and "warning" not in line]
    assert result.returncode == 1, result.stderr
    assert faults
    assert all(line.startswith(("knowledge/texts/es/signs", "knowledge/cases/es.yaml:3: One: ")) for line in faults)
    assert sum("no longer raises a flag of urgency emergency" in line for line in faults) >= 3
    assert sum("expected flag stroke, found nothing" in line for line in faults) == 1


@pytest.mark.safety("S-18")
@pytest.mark.parametrize("language", minimums())
def test_every_minimum_has_messages_for_each_flag_of_the_core_list_in_its_order(language: str) -> None:
    assert list(minimums()[language].messages) == [flag.id for flag in core_flags()]


@pytest.mark.safety("S-18", "S-66")
@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("\n  heart_attack:\n", "\n  hart_attack:\n", "look at: hart_attack, heart_attack"),
        ("    - CHEST PAINS PLS HELP\n", "    - [CHEST PAINS PLS HELP]\n", "valid string"),
        ("doctor_notice: '", "doctor_notice: '(", "doctor_notice"),
        ("forbidden_words:", "forbiden_words:", "forbiden_words"),
        ("  - proven\n", "  - prove(n\n", "forbidden_words"),
        ("  - proven\n", "  - {proven: yes}\n", "list of texts"),
        ("reading_grade: flesch_kincaid", "reading_grade: fog", "reading_grade"),
        ("messages:\n", "messages: {\n", "es.yaml"),
    ],
)
def test_a_faulty_minimum_says_what_is_wrong(tmp_path: Path, old: str, new: str, fault: str) -> None:
    english = Path(built_in.__file__).with_name("texts") / "en.yaml"
    text = english.read_text("utf-8")
    assert text.count(old) == 1
    (tmp_path / "es.yaml").write_text(text.replace(old, new), "utf-8")
    with pytest.raises(ValueError, match=fault):
        read_minimum(tmp_path / "es.yaml")
