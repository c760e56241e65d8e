"""Every message the bot can send from the shipped knowledge, as far as they can be listed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import unescape
from itertools import combinations

from bot.domain.knowledge import Effect, Knowledge, Tier, Urgency
from bot.domain.screening.steps import Clearance
from bot.domain.screening.triage import Plan, make_plan
from bot.domain.state.dialogue import Dialogue, Stage
from bot.domain.state.diary import Diary, DiaryEntry
from bot.domain.state.reminders import ReminderKind, Reminders
from bot.domain.state.unread import noted
from bot.domain.turns import pages, reminder_pages, session_pages
from bot.domain.turns.buttons import press
from bot.domain.turns.events import Action, Press
from bot.domain.turns.replies import (
    ActionAgain,
    Advice,
    AskChecklist,
    AskQuestion,
    Card,
    CardView,
    DoctorFirst,
    GeneralCard,
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
from bot.domain.understanding.understood import SmallTalk
from bot.rendering import RenderedMessage, Wording, render
from tests.shipped_knowledge import knowledge, plain_wording

PERSON = "grandmother"  # the longest
_MARKUP = re.compile(r"</?[bi]>")


@dataclass(frozen=True)
class Shown:
    """A message and what it says."""

    reply: Reply
    message: RenderedMessage

    @property
    def text(self) -> str:
        """What a person sees."""
        return visible(self.message.html)


def visible(html: str) -> str:
    """HTML as a person sees it."""
    return unescape(_MARKUP.sub("", html))


def shown(replies: Iterator[Reply], wording: Wording | None = None) -> list[Shown]:
    """The replies as messages."""
    return [Shown(reply, render(reply, wording or plain_wording())) for reply in replies]


def recommended() -> list[str]:
    """The complaints that may get points."""
    return [id_ for id_, entry in knowledge().conditions.items() if entry.tier is not Tier.REFER]


def cards() -> Iterator[Card]:
    """Every card of a point by name, and in the longest plan, with both descriptions."""
    for code in knowledge().points:
        for codes in ((code,), tuple(dict.fromkeys((code, "BL23", "SP6", "GB21")))):
            for view in CardView:
                yield Card(Clearance(codes), code, Plan(codes, (), ()), view, mapped=True)


def maps() -> Iterator[RegionMap]:
    """A map of every region."""
    regions = {point.region: code for code, point in knowledge().points.items()}
    for region, code in regions.items():
        codes = tuple(point.id for point in knowledge().points.values() if point.region == region)
        yield RegionMap(Clearance(codes), code, codes, "map.jpg")


def overview(conditions: tuple[str, ...], ticks: tuple[str, ...] = (), stated: tuple[str, ...] = ()) -> Overview:
    """The recommendation for these complaints under these answers."""
    made = make_plan(conditions, "", ticks, stated, knowledge())
    return Overview(Clearance(made.points), conditions, made, _see_gp(knowledge())[:1] if stated else ())


def overviews() -> Iterator[Overview]:
    """One, two and three complaints; with every row and every stated precaution that still lets points pass."""
    rows = [row.id for row in knowledge().checklist.rows if row.effect is not Effect.STOP]
    milder = [id_ for id_, entry in knowledge().contraindications.items() if entry.effect is not Effect.STOP]
    for condition in recommended():
        for stated in (*combinations(milder, 1), ("heart_disease", "medicines")):
            yield overview((condition,), tuple(rows), stated)
    for count in (1, 2, 3):
        for conditions in combinations(recommended(), count):
            made = overview(conditions)
            yield replace(made, helped=made.plan.points[0]) if made.plan.points else made


def advices() -> Iterator[Advice]:
    """Every red flag alone, and every two of them."""
    flags = [id_ for id_, flag in knowledge().red_flags.items() if flag.urgency is not Urgency.SEE_GP]
    for each in (*combinations(flags, 1), *combinations(flags, 2)):
        yield Advice(each, withdrawable=True)
    yield Advice((), withdrawable=True)


def actions_again() -> Iterator[ActionAgain]:
    """The action of every red flag again, and of a few together, with the sentence on every topic."""
    known = knowledge()
    flags = [id_ for id_, flag in known.red_flags.items() if flag.urgency is not Urgency.SEE_GP]
    pairs = [("heart_attack", "suicidal_crisis"), ("suicidal_crisis", "dvt"), ("overdose_poisoning", "suicidal_crisis")]
    for topic in ("", *known.texts["en"].topics):
        for each in (*((id_,) for id_ in flags), *pairs):
            yield ActionAgain(each, "", topic, withdrawable=True)
        for question in known.texts["en"].questions:
            yield ActionAgain((), question, topic, withdrawable=True)


def fixed() -> Iterator[Say]:
    """Every fixed text with its longest values."""
    known = knowledge()
    yield from (pages.greeting(first=True), pages.greeting(first=False), pages.not_text(), pages.crisis_lines())
    yield from (pages.no_match(second=False), pages.no_match(second=True), pages.despair())
    yield from (pages.about(), pages.cancelled(), *(pages.small_talk(said) for said in SmallTalk))
    yield from (pages.forgotten(), pages.nothing_erased(), pages.what_hurts(), pages.where_does_it_hurt(known))
    yield from (pages.refusal(id_) for id_ in known.texts["en"].refusals)
    yield pages.unknown_point("x" * 40, tuple(known.points)[:3], known)
    yield pages.see_gp(_see_gp(known))
    for action in (Action.AREAS, Action.ALL_POINTS, Action.HOW, Action.PRIVACY, Action.HELP, Action.WHY_ASK):
        yield from filter(None, [pages.browse(Press(action), known)])
    for area in known.areas:
        yield from filter(
            None, [pages.browse(Press(action, area.id), known) for action in (Action.AREA, Action.POINTS_IN)]
        )


def questions() -> Iterator[AskQuestion]:
    """Every red-flag question, for oneself and for somebody else."""
    for question in knowledge().texts["en"].questions:
        yield AskQuestion(question, ("low_back_pain",), "")
        yield AskQuestion(question, ("low_back_pain",), PERSON)


def others() -> Iterator[Reply]:
    """The messages without point text that are not fixed."""
    known = knowledge()
    rows = tuple(row.id for row in known.checklist.rows)
    stops = [id_ for id_, entry in known.contraindications.items() if entry.effect is Effect.STOP]
    yield from questions()
    yield from actions_again()
    yield from (replace(each, repeated=True) for each in questions())
    yield from (QuestionAdvice(question) for question in known.texts["en"].questions)
    yield from (AskChecklist((), ""), AskChecklist(rows, PERSON, repeated=True))
    for ticked in (*combinations(rows, 1), *combinations(rows, 2), rows):
        yield from (Stopped(ticked, ()), Stopped(ticked, tuple(stops)), Stopped(ticked[:1], (), nothing_left=True))
    yield Stopped((), (), unsure=True)
    by_tier = {tier: [id_ for id_, entry in known.conditions.items() if entry.tier is tier] for tier in Tier}
    for count in (1, 2, 3):
        yield from (Referred(ids) for ids in combinations(by_tier[Tier.REFER], count))
        for ids in combinations(by_tier[Tier.ASK_DOCTOR_FIRST], count):
            yield from (DoctorFirst(ids, asking=True), DoctorFirst(ids, asking=False))
        yield from (WhyThese(ids) for ids in combinations(recommended(), count))
    yield from (WhyPoint(code, (id_,)) for id_ in recommended() for code in known.conditions[id_].points)
    yield from (WhyPoint(code, ()) for code in known.points)
    yield from (GeneralCard(code) for code in known.points)
    yield Precautions(_see_gp(known), ("heart_disease", "medicines"))


def guided() -> Iterator[Reply]:
    """Every step of a session, how it may go, the diary, and what sets up reminders and what they say."""
    for code in knowledge().points:
        for side in ("left", "both", ""):
            for ends_at in (None, 60.0):
                yield SessionStep(Clearance((code,)), code, side, 7, 4, 4, 119.0, 120, ends_at)
    for before, after in ((6, 4), (6, 6), (6, 7), (None, 3)):
        yield from (SessionOutcome(before, after, diary) for diary in (True, False, None))
    entries = (DiaryEntry(0.0, ("low_back_pain",), ("BL23",), 10, None), DiaryEntry(9e8, (), ("LI4",), 10, 10))
    yield from (Progress(entries, ""), Progress(entries[:1], "America/Argentina/ComodRivadavia"))
    yield Report(entries, "", None, ())
    yield from (session_pages.pain(), session_pages.resting(), Say("session.ask_again"))
    wrong = Dialogue(1, 0.0, stage=Stage.WRONG)
    yield from (session_pages.ask_what_is_wrong(wrong), session_pages.ask_what_is_wrong(noted(wrong)))
    fresh = Dialogue(1, 0.0, reminders=Reminders(tuple(range(7)), 18, "Europe/Berlin", began="1970-01-01"))
    kept = replace(fresh, diary=Diary(entries[1:]))
    for stage in (Stage.BEFORE, Stage.AFTER):
        yield session_pages.ask_rating(replace(fresh, stage=stage))
    for stage in (Stage.REMIND_DAYS, Stage.REMIND_HOUR, Stage.REMIND_ZONE, Stage.REMIND_SURE):
        yield reminder_pages.question(replace(fresh, stage=stage, draft=fresh.reminders), 0.0)
    for what in (ReminderKind.REMIND, ReminderKind.LAST_UNANSWERED, ReminderKind.LOOK_BACK, ReminderKind.END):
        yield from (reminder_pages.message(dialogue, what, 9e8) for dialogue in (fresh, kept))
    pressed = (Action.REMIND, Action.REMIND_LATER, Action.REMIND_SKIP, Action.REMIND_OFF, Action.DIARY_ON)
    for action in (*pressed, Action.DIARY_OFF, Action.PROGRESS):
        yield from press(fresh, Press(action), knowledge(), 36_000.0).replies
    yield Say("remind.unknown_zone")
    yield from press(replace(fresh, draft=fresh.reminders), Press(Action.REMIND_ON), knowledge(), 0.0).replies
    yield from press(fresh, Press(Action.REMIND_LATER), knowledge(), 72_000.0).replies


def _see_gp(known: Knowledge) -> tuple[str, ...]:
    return tuple(id_ for id_, flag in known.red_flags.items() if flag.urgency is Urgency.SEE_GP)
