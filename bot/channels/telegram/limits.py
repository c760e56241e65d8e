"""Telegram's limits on messages, and functions that cut texts to fit. Lengths are in UTF-16 units, as in Telegram."""

import html
import re

TEXT = 4096
CAPTION = 1024
NOTICE = 200
BUTTONS = 100
DATA_BYTES = 64
RESULTS = 50

TOKEN = re.compile(r"</?\w+>|&#?\w+;|\n\n|.", re.DOTALL)
TAG = re.compile(r"</?(\w+)>")
BORDERS = ("\n\n", "\n", " ")  # where to cut, best first


def length(text: str) -> int:
    """The length of a plain text in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def plain(markup: str) -> str:
    """The visible text of an HTML text: without tags, entities decoded."""
    return html.unescape(TAG.sub("", markup))


def cut(text: str, limit: int) -> str:
    """A plain text cut to at most `limit` units, with an ellipsis at the end if it was cut."""
    if length(text) <= limit:
        return text
    while length(text) >= limit:
        text = text[:-1]
    return text.rstrip() + "…"


def split(markup: str, limit: int) -> list[str]:
    """The HTML text in pieces of at most `limit` visible units each.

    It is cut between paragraphs, else between lines, else between words, never inside a tag or an entity. A tag that is
    open at a cut is closed there and opened again after it.
    """
    pieces = []
    while length(plain(markup)) > limit:
        tokens = TOKEN.findall(markup)
        at = _cut_at(tokens, limit)
        head, tail = "".join(tokens[:at]).rstrip(), "".join(tokens[at:]).lstrip()
        tags = _open_tags(tokens[:at])
        if plain(head):
            pieces.append(head + "".join(f"</{tag}>" for tag in reversed(tags)))
        markup = "".join(f"<{tag}>" for tag in tags) + tail
    return [*pieces, markup]


def _cut_at(tokens: list[str], limit: int) -> int:
    """The index of the token to cut before: the last at the best kind of border, else the first that does not fit."""
    best = dict.fromkeys(BORDERS, 0)
    room = limit
    for index, token in enumerate(tokens):
        for border in BORDERS:
            if token.startswith(border) and index:
                best[border] = index
        room -= length(plain(token))
        if room < 0:
            return next((best[border] for border in BORDERS if best[border]), index) or 1
    return len(tokens)


def _open_tags(tokens: list[str]) -> list[str]:
    tags: list[str] = []
    for token in tokens:
        found = TAG.fullmatch(token)
        if found and token.startswith("</"):
            tags.remove(found[1])
        elif found:
            tags.append(found[1])
    return tags
