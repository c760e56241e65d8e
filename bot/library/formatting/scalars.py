"""Writes one text as a YAML scalar: plain if YAML allows it, else quoted, folded or as a literal block."""

import re
from textwrap import wrap

WIDTH = 120  # characters that a line should have at most
LIMIT = 200  # characters that a line must not exceed if its text can be broken

_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`=<](?:[^\n#:]|:(?=\S)|(?<=\S)#)*")
_PLAIN_START = re.compile(r"-(?=[^\s-])")  # "-5 kg" needs no quotes
_FLOW = re.compile(r"[,\[\]{}]")
_PART = re.compile(r" (?=\+ )")  # where a pattern is broken if possible
_PIECE = re.compile(r"[^ |]*[ |]|[^ |]+")
_ESCAPED = re.compile(r"[\"\\]")
_NEW_LINES = re.compile(r"(\n+)")
_PRINTABLE = re.compile(r"[^\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]*")


def inline(text: str, *, flow: bool = False) -> str:
    """Return the text as a scalar on one line. `flow` means within brackets or braces, where commas separate items."""
    if "{" not in text and _is_plain(text) and not (flow and (_FLOW.search(text) or ":" in text)):
        return text
    if _PRINTABLE.fullmatch(text):
        if '"' not in text and "\\" not in text:
            return f'"{text}"'
        return "'" + text.replace("'", "''") + "'"
    return '"' + "".join(map(_escaped, text)) + '"'


def several_lines(text: str, first: int, indent: int) -> list[str] | None:
    """Return the text as a scalar of several lines, or None if it should be on one line.

    `first` is the column of the first line, which has the opening sign; `indent` is the indent of the lines below.
    """
    if "\n" in text:
        return _line_by_line(text, indent)
    if first + len(inline(text)) <= WIDTH or not _can_be_folded(text):
        return None
    lines = _folded(text, WIDTH - indent)
    if max(map(len, lines)) + indent > LIMIT and "|" in text and not _ESCAPED.search(text):
        return _broken(text, indent)
    return [">-", *(" " * indent + line for line in lines)]


def _broken(text: str, indent: int) -> list[str]:
    """Return the text in double quotes on several lines, broken at blanks and behind the bars of a pattern."""
    lines = [""]
    for piece in _PIECE.findall(text):
        if len(lines[-1]) + len(piece) + indent + len('"\\') > WIDTH and lines[-1]:
            lines.append("")
        lines[-1] += piece
    lines = [f'"{lines[0]}', *(" " * indent + line for line in lines[1:])]
    return [*(f"{line}\\" for line in lines[:-1]), f'{lines[-1]}"']


def _is_plain(text: str) -> bool:
    start = text[1:] if _PLAIN_START.match(text) else text
    return bool(start and _PLAIN.fullmatch(start) and _PRINTABLE.fullmatch(text)) and text == text.strip()


def _escaped(char: str) -> str:
    known = {"\n": "\\n", "\t": "\\t", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
    if char in known:
        return known[char]
    return char if _PRINTABLE.fullmatch(char) else f"\\u{ord(char):04x}"


def _can_be_folded(text: str) -> bool:
    return bool(_PRINTABLE.fullmatch(text)) and text == " ".join(text.split()) and " " in text


def _folded(text: str, width: int) -> list[str]:
    """Return the text in lines that a blank joins. A pattern is broken before its parts if they fit."""
    lines: list[str] = []
    for part in _PART.split(text):
        if lines and len(lines[-1]) + 1 + len(part) <= width:
            lines[-1] += f" {part}"
        else:
            lines += wrap(part, width, break_long_words=False, break_on_hyphens=False)
    return lines


def _line_by_line(text: str, indent: int) -> list[str] | None:
    """Return the text as a literal block, or folded if it does not fit; None if neither can express it."""
    body = text.removesuffix("\n")
    lines = body.split("\n")
    sign = "|" if text.endswith("\n") else "|-"
    sound = all(_PRINTABLE.fullmatch(line) and line == line.rstrip() and len(line) + indent <= LIMIT for line in lines)
    if sound and lines[0][:1].strip() and lines[-1]:
        return [sign, *(" " * indent + line if line else "" for line in lines)]
    return _paragraphs(body, sign.replace("|", ">"), indent)


def _paragraphs(body: str, sign: str, indent: int) -> list[str] | None:
    """Return the lines of the text folded, with one blank line more between them than they have. None if that fails."""
    written = [sign]
    for each in _NEW_LINES.split(body):
        if each.startswith("\n"):
            written += [""] * len(each)
        elif not each or not (_can_be_folded(each) or _is_plain(each)):
            return None
        else:
            written += [" " * indent + line for line in _folded(each, WIDTH - indent)]
    return written
