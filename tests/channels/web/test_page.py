"""The page itself: its words come from the knowledge, its parts from the package, and nothing from anywhere else."""

import html
import json
import re

from bot.channels.web.application import STATIC
from bot.library.loader import load
from bot.library.shipped import shipped
from tests.end_to_end.web_site import Served

SLOT = re.compile(r"\$([a-z_]+)")
SPOKEN = re.compile(r"""\b(?:aria-label|title|alt|placeholder)="([^"]*)\"""")


def words() -> dict[str, str]:
    knowledge, _ = load(shipped())
    assert knowledge
    phrases = knowledge.texts["en"].phrases
    return {key.removeprefix("web."): text for key, text in phrases.items() if key.startswith("web.")}


def scripts() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in STATIC.glob("*.js"))


def keys_said() -> set[str]:
    """The keys the scripts use: say("a.b"), say(condition ? "a" : "b") and say(`state.${name}`)."""
    calls = re.findall(r"\bsay\(([^()]*)\)", scripts())
    said = {key for call in calls for key in re.findall(r'"([a-z.]+)"', call)}
    return said | {f"state.{name}" for name in re.findall(r'\b(?:show|state)\("([a-z]+)"\)', scripts())}


def test_every_word_of_the_page_comes_from_the_phrases() -> None:
    page = (STATIC / "page.html").read_text(encoding="utf-8")
    shown = re.sub(r"<[^>]*>", " ", page)
    assert not re.sub(SLOT, "", shown).strip()
    assert all(not attribute or SLOT.fullmatch(attribute) for attribute in SPOKEN.findall(page))


def test_every_phrase_the_page_needs_is_there_and_none_is_left_over() -> None:
    page = (STATIC / "page.html").read_text(encoding="utf-8")
    slots = set(SLOT.findall(page)) - {"language", "words"}
    known = {key.replace(".", "_"): key for key in words()}
    assert slots <= set(known)
    assert keys_said() <= set(words())
    assert {known[slot] for slot in slots} | keys_said() == set(words())


def test_the_page_is_filled_with_the_phrases_and_the_commands(served: Served) -> None:
    body = served.get("/").body.decode()
    given = json.loads(re.findall(r'<script type="application/json" id="words">(.*?)</script>', body)[0])
    assert given["phrases"] == words()
    assert [command["name"] for command in given["commands"]][:2] == ["start", "help"]
    assert {command["name"] for command in given["admin"]} == {"reload", "status", "preview", "unmatched", "rollback"}
    assert html.escape(words()["intro.text"]) in body
    assert "$" not in re.sub(r"<script.*?</script>", "", body)


def test_nothing_is_loaded_from_another_place() -> None:
    for path in STATIC.iterdir():
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"""(?:src|href|url|from|fetch|import)\W{1,3}(?:https?:)?//""", text), path.name


def test_the_scripts_never_build_markup_from_text() -> None:
    for risky in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "DOMParser", "eval(", "Function("):
        assert risky not in scripts()
