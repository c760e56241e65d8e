"""One chat with the pure core: what is said and pressed, with a clock that the test sets."""

from dataclasses import dataclass, field

from bot.domain.knowledge import Knowledge, Urgency
from bot.domain.state.dialogue import Dialogue, Stage, expire
from bot.domain.turns.advance import Turn, advance
from bot.domain.turns.events import Action, Commanded, Event, Press, Pressed, Said, SentOther
from bot.domain.turns.replies import Card, Overview, Reply
from bot.domain.understanding.understood import HeardCondition, HeardFlag, TypedAnswer, Understood
from tests.knowledge_for_tests import tiny

MINUTE = 60.0
START = 1_000_000.0


def heard(*ids: str) -> tuple[HeardCondition, ...]:
    """Complaints that a text names."""
    return tuple(HeardCondition(id_, 1.0, (id_,)) for id_ in ids)


def flag(id_: str, urgency: Urgency = Urgency.EMERGENCY) -> HeardFlag:
    """A red flag that a text raises."""
    return HeardFlag(id_, urgency, (id_,))


def complaint(*ids: str, about: str = "", ticked: frozenset[str] = frozenset()) -> Understood:
    """A text that names complaints."""
    return Understood(accepted=heard(*ids), about=about, ticked=ticked)


@dataclass
class Chat:
    """A chat at the time `now`. Like the conversation it expires the dialogue before each turn."""

    knowledge: Knowledge = field(default_factory=tiny)
    now: float = START
    dialogue: Dialogue = field(default_factory=lambda: Dialogue(revision=7, began_at=START))
    replies: tuple[Reply, ...] = ()

    def handle(self, event: Event) -> Turn:
        """One turn."""
        turn = advance(expire(self.dialogue, self.now), event, self.knowledge, self.now)
        self.dialogue, self.replies = turn.dialogue, turn.replies
        return turn

    def say(self, text: Understood) -> Turn:
        """A text came in."""
        return self.handle(Said(text))

    def wants(self, *ids: str, about: str = "") -> Turn:
        """A text that names complaints came in."""
        return self.say(complaint(*ids, about=about))

    def answer(self, answer: TypedAnswer) -> Turn:
        """A typed yes, no or not sure."""
        return self.say(Understood(answer=answer))

    def press(self, action: Action, arg: str = "", revision: int | None = None) -> Turn:
        """A button of the newest message, or one of an older `revision`."""
        made_at = self.dialogue.revision if revision is None else revision
        return self.handle(Pressed(Press(action, arg), made_at))

    def command(self, name: str, text: Understood | None = None, argument: str = "") -> Turn:
        """A command."""
        return self.handle(Commanded(name, text or Understood(), argument))

    def voice_message(self) -> Turn:
        """Something that is not text."""
        return self.handle(SentOther())

    def later(self, seconds: float) -> None:
        """Time goes by."""
        self.now += seconds

    def screened(self, *ids: str) -> "Chat":
        """The healthy way: a complaint, no warning signs, an empty checklist."""
        self.wants(*ids)
        while self.stage is Stage.QUESTION:
            self.press(Action.ANSWER_NONE)
        if self.stage is Stage.DOCTOR:
            self.press(Action.DOCTOR_YES)
        if self.stage is Stage.CHECKLIST:
            self.press(Action.DONE)
        return self

    def last(self) -> tuple[Reply, ...]:
        """The last replies (a call, because a checker would hold an attribute to be what it was compared with)."""
        return self.replies

    @property
    def stage(self) -> Stage:
        """Which question is open."""
        return self.dialogue.stage

    @property
    def points(self) -> tuple[str, ...]:
        """The points whose text the last replies carry."""
        codes: list[str] = []
        for reply in self.replies:
            if isinstance(reply, Overview):
                codes += reply.plan.points
            if isinstance(reply, Card):
                codes.append(reply.point)
        return tuple(codes)
