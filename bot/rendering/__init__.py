"""Renders replies: one reply becomes one message."""

from bot.domain.turns.replies import (
    ActionAgain,
    Advice,
    AskChecklist,
    AskHalfHeard,
    AskQuestion,
    Card,
    DoctorFirst,
    DoubtsFirst,
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
from bot.rendering import cards, screens, sessions, warnings, why
from bot.rendering.wording import Button, File, RenderedMessage, Wording

__all__ = ["Button", "File", "RenderedMessage", "Wording", "render"]


def render(reply: Reply, wording: Wording) -> RenderedMessage:
    """The message for this reply. `MyData` gives only a heading, to which the conversation adds the stored data."""
    match reply:
        case Say():
            return screens.say(reply, wording)
        case Advice() | QuestionAdvice() | ActionAgain():
            return warnings.message(reply, wording)
        case AskQuestion() | DoubtsFirst() | AskHalfHeard():
            return screens.question(reply, wording)
        case AskChecklist():
            return screens.ask_checklist(reply, wording)
        case Stopped():
            return screens.stopped(reply, wording)
        case Referred():
            return screens.referred(reply, wording)
        case DoctorFirst():
            return screens.doctor_first(reply, wording)
        case GeneralCard():
            return cards.general_card(reply, wording)
        case Overview():
            return cards.overview(reply, wording)
        case Precautions():
            return cards.precautions(reply, wording)
        case Card() | RegionMap():
            return cards.card(reply, wording) if isinstance(reply, Card) else cards.region_map(reply, wording)
        case WhyPoint() | WhyThese():
            return why.message(reply, wording)
        case SessionStep() | SessionOutcome() | Progress() | Report():
            return sessions.message(reply, wording)
        case MyData():
            return RenderedMessage(wording.phrase("mydata.lead"))
