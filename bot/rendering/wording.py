"""Fixed texts, names and buttons of one language, with the contacts from the settings."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape

from bot.domain.knowledge import Knowledge
from bot.domain.texts import Texts
from bot.domain.turns.events import Action, Press
from bot.domain.turns.replies import Term


@dataclass(frozen=True, slots=True)
class Button:
    """A button: its label (plain text) and the press it stands for."""

    label: str
    press: Press


@dataclass(frozen=True, slots=True)
class File:
    """A picture (.png) or document made for one person. `make` returns its bytes, slowly; it is not stored."""

    name: str
    make: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class RenderedMessage:
    """One message: HTML with <b> and <i> only, rows of buttons, and perhaps a picture or files.

    `picture` is a file name in the pictures folder of the knowledge, or ""; `alt` describes it in plain text.
    """

    html: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    picture: str = ""
    alt: str = ""
    files: tuple[File, ...] = ()


@dataclass(frozen=True, slots=True)
class Wording:
    """The texts of one language, with the contacts from the settings (S-14). Values are escaped (S-64)."""

    knowledge: Knowledge
    texts: Texts
    emergency: str
    crisis: str

    def phrase(self, key: str, **values: str) -> str:
        """The fixed text `key` as HTML with `values`, which are plain text. Raises KeyError if any is missing."""
        contacts = {"emergency": self.emergency, "crisis": self.crisis}
        escaped = {name: escape(value, quote=False) for name, value in (contacts | values).items()}
        return self.texts.phrases[key].format(**escaped)

    def plain(self, key: str) -> str:
        """The fixed text `key` unchanged, for labels and notices. Raises KeyError if it is missing."""
        return self.texts.phrases[key]

    def has(self, key: str) -> bool:
        """Whether there is such a fixed text."""
        return key in self.texts.phrases

    def name(self, term: Term) -> str:
        """The name of something, as plain text."""
        match term.kind:
            case "condition":
                return self.texts.conditions[term.id].name
            case "point":
                return self.point_name(term.id)
            case "area":
                return self.texts.areas[term.id]
            case "row":
                return self.texts.checklist[term.id].line
            case "flag":
                return self._flag_name(term.id)
            case "contraindication":
                return self.texts.contraindications[term.id].name
            case "phrase":
                return self.texts.phrases[term.id]
            case "person":
                return self.person(term.id)
            case "text":
                return term.id

    def listed(self, names: Iterable[str]) -> str:
        """The names joined by the language's separator, as plain text."""
        return f"{self.texts.phrases['list.separator']} ".join(names)

    def point_name(self, code: str) -> str:
        """Code and name of a point: "LI4 Joining Valley"."""
        return f"{code} {self.texts.points[code].name}"

    def person(self, about: str) -> str:
        """The name for the person a question is about ("your mum"); a general one if `about` is unknown."""
        key = f"person.{about}"
        return self.texts.phrases[key if self.has(key) else "person.other"]

    def button(self, key: str, action: Action, arg: str = "") -> Button:
        """A button labelled with the phrase `button.<key>`."""
        return Button(self.texts.phrases[f"button.{key}"], Press(action, arg))

    def _flag_name(self, id_: str) -> str:
        if id_ in self.texts.red_flags:
            return self.texts.red_flags[id_].name
        return self.texts.phrases["flag.from_question"]
