"""The grammar of pattern lines and its only parser. docs/patterns.md explains it to editors.

    line   = [ "weak: " ] part { " + " part } ;
    part   = [ mark " " ] item { " " item } ;
    mark   = "ever:" | "unless:" | "beside:" ;
    item   = word | group ;
    group  = "{" name { "|" name } "}" ;                   (* names of the vocabulary: any of these *)
    name   = small | digit | "_" { small | digit | "_" } ;   (* small: "a" to "z" *)
    word   = letter | digit { letter | digit | "'" | "-" } ;  (* small letters of any script; no mark *)
    plain  = text without "{" "}" "[" "]" "|" "+" ;        (* a phrase as people write it *)

Blanks count: exactly one where the grammar has one, none elsewhere. Nothing in a line is skipped, so
`str(parse(text)) == text` for every text that is not refused. Whether the vocabulary has a word or a name is checked
elsewhere, in `bot.library.checks.patterns`.
"""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

MARKS = ("ever", "unless", "beside")
REMEMBERED = 8_192  # lines
WEAK = "weak"  # the mark of a whole line, at its beginning

_PIECE = re.compile(r"\{[^{}]*\}|[^ {}]+")
_BRACES = re.compile(r"\{[^{}]*\}")
_NAME = re.compile(r"[a-z0-9_]+")
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*'?")
_MARKED = re.compile(r"([^\W\d_]+) ?:")
_STRAY = re.compile(r"[{}\[\]|<>]")


class PatternSyntaxError(ValueError):
    """A line breaks the grammar. `fault` says what is wrong and quotes the chunk, `hint` says how to mend it."""

    def __init__(self, fault: str, hint: str) -> None:
        super().__init__(f"{fault}. {hint}")
        self.fault = fault
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Text:
    """A word as it is written; in a plain phrase with the punctuation attached to it."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Group:
    """Any one of these concepts and groups of the vocabulary."""

    names: tuple[str, ...]

    def __str__(self) -> str:
        return f"{{{'|'.join(self.names)}}}"


@dataclass(frozen=True, slots=True)
class Chunk:
    """The text between two ` + `, parsed. `mark` is one of MARKS, or ""."""

    mark: str
    items: tuple[Text | Group, ...]

    def __str__(self) -> str:
        return " ".join([*([f"{self.mark}:"] if self.mark else ()), *map(str, self.items)])


@dataclass(frozen=True, slots=True)
class Line:
    """A parsed line. `str(line)` is the line as it was written."""

    chunks: tuple[Chunk, ...]
    weak: bool = False

    def __str__(self) -> str:
        return f"{WEAK}: " * self.weak + " + ".join(map(str, self.chunks))

    @property
    def groups(self) -> tuple[Group, ...]:
        """All groups, in order."""
        return tuple(item for chunk in self.chunks for item in chunk.items if isinstance(item, Group))

    @property
    def words(self) -> tuple[str, ...]:
        """All words outside groups, in order."""
        return tuple(item.text for chunk in self.chunks for item in chunk.items if isinstance(item, Text))


@lru_cache(REMEMBERED)  # every check of a folder parses every line, and so does whoever understands by it
def parse(text: str, *, plain: bool = False) -> Line:
    """Parses a line. `plain` also allows capitals and punctuation, where the text has none of `{}[]|<>`.

    Raises PatternSyntaxError for the first chunk that breaks the grammar.
    """
    plain = plain and not _STRAY.search(text)
    _refuse_blanks(text)
    line = text.removeprefix(f"{WEAK}: ")
    return Line(tuple(_chunk(each, plain=plain) for each in line.split(" + ")), weak=line != text)


def _refuse_blanks(text: str) -> None:
    if text != text.strip() or "  " in text or re.search(r"[^\S ]", text):
        raise PatternSyntaxError(f'"{text}" has a blank too many', "Write one blank between two things.")


def _chunk(text: str, *, plain: bool) -> Chunk:
    if not text:
        raise PatternSyntaxError("nothing is written here", "Fill it in, or take it out.")
    if not text.strip("+ "):
        raise PatternSyntaxError('a part beside "+" is empty', "Fill it in, or take that + out.")
    if text.startswith("+ ") or text.endswith(" +"):
        raise PatternSyntaxError(f'a part is missing beside the "+" of "{text}"', "Fill it in, or take that + out.")
    if "+" in text:
        raise PatternSyntaxError(f'"+" in "{text}" has no blanks around it', 'Write " + " between two parts.')
    mark, body = _marked(text)
    if not body:
        raise PatternSyntaxError(f'nothing stands behind "{mark}:"', "Say what it is about, or take it out.")
    if plain:
        _refuse_brackets(body)
        return Chunk(mark, tuple(map(Text, body.split(" "))))
    return Chunk(mark, tuple(map(_item, _pieces(body))))


def _marked(text: str) -> tuple[str, str]:
    """Splits a chunk into its mark ("" without one) and the rest. A mark anywhere else is refused."""
    first, _, rest = text.partition(" ")
    mark, body = (first[:-1], rest) if first[:-1] in MARKS and first.endswith(":") else ("", text)
    for found in _MARKED.finditer(body):
        raise _misplaced(found[1], text)
    return mark, body


def _misplaced(word: str, text: str) -> PatternSyntaxError:
    if word == WEAK:
        return PatternSyntaxError(f'"{WEAK}:" is misplaced in "{text}"', f'Begin the line with "{WEAK}: ", once.')
    if word in MARKS and text.startswith(f"{word}:"):
        return PatternSyntaxError(f'"{text}" needs a blank behind "{word}:"', f'Write "{word}: ".')
    if word in MARKS:
        return PatternSyntaxError(f'"{word}:" stands inside the part "{text}"', f'Write " + {word}: ...".')
    known = (*MARKS, WEAK)
    near = get_close_matches(word.lower(), known, n=1, cutoff=0.5)
    hint = f'Did you mean "{near[0]}:"?' if near else f"Known are: {', '.join(f'{mark}:' for mark in known)}."
    return PatternSyntaxError(f'"{word}:" is no mark', hint)


def _pieces(body: str) -> list[str]:
    """The groups and words of a chunk. Refused unless braces are paired and single blanks separate all pieces."""
    stray = re.search(r"[{}]", _BRACES.sub("", body))
    if stray:
        raise PatternSyntaxError(f'"{body}" has a "{stray[0]}" without its other half', "Write {name} or {a|b}.")
    pieces = _PIECE.findall(body)
    if " ".join(pieces) != body:
        raise PatternSyntaxError(f'"{body}" lacks a blank beside a "{{" or "}}"', "Write {a} {b}, each by itself.")
    return pieces


def _item(piece: str) -> Text | Group:
    if not piece.startswith("{"):
        return Text(_word(piece))
    names = piece[1:-1].split("|")
    for name in names:
        if not _NAME.fullmatch(name):
            what = f'"{name}" in "{piece}" is no name' if name else f'"{piece}" has an empty name'
            small = name.strip().lower()
            near = f'Did you mean "{small}"?' if _NAME.fullmatch(small) else "Write {name} or {a|b}."
            raise PatternSyntaxError(what, f"{near} Names have small letters, digits and _, and no blanks.")
    return Group(tuple(names))


def _word(piece: str) -> str:
    if piece in MARKS:
        raise PatternSyntaxError(f'"{piece}" lacks its colon', f'Did you mean "{piece}:"?')
    if not _WORD.fullmatch(piece) or piece != piece.lower():
        raise PatternSyntaxError(
            f'"{piece}" is no word', "Words have small letters, digits, ' and -; names stand in {}."
        )
    return piece


def _refuse_brackets(body: str) -> None:
    """Refuses unpaired round brackets in a plain phrase; pairs are fine ("loose motions (diarrhoea)")."""
    bare = body
    while "(" in bare and (shorter := re.sub(r"\([^()]+\)", "", bare)) != bare:
        bare = shorter
    if "(" in bare or ")" in bare:
        raise PatternSyntaxError(f'"{body}" has a bracket without its other half', "Close it, or take it out.")
