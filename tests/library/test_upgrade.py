"""An operator's edited folder of 0.1.0 is merged with today's knowledge, and keeps every edit."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.__main__ import main
from bot.library.errors import UpgradeError
from bot.library.formatting.nodes import data_of, read_nodes
from bot.library.formatting.writer import text_of
from bot.library.library import Loaded, read_library
from bot.library.problems import errors
from bot.library.reading.folder import PICTURES, read_folder
from bot.library.shipped import shipped
from bot.library.upgrade import upgraded
from bot.library.upgrade.earlier import EarlierRelease, hash_of, renamed_concepts, shipped_earlier
from bot.library.upgrade.folder import BACKUP, SUMMARY
from bot.library.upgrade.merging import Merger
from bot.library.upgrade.notes import Notes
from tests.library.conftest import Folder

EN = "texts/en"


@pytest.fixture
def earlier(tmp_path: Path) -> Folder:
    """The knowledge folder of 0.1.0."""
    folder = Folder(tmp_path / "operator")
    for name, content in shipped_earlier().files.items():
        folder.write(name, content)
    shutil.copytree(shipped() / PICTURES, folder.path / PICTURES)
    return folder


def _loaded(folder: Path) -> Loaded:
    read = read_library(folder, datetime.now(UTC))
    assert read.loaded is not None, "\n".join(map(str, errors(read.problems)))
    return read.loaded


def _contents(folder: Path) -> dict[str, bytes]:
    return dict(read_folder(folder)[0])


def _merged(base: str, theirs: str, ours: str, *, guarded: bool = False) -> tuple[object, Notes]:
    notes = Notes()
    merger = Merger("a.yaml", lambda _: guarded, notes)
    return data_of(merger.document(*map(read_nodes, (base, theirs, ours))).root), notes


def test_an_untouched_folder_becomes_what_ships_today(earlier: Folder) -> None:
    assert main(["upgrade-knowledge", str(earlier.path)]) == 0
    assert _contents(earlier.path) == _contents(shipped())


def test_every_edit_of_an_operator_is_still_there_afterwards(earlier: Folder) -> None:
    names = renamed_concepts()
    legs, agony = (name if name in _concepts() else names[name] for name in ("legs_word", "agony_word"))
    earlier.edit(f"{EN}/signs.yaml", "stroke:\n", 'stroke:\n  # seen in our clinic\n  - "{agony_word} {own_thing}"\n')
    earlier.edit(f"{EN}/signs.yaml", '  - "{numb} {legs_word} + unless: {sit|cross_legged|leg_day}"\n', "")
    earlier.edit(f"{EN}/vocabulary/body.yaml", "  temple: [temple]\n", "  temple: [temple, side bit]\n")
    earlier.edit(f"{EN}/phrases/conversation.yaml", "What hurts? Tell me in your own words.", "Where is it sore?")
    earlier.edit(f"{EN}/conditions/head_face.yaml", "    - my head is pounding\n", "    - my bonce is banging\n")
    earlier.write(
        f"{EN}/vocabulary/own.yaml",
        "concepts:\n  own_thing: [zorble]\n  legs_word: [pins]\ngroups:\n  own_group: [own_thing]\n",
    )
    earlier.append("cases/en.yaml", "\n- case: Ours\n  say: my knee hurts\n  expect: {condition: knee_pain}\n")
    before = _contents(earlier.path)

    assert main(["upgrade-knowledge", str(earlier.path)]) == 0

    texts = _loaded(earlier.path).knowledge.texts["en"]
    signs = {flag: text.signs for flag, text in texts.red_flags.items()}
    assert f"{{{agony}}} {{own_thing}}" in signs["stroke"]
    assert "# seen in our clinic" in (earlier.path / EN / "signs/stroke.yaml").read_text("utf-8")
    assert f"{{numb}} {{{legs}}} + unless: {{sit|cross_legged|leg_day}}" not in signs["cauda_equina"]
    assert "side bit" in texts.vocabulary.concepts["temple"]
    assert {"pins", "legs"} <= {*texts.vocabulary.concepts[legs]}
    assert texts.vocabulary.groups["own_group"] == ("own_thing",)
    assert texts.phrases["start.again"] == "Where is it sore?"
    assert "my bonce is banging" in texts.conditions["headache"].phrases
    assert "my head is pounding" not in texts.conditions["headache"].phrases
    assert "- case: Ours" in (earlier.path / "cases/en.yaml").read_text("utf-8")
    assert not (earlier.path / EN / "signs.yaml").exists()
    assert _contents(earlier.path.with_name(earlier.path.name + BACKUP)) == before
    summary = (earlier.path / SUMMARY).read_text("utf-8")
    assert "own_group: say what this group means" in summary
    assert f"{EN}/signs/cauda_equina.yaml: cauda_equina > {{numb}} {{{legs}}}" in summary


def _concepts() -> set[str]:
    return {*_loaded(shipped()).knowledge.texts["en"].vocabulary.concepts}


@pytest.mark.safety("S-66")
def test_what_the_bot_does_not_run_without_is_put_back(earlier: Folder) -> None:
    """This concerns core red flags, and signs without which one is no longer recognised."""
    path = earlier.path / EN / "signs.yaml"
    before, _, after = path.read_text("utf-8").partition("\nsuicidal_crisis:\n")
    signs, _, rest = after.partition("\noverdose_poisoning:\n")
    lines = signs.splitlines()
    path.write_text(f"{before}\nsuicidal_crisis:\n{lines[0]}\noverdose_poisoning:\n{rest}", "utf-8")
    assert main(["upgrade-knowledge", str(earlier.path)]) == 0
    today = _loaded(shipped()).knowledge.texts["en"].red_flags
    assert _loaded(earlier.path).knowledge.texts["en"].red_flags["suicidal_crisis"] == today["suicidal_crisis"]
    assert "put back" in (earlier.path / SUMMARY).read_text("utf-8")


def test_nothing_changes_where_it_cannot_be_done(earlier: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    earlier.append(f"{EN}/areas.yaml", "broken: [\n")
    before = _contents(earlier.path)
    assert main(["upgrade-knowledge", str(earlier.path)]) == 1
    assert f"knowledge/{EN}/areas.yaml" in capsys.readouterr().err
    assert _contents(earlier.path) == before
    assert not earlier.path.with_name(earlier.path.name + BACKUP).exists()


def test_a_folder_of_today_and_a_second_run_are_refused(whole: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["upgrade-knowledge", str(whole.path)]) == 1
    assert "no knowledge folder of 0.1.0" in capsys.readouterr().err
    whole.write(f"{EN}/signs.yaml", "{}\n")
    whole.path.with_name(whole.path.name + BACKUP).mkdir()
    assert main(["upgrade-knowledge", str(whole.path)]) == 1
    assert "is there already" in capsys.readouterr().err


def test_pictures_of_the_operator_are_kept_and_others_are_todays() -> None:
    earlier = EarlierRelease({}, {f"pictures/{each}.jpg": hash_of(b"old") for each in "abcd"})
    theirs = {f"pictures/{each}.jpg": b"mine" if each in "be" else b"old" for each in "abde"}
    today = {f"pictures/{each}.jpg": b"new" for each in "abc"}
    done = upgraded(theirs, today, earlier, {})
    assert {name[9]: content for name, content in done.files.items()} == {
        "a": b"new",
        "b": b"mine",
        "c": b"new",
        "e": b"mine",
    }
    assert done.notes.undecided == ["pictures/b.jpg"]
    assert done.notes.edits == ["pictures/e.jpg"]


def test_names_and_places_that_changed_are_changed_in_the_operators_lines() -> None:
    name = f"{EN}/vocabulary"
    earlier = EarlierRelease({f"{name}/a.yaml": b"concepts:\n  ow_word: [ow]\n  knee: [knee]\n"}, {})
    theirs = {
        f"{name}/a.yaml": b"concepts:\n  ow_word: [ow, ouch]\n  knee: [knee]\n",
        f"{name}/mine.yaml": b'complaints:\n  knee_pain: ["{ow_word|knee}"]\n',
        f"{EN}/signs.yaml": b'own_flag: ["{ow_word}"]\n',
    }
    today = {f"{name}/b.yaml": b"concepts:\n  cry_of_pain: [ow]\n", f"{name}/a.yaml": b"concepts:\n  knee: [knee]\n"}
    done = upgraded(theirs, today, earlier, {"ow_word": "cry_of_pain", "gone_word": "gone_away"})
    assert {file: yaml.safe_load(content) for file, content in done.files.items()} == {
        f"{name}/a.yaml": {"concepts": {"knee": ["knee"]}},
        f"{name}/b.yaml": {"concepts": {"cry_of_pain": ["ow", "ouch"]}},
        f"{name}/mine.yaml": {"complaints": {"knee_pain": ["{cry_of_pain|knee}"]}},
        f"{EN}/signs/own_flag.yaml": {"own_flag": ["{cry_of_pain}"]},
    }


@pytest.mark.parametrize(
    ("base", "theirs", "ours", "merged", "undecided"),
    [
        ("{a: x}", "{a: y}", "{a: x}", {"a": "y"}, 0),
        ("{a: x}", "{a: x}", "{a: z}", {"a": "z"}, 0),
        ("{a: x}", "{a: y}", "{a: z}", {"a": "y"}, 1),
        ("{a: x}", "{a: x, b: c}", "{a: z, d: e}", {"a": "z", "d": "e", "b": "c"}, 0),
        ("{a: x, b: y}", "{b: y}", "{a: x, b: z}", {"b": "z"}, 0),
        ("{a: x, b: y}", "{a: x, b: own}", "{a: x}", {"a": "x", "b": "own"}, 1),
        ("{a: x, b: y}", "{a: x, b: y}", "{a: x}", {"a": "x"}, 0),
        ("[a, b]", "[a, b, mine]", "[a, b, ours]", ["a", "b", "ours", "mine"], 0),
        ("[a, b]", "[b]", "[a, b, ours]", ["b", "ours"], 0),
        ("[a, b]", "[a, my b]", "[a, our b]", ["a", "our b", "my b"], 1),
        ("[a, b]", "[b, a]", "[a, b]", ["b", "a"], 0),
        ("[a, b]", "[b, a]", "[a, b, ours]", ["b", "a", "ours"], 1),
        ("[a, b]", "[mine, a, b]", "[a, b]", ["mine", "a", "b"], 0),
        ("[a, b]", "[a, mine, b]", "[{match: a, because: c}, b]", [{"match": "a", "because": "c"}, "b", "mine"], 0),
        ("[{id: a, v: x}]", "[{id: a, v: y}]", "[{id: a, v: x, w: z}]", [{"id": "a", "v": "y", "w": "z"}], 0),
    ],
)
def test_what_either_side_changed_is_merged(base: str, theirs: str, ours: str, merged: object, undecided: int) -> None:
    data, notes = _merged(base, theirs, ours)
    assert data == merged
    assert len(notes.undecided) == undecided
    assert _merged(base, base, ours)[0] == data_of(read_nodes(ours).root)


def test_what_is_guarded_is_not_removed() -> None:
    data, notes = _merged("{a: [x, y]}", "{a: [x]}", "{a: [x, y, z]}", guarded=True)
    assert data == {"a": ["x", "y", "z"]}
    assert notes.restored == ["a.yaml: a > y"]


def test_comments_of_the_operator_are_kept_and_those_of_the_release_are_not() -> None:
    base = read_nodes("# shipped\na: x\nb: y\n")
    theirs = read_nodes("# shipped\n# mine\na: x\n# gone\nb: y\n# last\n")
    merged = Merger("a.yaml", lambda _: False, Notes()).document(base, theirs, read_nodes("# new\na: z\n"))
    assert text_of(merged) == "# mine\n# new\na: z\n# gone\n# last\n"


_LINES = st.lists(st.sampled_from("abcdef"), unique=True)
_TREES = st.dictionaries(st.sampled_from("pqr"), _LINES)


@given(_TREES, _TREES, _TREES)
def test_no_addition_and_no_removal_is_lost(
    base: dict[str, list[str]], theirs: dict[str, list[str]], ours: dict[str, list[str]]
) -> None:
    documents = [read_nodes(yaml.safe_dump(each)) for each in (base, theirs, ours)]
    merged = data_of(Merger("a.yaml", lambda _: False, Notes()).document(*documents).root)
    assert isinstance(merged, dict)
    for key in {*base, *theirs, *ours}:
        found, old, mine, new = ({*each.get(key, ())} for each in (merged, base, theirs, ours))
        assert mine - old <= found
        assert not found & (old - mine)
        assert new - old <= found or not mine
        assert found <= mine | new


def test_unreadable_files_are_all_reported() -> None:
    with pytest.raises(UpgradeError, match=r"(?s)a\.yaml:1.*b\.yaml:1"):
        upgraded({"a.yaml": b"[", "b.yaml": b"{"}, {}, EarlierRelease({}, {}), {})
