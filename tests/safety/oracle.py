"""The judge (S-20): reads what was sent, and says what should not have been."""

from collections.abc import Collection

from bot.services.messages import Answer, Outgoing
from tests.safety.facts import Facts
from tests.safety.ledger import COUNTED, Did, Ledger, Wish
from tests.safety.reading import ASKING, Seen, read_message
from tests.safety.sayings import Reply, Saying

LONGEST = 1_000  # characters a person sees in one message (S-45)
LONGEST_ADVICE = 800
MOST_MESSAGES = 3
ABOUT_WARNING = frozenset({"advice", "flag_check", "flag_sure", "half_heard", "forgotten"})
ENDING = ("forget.kept", "diary.off", "remind.off")  # what may be ended or kept without the action
MOST_BYTES = 64  # of callback data, by Telegram
_AFTER_YES = {
    "half_heard": "advice",
    "question": "advice",
    "flag_sure": "advice",
    "flag_check": "advice",
    "checklist": "stopped",
    "untick": "checklist",
}


class Oracle:
    """Watches one chat. `step` returns every breach of a rule, with its number."""

    def __init__(self) -> None:
        self.ledger = Ledger()
        self.reached: frozenset[str] = frozenset()

    def step(self, did: Did, answer: Answer, now: float, facts: Facts) -> tuple[list[str], tuple[Seen, ...]]:
        """Takes in what a person did and what they got for it."""
        ledger = self.ledger
        seen = tuple(read_message(message, facts) for message in answer.messages)
        ledger.age(now)
        was_asked = ledger.last if ledger.last_at == now else None  # it may have had its hour meanwhile
        counted = ledger.is_unread(was_asked)
        guided = was_asked is not None and ledger.guided
        if not answer.notice:
            ledger.did(did, now, facts)
        breaches = [*_form(answer, seen), *_demanded(did, was_asked, answer, seen, ledger, now)]
        if ledger.warned(now) and not answer.notice:
            breaches += _while_warned(seen, facts)
        breaches += _unanswered(did.saying, was_asked, seen, counted=counted) if did.kind == "text" else []
        if guided and did.saying.unread and did.kind == "text" and [each.kind for each in seen] != ["wrong"]:
            breaches.append(f"S-86: {did.saying.text!r} in a session was met with {[each.kind for each in seen]}")
        for message in seen:
            breaches += _judged(message, ledger, now, facts)
            ledger.saw(message, now)
            self.reached |= message.points
        return breaches, seen


def public(answer: Answer, results: list[str], facts: Facts) -> list[str]:
    """What groups and inline results must never hold (S-21, S-57)."""
    messages = (*answer.messages, *(Outgoing(html) for html in results))
    seen = [read_message(message, facts) for message in messages]
    return [f"S-57: {message.kind} in public" for message in seen if message.points or message.kind in ASKING]


def _form(answer: Answer, seen: tuple[Seen, ...]) -> list[str]:
    keys = [key for message in answer.messages for row in message.keys for key in row]
    breaches = [f"callback data too long: {key.data}" for key in keys if len(key.data.encode()) > MOST_BYTES]
    if len(seen) > MOST_MESSAGES:
        breaches.append(f"S-45: {len(seen)} messages")
    for message in seen:
        longest = LONGEST_ADVICE if message.kind == "advice" else LONGEST
        if len(message.text) > longest:
            breaches.append(f"S-45: {len(message.text)} characters: {message.text[:60]}")
    return breaches


def _demanded(
    did: Did, was_asked: Seen | None, answer: Answer, seen: tuple[Seen, ...], ledger: Ledger, now: float
) -> list[str]:
    """What must come: advice for a warning sign, and the question of S-12 for the next wish."""
    kinds = {message.kind for message in seen}
    if did.kind == "press" and did.on is None and (seen or not answer.notice):
        return ["S-63: a button that is not of this chat did something"]
    if did.saying.flag and not (kinds == {"advice"} and answer.urgent):
        return [f"S-1: no advice for {did.saying.text!r}, but {kinds}"]
    doubt = did.kind == "text" and not did.label and did.saying.reply in {Reply.YES, Reply.UNSURE}
    if doubt and was_asked and was_asked.kind in {"question", "half_heard"} and kinds != {"advice"}:
        return [f"S-24: {did.saying.text!r} to a red-flag question was taken for a no"]
    wished = ledger.wish is not None and did.saying.conditions and did.kind == "text"
    if wished and ledger.flagged(now) and kinds not in ({"flag_check"}, {"advice"}, {"half_heard"}):
        return [f"S-12: a wish after a red flag was met with {kinds}"]
    return []


def _while_warned(seen: tuple[Seen, ...], facts: Facts) -> list[str]:
    """For an hour every answer begins with the action, or asks about the warning, and nothing leads on (S-85)."""
    say = facts.phrases
    leads = tuple(say[key].split("{")[0] for key in ("flag.crisis_lines", *ENDING))
    breaches = []
    if seen and seen[0].kind not in ABOUT_WARNING and not seen[0].text.startswith(leads):
        breaches.append(f"S-85: while a warning stands the answer is {seen[0].text[:60]!r}")
    onward = {say["button.areas"], say["button.all_points"], say["button.show"]}
    return breaches + [f"S-85: {onward & {*each.labels}} beside a warning" for each in seen if onward & {*each.labels}]


def _unanswered(saying: Saying, asked: Seen | None, seen: tuple[Seen, ...], *, counted: bool) -> list[str]:
    """What must come for a text that does not answer: the question once more, then what comes for a yes."""
    if asked is None or asked.kind not in COUNTED or not seen:
        return []
    last = seen[-1]
    again = last.kind == asked.kind and last.unread
    if saying.small_talk and (last.kind != asked.kind or last.unread != asked.unread):
        return [f"S-24: {saying.text!r} left the question {asked.kind} for {last.kind}"]
    if saying.unread and not counted and not again:
        return [f"S-24: {saying.text!r} to {asked.kind} was met with {last.kind}, not with the question again"]
    if saying.unread and counted and last.kind != _AFTER_YES.get(asked.kind, last.kind):
        return [f"S-24: a second text that does not answer {asked.kind} was met with {last.kind}"]
    return []


def _judged(seen: Seen, ledger: Ledger, now: float, facts: Facts) -> list[str]:
    breaches = []
    if ledger.flagged(now) and seen.kind in {"question", "checklist", "doctor"}:
        breaches.append(f"S-12: {seen.kind} after a red flag that nobody has checked")
    if seen.doubts & facts.crises and (seen.kind != "half_heard" or seen.doubts - facts.crises):
        breaches.append("S-80: a crisis is asked about among other things")
    if not seen.points:
        return breaches
    if ledger.doubts:
        breaches.append(f"S-81: point text while {', '.join(ledger.doubts)} is not answered")
    if not seen.text.endswith(facts.phrases["card.doctor_notice"]):
        breaches.append("S-34: point text that does not end with the doctor notice")
    if facts.phrases["card.where_not_to_press"] not in seen.text:
        breaches.append("S-34: point text without where not to press")
    breaches += [f"{reason}: {seen.text[:70]!r}" for reason in _why_not(seen, ledger, now, facts)]
    return breaches


def _why_not(seen: Seen, ledger: Ledger, now: float, facts: Facts) -> list[str]:
    """Every reason why this point text should not have been sent. None: it was right."""
    wish = ledger.wish
    if wish is None:
        return ["S-20: point text that nobody asked for"]
    reasons = [f"S-33: point text beside a stop: {ledger.stopping}"] if ledger.stopping else []
    if ledger.referred:
        reasons.append(f"S-33: point text beside a referral ({', '.join(ledger.referred)})")
    if ledger.flagged(now):
        reasons.append("S-12: point text after a red flag that nobody has checked")
    reasons += _checklist(seen, wish, ledger, facts)
    reasons += _point(seen, wish, ledger, facts) if wish.point else _complaints(seen, wish, ledger, facts)
    for id_ in ledger.stated:
        reasons += [f"S-28: {code} although {id_} was stated" for code in seen.points & facts.left_out[id_]]
    avoided = {code for code in seen.points if code in facts.points and facts.points[code].avoid}
    if avoided and ("pregnancy" in ledger.stopping or ledger.completed is None):
        reasons.append(f"S-29: {sorted(avoided)} without a no to pregnancy")
    return reasons


def _checklist(seen: Seen, wish: Wish, ledger: Ledger, facts: Facts) -> list[str]:
    done = ledger.completed
    if done is None:
        return ["S-20: point text without a completed checklist in the last hour"]
    if done.person != wish.person:
        return [f"S-20: the checklist was about {done.person!r}, not {wish.person!r}"]
    if done.lines != tuple(row.line for row in facts.rows):
        return ["S-30: the checklist was completed in another wording"]
    if not wish.regions(facts) <= done.regions:
        return ["S-20: the checklist was completed for another region"]
    ticked = [row for row in facts.rows if row.id in done.ticks and not row.stops]
    return [reason for row in ticked for reason in _local(row.stop_regions, seen, wish, facts)]


def _local(stop_regions: frozenset[str], seen: Seen, wish: Wish, facts: Facts) -> list[str]:
    """What a tick for a sore place there leaves out."""
    regions = wish.regions(facts)
    there = regions if wish.point else {near for region in regions for near in facts.around[region]}
    reasons = ["S-28: point text where a row stops for this region"] if regions & stop_regions else []
    wrong = {code for code in seen.points if code in facts.points and facts.points[code].region in there}
    return [*reasons, *(f"S-28: {code} lies where the skin is sore" for code in wrong)]


def _on_one_map(codes: Collection[str], facts: Facts) -> set[str]:
    """The points of the regions of these: what a map of one of them may show, after the same screening."""
    regions = {facts.points[code].region for code in codes}
    return {code for code, point in facts.points.items() if point.region in regions}


def _point(seen: Seen, wish: Wish, ledger: Ledger, facts: Facts) -> list[str]:
    named = _on_one_map({wish.point}, facts) if seen.kind == "map" else {wish.point}
    reasons = [] if seen.points == named else [f"S-20: {sorted(seen.points)}, but {wish.point} was named"]
    if ("general", wish.person) not in ledger.none:
        reasons.append("S-20: the general warning signs were not answered with none")
    return reasons


def _complaints(seen: Seen, wish: Wish, ledger: Ledger, facts: Facts) -> list[str]:
    named = seen.ids if seen.kind == "overview" else ledger.overview
    reasons = [] if named else ["S-20: a card without its overview"]
    for id_ in named:
        entry = facts.conditions[id_]
        if id_ not in wish.conditions:
            reasons.append(f"S-20: {id_} was not named or chosen")
        if entry.tier == "refer" or not entry.points:
            reasons.append(f"S-33: {id_} never gets points")
        if (entry.question, wish.person) not in ledger.none:
            reasons.append(f"S-20: the red-flag question of {id_} was not answered with none")
        if entry.tier == "ask_doctor_first" and (id_, wish.person) not in ledger.doctor:
            reasons.append(f"S-33: no doctor has checked {id_}")
    offered = {code for id_ in named for code in facts.conditions[id_].points}
    if seen.kind == "map":
        offered = _on_one_map(offered, facts)
    if not seen.points <= offered:
        reasons.append(f"S-20: {sorted(seen.points - offered)} are not for {', '.join(named)}")
    return reasons
