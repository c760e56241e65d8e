"""The recommendation put into words. The doctor notice is added here and nowhere else (S-34)."""

from html import escape, unescape

from bot.domain.knowledge import Point, Reach
from bot.domain.turns.events import Action, Press
from bot.domain.turns.replies import MOST_CAUTIONS, Card, CardView, GeneralCard, Overview, Precautions, RegionMap
from bot.rendering.wording import Button, RenderedMessage, Wording

LONGEST = 1000  # characters of a message (S-45)


def overview(reply: Overview, voice: Wording) -> RenderedMessage:
    """Which points in which order, how long, how firm; and a button for each."""
    codes = reply.plan.points
    lines = _see_gp(reply.see_gp, voice)
    lines.append(voice.phrase("overview.lead", condition=_names(reply.conditions, voice)))
    for number, code in enumerate(codes, start=1):
        key = "overview.first_point" if number == 1 and len(codes) > 1 else "overview.point"
        place = voice.texts.regions[voice.knowledge.points[code].region]
        lines.append(voice.phrase(key, n=str(number), point=voice.point_name(code), place=place))
    if reply.helped:
        lines.append(voice.phrase("overview.helped", point=voice.point_name(reply.helped)))
    lines.append(voice.phrase("overview.time", minutes=str(_minutes(codes, voice))))
    rules = [voice.phrase("card.pressure_rule"), *_left_out(reply, voice)]
    html = closed([*lines, *rules], voice)
    for technique in dict.fromkeys(_technique(id_, voice) for id_ in reply.conditions):
        longer = closed([*lines, technique, *rules], voice)
        if technique and len(longer) <= LONGEST:  # with several complaints the last ways of pressing may not fit
            lines.append(technique)
            html = longer
    buttons = [Button(voice.point_name(code), Press(Action.CARD, code)) for code in codes]
    rows: list[tuple[Button, ...]] = [(button,) for button in buttons]
    rows.append((voice.button("session", Action.SESSION), voice.button("why_these", Action.WHY_THESE)))
    rows.append((voice.button("not_my_problem", Action.NOT_MINE), voice.button("change", Action.CHANGE)))
    return RenderedMessage(html, tuple(rows))


def precautions(reply: Precautions, voice: Wording) -> RenderedMessage:
    """What an overview says on top and of the person's own precautions, before a card without an overview."""
    return RenderedMessage("\n\n".join([*_see_gp(reply.see_gp, voice), *_cautions(reply.cautions, voice)]))


def card(reply: Card, voice: Wording) -> RenderedMessage:
    """One point in full, findable from the words alone."""
    point, text = voice.knowledge.points[reply.point], voice.texts.points[reply.point]
    codes = reply.plan.points
    place = codes.index(reply.point)
    count = voice.phrase("card.count", n=str(place + 1), m=str(len(codes))) if len(codes) > 1 else ""
    lines = [voice.phrase("card.title", code=point.id, pinyin=point.pinyin, name=text.name) + (count and f" {count}")]
    again = reply.view is CardView.AGAIN
    find = text.find_again if again else text.find
    lines.append(voice.phrase("card.find_again" if again else "card.find", text=find))
    lines.append(voice.phrase("card.press", how=text.how, press=pressing(point, voice)))
    lines.append(voice.phrase("card.feel", text=text.feel))
    lines.append(voice.phrase("card.posture", text=text.posture) + _helper(point, voice))
    if text.caution:
        lines.append(voice.phrase("card.caution", text=text.caution))
    picture = _picture(reply, point)
    alt = unescape(voice.phrase("card.picture", code=point.id, find=find)) if picture else ""
    return RenderedMessage(closed(lines, voice), _card_buttons(reply, place, voice), picture, alt)


def region_map(reply: RegionMap, voice: Wording) -> RenderedMessage:
    """All points of a region, by name. Where each is, its own card says."""
    region = voice.texts.regions[voice.knowledge.points[reply.point].region]
    lines = [voice.phrase("map.title", region=region)]
    lines += [voice.phrase("map.point", code=code, name=voice.texts.points[code].name) for code in reply.points]
    alt = unescape(voice.phrase("map.picture", region=region, points=", ".join(reply.points)))
    buttons = ((voice.button("back", Action.CARD, reply.point),), (voice.button("change", Action.CHANGE),))
    return RenderedMessage(closed(lines, voice), buttons, reply.picture, alt)


def general_card(reply: GeneralCard, voice: Wording) -> RenderedMessage:
    """A point before screening: names, meridian, region, cautions; no location, technique or picture (S-21)."""
    buttons = ((voice.button("show", Action.SHOW, reply.point),), (voice.button("all_points", Action.ALL_POINTS),))
    return RenderedMessage(_general_text(reply.point, voice), buttons)


def general_lines(code: str, voice: Wording) -> str:
    """The same in two lines, for groups and inline results."""
    return _general_text(code, voice)


def pressing(point: Point, voice: Wording) -> str:
    """How firm, which motion, how long, how often, which sides: from the point's data alone."""
    time = [_time(point.seconds, voice)]
    if point.repeats > 1:
        time.append(voice.phrase("press.times", n=str(point.repeats)))
    if point.both_at_once:
        time.append(voice.phrase("press.both_at_once"))
    elif point.bilateral:
        time.append(voice.phrase("press.both_sides"))
    motion = voice.phrase(f"press.{point.motion}")
    return voice.phrase(f"press.{point.pressure}", motion=motion, time=" ".join(time))


def closed(lines: list[str], voice: Wording) -> str:
    """The end of every recommendation and every card (S-34)."""
    return "\n".join([*lines, voice.phrase("card.where_not_to_press"), voice.phrase("card.doctor_notice")])


def _card_buttons(reply: Card, place: int, voice: Wording) -> tuple[tuple[Button, ...], ...]:
    codes = reply.plan.points
    turning = []
    if place > 0:
        turning.append(voice.button("previous", Action.CARD, codes[place - 1]))
    turning.append(voice.button("why_point", Action.WHY_POINT, reply.point))
    if place + 1 < len(codes):
        turning.append(voice.button("next", Action.CARD, codes[place + 1]))
    if reply.view is CardView.FIRST:
        finding = voice.button("find_again", Action.FIND_AGAIN, reply.point)
    else:
        finding = voice.button("found", Action.CARD, reply.point)
    more = []
    if voice.knowledge.points[reply.point].film and reply.view is not CardView.FILM:
        more.append(voice.button("watch", Action.WATCH, reply.point))
    if reply.mapped:
        more.append(voice.button("map", Action.MAP, reply.point))
    back = voice.button("back", Action.OVERVIEW) if len(codes) > 1 else voice.button("all_points", Action.ALL_POINTS)
    session = ((voice.button("session", Action.SESSION),),) if len(codes) == 1 else ()
    return (tuple(turning), (finding, back), (*more, voice.button("change", Action.CHANGE)), *session)


def _general_text(code: str, voice: Wording) -> str:
    point, text = voice.knowledge.points[code], voice.texts.points[code]
    lines = [
        voice.phrase("card.title", code=code, pinyin=point.pinyin, name=text.name),
        voice.phrase(
            "card.general", meridian=voice.texts.meridians[point.meridian], region=voice.texts.regions[point.region]
        ),
    ]
    if text.caution:
        lines.append(voice.phrase("card.caution", text=text.caution))
    return "\n".join([*lines, voice.phrase("card.general_notice")])


def _left_out(reply: Overview, voice: Wording) -> list[str]:
    because: dict[str, list[str]] = {}
    for item in reply.plan.left_out:
        because.setdefault(item.because, []).append(item.point)
    lines = [
        voice.phrase("overview.left_out", points=", ".join(codes), why=_reason(id_, voice))
        for id_, codes in because.items()
    ]
    cautions = reply.plan.cautions
    return lines + (_cautions(cautions, voice) if len(cautions) <= MOST_CAUTIONS else [])


def _cautions(ids: tuple[str, ...], voice: Wording) -> list[str]:
    return [escape(voice.texts.contraindications[id_].says, quote=False) for id_ in ids]


def _reason(id_: str, voice: Wording) -> str:
    if id_ in voice.texts.checklist:
        return voice.texts.checklist[id_].line
    return voice.texts.contraindications[id_].name


def _picture(reply: Card, point: Point) -> str:
    """The film where that was asked for, else the card's picture or the other view, whichever there is."""
    if reply.view is CardView.FILM:
        return point.film
    views = point.pictures[::-1] if reply.view is CardView.AGAIN else point.pictures
    return views[0] if views else ""


def _helper(point: Point, voice: Wording) -> str:
    return " " + voice.phrase("card.helper") if point.reach is Reach.NEEDS_HELPER_OR_BALL else ""


def _see_gp(flags: tuple[str, ...], voice: Wording) -> list[str]:
    names = voice.listed(voice.texts.red_flags[flag].name for flag in flags)
    return [voice.phrase("overview.see_gp", flag=names)] if flags else []


def _names(conditions: tuple[str, ...], voice: Wording) -> str:
    return voice.listed(voice.texts.conditions[id_].name for id_ in conditions)


def _technique(condition: str, voice: Wording) -> str:
    technique = voice.knowledge.conditions[condition].technique
    return escape(voice.texts.techniques[technique], quote=False) if technique else ""


def _minutes(codes: tuple[str, ...], voice: Wording) -> int:
    points = [voice.knowledge.points[code] for code in codes]
    seconds = sum(
        point.seconds * point.repeats * (2 if point.bilateral and not point.both_at_once else 1) for point in points
    )
    return max(1, round(seconds / 60))


def _time(seconds: int, voice: Wording) -> str:
    if seconds % 60 == 0:
        return voice.phrase("press.minute" if seconds == 60 else "press.minutes", n=str(seconds // 60))  # noqa: PLR2004
    return voice.phrase("press.seconds", n=str(seconds))
