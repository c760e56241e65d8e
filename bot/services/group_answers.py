"""What is said where others read along: in groups, and as results of an inline query. Nothing of it is kept."""

from bot.config.settings import Contacts
from bot.domain.knowledge import Knowledge
from bot.domain.turns.flags import advised
from bot.domain.turns.pages import refusal
from bot.domain.turns.replies import Advice
from bot.library.library import Library
from bot.rendering import Wording, render
from bot.rendering.cards import general_lines
from bot.services.messages import Answer, Article, Key, Outgoing
from bot.services.sealed_messages import LANGUAGE

MOST_ARTICLES = 5


class GroupAnswers:
    """Safe to call from many threads."""

    def __init__(self, library: Library, contacts: Contacts) -> None:
        self._library = library
        self._contacts = contacts
        self.username = ""  # the bot's own name, once the channel knows it, for links from groups

    def group(self, text: str, command: str, *, mentioned: bool) -> Answer:
        """What to answer in a group: help for a red flag, a general card, or the way into private. Keeps nothing."""
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
        if understood.points:
            code = understood.points[0]
            return Answer((Outgoing(general_lines(code, wording), self._link(f"p_{code}", wording)),))
        payload = f"c_{understood.accepted[0].id}" if understood.accepted else "start"
        return Answer((Outgoing(wording.phrase("group.lead"), self._link(payload, wording)),))

    def urgent(self, text: str) -> bool:
        """Whether what was said in a group holds a warning sign."""
        return bool(self._library.current.understanding[LANGUAGE].understand(text).stopping)

    def inline(self, query: str) -> tuple[Article, ...]:
        """Results for an inline query: general cards, or one article that says how to get help."""
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
        codes = (*understood.points, *understood.point_choice, *understood.points_close)[:MOST_ARTICLES]
        return tuple(self._article(code, wording) for code in dict.fromkeys(codes))

    def _wording(self, knowledge: Knowledge) -> Wording:
        return Wording(knowledge, knowledge.texts[LANGUAGE], self._contacts.emergency, self._contacts.crisis)

    def _article(self, code: str, wording: Wording) -> Article:
        region = wording.texts.regions[wording.knowledge.points[code].region]
        html = f"{general_lines(code, wording)}\n{wording.phrase('inline.open')}"
        return Article(code, wording.point_name(code), region, html)

    def _link(self, payload: str, wording: Wording) -> tuple[tuple[Key, ...], ...]:
        if not self.username:
            return ()
        url = f"https://t.me/{self.username}?start={payload}"
        return ((Key(wording.plain("button.open_privately"), url=url),),)
