"""Replies put into words: one reply becomes one message."""

from bot.domain.turns.replies import (
    Advice,
    AskChecklist,
    AskQuestion,
    Card,
    DoctorFirst,
    GeneralCard,
    MyData,
    Overview,
    Precautions,
    QuestionAdvice,
    Referred,
    RegionMap,
    Reply,
    Say,
    Stopped,
    WhyPoint,
    WhyThese,
)
from bot.domain.turns.session_replies import Progress, Report, SessionOutcome, SessionStep
from bot.rendering import cards, screens, sessions, why
from bot.rendering.wording import Button, File, RenderedMessage, Wording

__all__ = ["Button", "File", "RenderedMessage", "Wording", "render"]


def render(reply: Reply, voice: Wording) -> RenderedMessage:
    """The message that says this reply. `MyData` is only the heading; the conversation adds what is stored."""
    match reply:
        case Say():
            return screens.say(reply, voice)
        case Advice() | QuestionAdvice():
            return screens.advice(reply, voice) if isinstance(reply, Advice) else screens.question_advice(reply, voice)
        case AskQuestion():
            return screens.ask_question(reply, voice)
        case AskChecklist():
            return screens.ask_checklist(reply, voice)
        case Stopped():
            return screens.stopped(reply, voice)
        case Referred():
            return screens.referred(reply, voice)
        case DoctorFirst():
            return screens.doctor_first(reply, voice)
        case GeneralCard():
            return cards.general_card(reply, voice)
        case Overview():
            return cards.overview(reply, voice)
        case Precautions():
            return cards.precautions(reply, voice)
        case Card() | RegionMap():
            return cards.card(reply, voice) if isinstance(reply, Card) else cards.region_map(reply, voice)
        case WhyPoint() | WhyThese():
            return why.message(reply, voice)
        case SessionStep() | SessionOutcome() | Progress() | Report():
            return sessions.message(reply, voice)
        case MyData():
            return RenderedMessage(voice.phrase("mydata.lead"))
