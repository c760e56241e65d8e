"""Answers that others can read too: in groups, and as results of an inline query. Nothing is stored about them."""

from bot.config.settings import Contacts
from bot.domain.knowledge import Knowledge
from bot.domain.turns.doubts import stopping
from bot.domain.turns.flags import advised
from bot.domain.turns.pages import refusal
from bot.domain.turns.replies import Advice
from bot.domain.understanding.understood import Understood
from bot.library.library import Library
from bot.rendering import Wording, render
from bot.rendering.cards import general_text
from bot.services.messages import Answer, Article, Key, Outgoing
from bot.services.sealed_messages import LANGUAGE, wording_of

MOST_ARTICLES = 5


class GroupAnswers:
    """Answers groups and inline queries. Safe to call from many threads.

    `username` is the bot's own, for links into the private chat; "" until the channel knows it, and then no links.
    """

    def __init__(self, library: Library, contacts: Contacts) -> None:
        self._library = library
        self._contacts = contacts
        self.username = ""

    def group(self, text: str, command: str, *, mentioned: bool) -> Answer:
        """The answer to a message in a group: help for a red flag, a general card, or a link to the private chat.

        Above the answer to a half-heard one stands the emergency line; nothing is asked (S-80). Without a red flag the
        answer is empty, unless the message is a `command` or the bot was `mentioned`.
        """
        loaded = self._library.current
        wording = self._wording(loaded.knowledge)
        understood = loaded.understanding[LANGUAGE].understand(text)
        if flags := understood.stopping:
            return Answer(
                (Outgoing(render(Advice(advised(flags, loaded.knowledge), withdrawable=False), wording).html),),
                urgent=True,
            )
        if not (command or mentioned):
            return Answer()
        if understood.refusal:
            return Answer((Outgoing(render(refusal(understood.refusal), wording).html),))
        help_first = _emergency_line(understood, loaded.knowledge, wording)
        if understood.points:
            code = understood.points[0]
            return Answer((Outgoing(help_first + general_text(code, wording), self._link(f"p_{code}", wording)),))
        payload = f"c_{understood.accepted[0].id}" if understood.accepted else "start"
        return Answer((Outgoing(help_first + wording.phrase("group.lead"), self._link(payload, wording)),))

    def urgent(self, text: str) -> bool:
        """Whether a message of a group contains a warning sign."""
        return bool(self._library.current.understanding[LANGUAGE].understand(text).stopping)

    def inline(self, query: str) -> tuple[Article, ...]:
        """At most MOST_ARTICLES results for an inline query: general cards, or for a red flag how to get help."""
        loaded = self._library.current
        wording = self._wording(loaded.knowledge)
        understood = loaded.understanding[LANGUAGE].understand(query)
        if flags := understood.stopping:
            html = render(Advice(advised(flags, loaded.knowledge), withdrawable=False), wording).html
            return (
                Article("help", wording.plain("inline.help_title"), wording.plain("inline.help_description"), html),
            )
        if understood.refusal:
            return ()
        help_first = _emergency_line(understood, loaded.knowledge, wording)
        codes = (*understood.points, *understood.point_choice, *understood.points_close)[:MOST_ARTICLES]
        articles = [self._article(code, help_first, wording) for code in dict.fromkeys(codes)]
        if help_first and not articles:
            title, description = wording.plain("inline.help_title"), wording.plain("inline.help_description")
            return (Article("help", title, description, help_first.strip()),)
        return tuple(articles)

    def _wording(self, knowledge: Knowledge) -> Wording:
        return wording_of(knowledge, self._contacts)

    def _article(self, code: str, help_first: str, wording: Wording) -> Article:
        region = wording.texts.regions[wording.knowledge.points[code].region]
        html = f"{help_first}{general_text(code, wording)}\n{wording.phrase('inline.open')}"
        return Article(code, wording.point_name(code), region, html)

    def _link(self, payload: str, wording: Wording) -> tuple[tuple[Key, ...], ...]:
        if not self.username:
            return ()
        url = f"https://t.me/{self.username}?start={payload}"
        return ((Key(wording.plain("button.open_privately"), url=url),),)


def _emergency_line(understood: Understood, knowledge: Knowledge, wording: Wording) -> str:
    """Where to get help, to stand above an answer to a text that may mean a warning sign; else nothing."""
    return f"{wording.phrase('emergency_line')}\n\n" if stopping(understood, knowledge) else ""
