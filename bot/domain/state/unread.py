"""Which open questions a text has failed to answer (S-24).

That is remembered by question, in the chat's row, until the question is answered: whatever comes between changes
nothing, and the next text that does not answer counts as yes.
"""

from dataclasses import replace

from bot.domain.state.dialogue import Dialogue, Stage


def asked_again(dialogue: Dialogue) -> bool:
    """Whether one text did not answer the question that is open."""
    return _question(dialogue) in dialogue.unread


def noted(dialogue: Dialogue) -> Dialogue:
    """The dialogue after a text that does not answer the open question."""
    return replace(dialogue, unread=tuple(dict.fromkeys((*dialogue.unread, _question(dialogue)))))


def answered(dialogue: Dialogue) -> Dialogue:
    """The dialogue after an answer to the open question, whose stage must not have changed yet."""
    question = _question(dialogue)
    return replace(dialogue, unread=tuple(each for each in dialogue.unread if each != question))


def _question(dialogue: Dialogue) -> str:
    """The open question by its stage, and what it is about where a stage asks about different things."""
    match dialogue.stage:
        case Stage.HALF_HEARD:
            about = ",".join(dialogue.doubts)
        case Stage.QUESTION:
            about = dialogue.asked
        case Stage.UNTICK:
            about = dialogue.unticking
        case _:
            about = ""
    return f"{dialogue.stage}:{about}"
