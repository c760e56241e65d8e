"""Text for the terminal: what a message was understood as and why, and the answer as it would look in the chat."""

import html
import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from bot.domain.texts import Texts
from bot.domain.understanding.understood import HalfHeard, HeardCondition, HeardFlag, Understood
from bot.rendering.because import Section
from bot.services.messages import Answer, Key, Outgoing

_WIDTH: Final = 88  # characters of a line
_LABEL: Final = 15  # characters of a label
_STYLES: Final = {"<b>": "\033[1m", "</b>": "\033[22m", "<i>": "\033[3m", "</i>": "\033[23m"}
_TAG: Final = re.compile("|".join(_STYLES))


def understood_text(understood: Understood, texts: Texts, *, styled: bool = False) -> str:
    """What was understood, one finding on each line, with the words that led to it.

    `styled`, here and below: bold and italic by escape sequences of the terminal.
    """
    found = list(_findings(understood, texts)) or [("nothing", "no complaint, point or warning sign")]
    lines = [_line(label, text) for label, text in found]
    return "\n".join([_heading("Understood", styled=styled), *lines])


def because_text(sections: Iterable[Section], *, styled: bool = False) -> str:
    """The whole explanation, wrapped, each section below its heading."""
    lines = [
        textwrap.indent("\n".join(_wrapped(line, styled=styled, hanging="     ")), "  ")
        for section in sections
        for line in (section.heading, *section.lines)
    ]
    return "\n".join([_heading("Because", styled=styled), *lines])


def answer_text(answer: Answer, *, styled: bool = False) -> str:
    """The messages of the answer, each with its rows of buttons below, and the notice in brackets."""
    blocks = [_message(message, styled=styled) for message in answer.messages]
    if answer.notice:
        blocks.append(f"  ({_printable(answer.notice)})")
    return "\n\n".join([_heading("Answer", styled=styled), *(blocks or ["  (nothing)"])])


def _findings(understood: Understood, texts: Texts) -> Iterator[tuple[str, str]]:
    """Label and text of every finding, the most urgent first."""
    yield from (("red flag", _flag(flag, texts)) for flag in understood.red_flags)
    yield from (("half heard", _doubt(row, texts)) for row in understood.half_heard)
    yield from (("complaint", _complaint(condition, texts)) for condition in understood.accepted)
    yield from (("perhaps", _complaint(condition, texts)) for condition in understood.offered)
    if understood.vague:
        yield "vague", "pain without a place"
    yield from (("point", _point(code, texts)) for code in understood.points)
    yield from (("which point", _point(code, texts)) for code in understood.point_choice)
    if understood.point_unknown:
        yield "no such point", f"{understood.point_unknown} (close: {', '.join(understood.points_close) or 'none'})"
    rows: Mapping[str, str] = {row: text.line for row, text in texts.checklist.items()}
    yield from (("ticked", _named(row, rows)) for row in sorted(understood.ticked))
    names = {name: text.name for name, text in texts.contraindications.items()}
    yield from (("stated", _named(name, names)) for name in sorted(understood.contraindications))
    yield from _manner(understood)


def _manner(understood: Understood) -> Iterator[tuple[str, str]]:
    """Label and text of what is no finding: an answer, a refusal, who the message is about, whether it is readable."""
    if understood.answer:
        yield "answer", understood.answer.value
    if understood.refusal:
        yield "a kind no", understood.refusal
    if understood.topic:
        yield "topic", understood.topic
    if understood.about:
        yield "for", understood.about
    if not understood.readable:
        yield "unreadable", "no English words"


def _flag(flag: HeardFlag, texts: Texts) -> str:
    return f"{flag.urgency.value}: {texts.red_flags[flag.id].name} ({flag.id}){_because(flag.because)}"


def _doubt(row: HalfHeard, texts: Texts) -> str:
    return f"{row.doubt:.2f}  {texts.red_flags[row.id].name} ({row.id}){_because([row.quote])}"


def _complaint(condition: HeardCondition, texts: Texts) -> str:
    return f"{condition.score:.2f}  {texts.conditions[condition.id].name} ({condition.id}){_because(condition.because)}"


def _point(code: str, texts: Texts) -> str:
    return f"{code} ({texts.points[code].name})"


def _named(name: str, names: Mapping[str, str]) -> str:
    return f"{names[name]} ({name})" if name in names else name


def _because(words: Iterable[str]) -> str:
    quoted = ", ".join(f'"{word}"' for word in words)
    return f", because of {quoted}" if quoted else ""


def _message(message: Outgoing, *, styled: bool) -> str:
    lines = [line for source in message.html.split("\n") for line in _wrapped(source, styled=styled)]
    picture = [f"  │ [picture: {message.picture}]"] if message.picture else []
    rows = ["  " + " ".join(_key(key) for key in row) for row in message.keys]
    return "\n".join([*picture, *(f"  │ {line}".rstrip() for line in lines), *rows])


def _wrapped(line: str, *, styled: bool, hanging: str = "") -> list[str]:
    """One line of HTML as wrapped plain text. Tags become escape sequences after wrapping, so they take no width."""
    tags = _TAG.findall(line) if styled else []
    plain = _TAG.sub("\x00" if styled else "", line)
    readable = _printable(html.unescape(plain), keep="\x00")
    wrapped = textwrap.wrap(readable, _WIDTH, subsequent_indent=hanging) or [""]
    style = iter(tags)
    return [re.sub("\x00", lambda _: _STYLES[next(style)], piece) for piece in wrapped]


def _key(key: Key) -> str:
    return f"[ {_printable(key.label)} ]" + (f" {_printable(key.url)}" if key.url else "")


def _heading(text: str, *, styled: bool) -> str:
    return f"\033[1m{text}\033[22m" if styled else text


def _line(label: str, text: str) -> str:
    indent = " " * (_LABEL + 2)
    return textwrap.fill(f"  {label:<{_LABEL}}{_printable(text)}", _WIDTH, subsequent_indent=indent)


def _printable(text: str, keep: str = "") -> str:
    """The text without control characters except `keep`: what people write must not control the terminal."""
    return "".join(sign for sign in text if sign.isprintable() or (keep and sign == keep))
