"""Renders recommendations: overviews, cards and maps. Only this module adds the doctor notice (S-34)."""

from html import escape, unescape

from bot.domain.knowledge import Point, Reach
from bot.domain.turns.events import Action, Press
from bot.domain.turns.replies import MOST_CAUTIONS, Card, CardView, GeneralCard, Overview, Precautions, RegionMap
from bot.rendering.wording import Button, RenderedMessage, Wording

MOST_CHARACTERS = 1000  # characters of a message (S-45)


def overview(reply: Overview, wording: Wording) -> RenderedMessage:
    """The points in their order, with the total time and the rules, and a button for each point."""
    codes = reply.plan.points
    lines = _see_gp(reply.see_gp, wording)
    lines.append(wording.phrase("overview.lead", condition=_names(reply.conditions, wording)))
    for number, code in enumerate(codes, start=1):
        key = "overview.first_point" if number == 1 and len(codes) > 1 else "overview.point"
        region = wording.texts.regions[wording.knowledge.points[code].region]
        lines.append(wording.phrase(key, n=str(number), point=wording.point_name(code), place=region))
    if reply.helped:
        lines.append(wording.phrase("overview.helped", point=wording.point_name(reply.helped)))
    lines.append(wording.phrase("overview.time", minutes=str(_minutes(codes, wording))))
    rules = [wording.phrase("card.pressure_rule"), *_left_out_and_cautions(reply, wording)]
    html = with_closing_lines([*lines, *rules], wording)
    for technique in dict.fromkeys(_technique(id_, wording) for id_ in reply.conditions):
        longer = with_closing_lines([*lines, technique, *rules], wording)
        if technique and len(longer) <= MOST_CHARACTERS:  # with several complaints the last techniques may not fit
            lines.append(technique)
            html = longer
    buttons = [Button(wording.point_name(code), Press(Action.CARD, code)) for code in codes]
    rows: list[tuple[Button, ...]] = [(button,) for button in buttons]
    rows.append((wording.button("session", Action.SESSION), wording.button("why_these", Action.WHY_THESE)))
    rows.append((wording.button("not_my_problem", Action.NOT_MINE), wording.button("change", Action.CHANGE)))
    return RenderedMessage(html, tuple(rows))


def precautions(reply: Precautions, wording: Wording) -> RenderedMessage:
    """What an overview says on top and of the person's own precautions, before a card without an overview."""
    return RenderedMessage("\n\n".join([*_see_gp(reply.see_gp, wording), *_cautions(reply.cautions, wording)]))


def card(reply: Card, wording: Wording) -> RenderedMessage:
    """A point in full. Its text alone is enough to find the point, without the picture."""
    point, text = wording.knowledge.points[reply.point], wording.texts.points[reply.point]
    codes = reply.plan.points
    index = codes.index(reply.point)
    count = wording.phrase("card.count", n=str(index + 1), m=str(len(codes))) if len(codes) > 1 else ""
    lines = [wording.phrase("card.title", code=point.id, pinyin=point.pinyin, name=text.name) + (count and f" {count}")]
    again = reply.view is CardView.AGAIN
    find = text.find_again if again else text.find
    lines.append(wording.phrase("card.find_again" if again else "card.find", text=find))
    lines.append(wording.phrase("card.press", how=text.how, press=how_to_press(point, wording)))
    lines.append(wording.phrase("card.feel", text=text.feel))
    lines.append(wording.phrase("card.posture", text=text.posture) + _helper(point, wording))
    if text.caution:
        lines.append(wording.phrase("card.caution", text=text.caution))
    picture = _picture(reply, point)
    alt = unescape(wording.phrase("card.picture", code=point.id, find=find)) if picture else ""
    return RenderedMessage(with_closing_lines(lines, wording), _card_buttons(reply, index, wording), picture, alt)


def region_map(reply: RegionMap, wording: Wording) -> RenderedMessage:
    """The picture of a region and the names of its points, without their locations."""
    region = wording.texts.regions[wording.knowledge.points[reply.point].region]
    lines = [wording.phrase("map.title", region=region)]
    lines += [wording.phrase("map.point", code=code, name=wording.texts.points[code].name) for code in reply.points]
    alt = unescape(wording.phrase("map.picture", region=region, points=", ".join(reply.points)))
    buttons = ((wording.button("back", Action.CARD, reply.point),), (wording.button("change", Action.CHANGE),))
    return RenderedMessage(with_closing_lines(lines, wording), buttons, reply.picture, alt)


def general_card(reply: GeneralCard, wording: Wording) -> RenderedMessage:
    """A point before screening: names, meridian, region, cautions; no location, technique or picture (S-21)."""
    buttons = ((wording.button("show", Action.SHOW, reply.point),), (wording.button("all_points", Action.ALL_POINTS),))
    return RenderedMessage(general_text(reply.point, wording), buttons)


def how_to_press(point: Point, wording: Wording) -> str:
    """How firmly, with which motion, how long, how often and on which sides to press, from the point's data."""
    time = [_time(point.seconds, wording)]
    if point.repeats > 1:
        time.append(wording.phrase("press.times", n=str(point.repeats)))
    if point.both_at_once:
        time.append(wording.phrase("press.both_at_once"))
    elif point.bilateral:
        time.append(wording.phrase("press.both_sides"))
    motion = wording.phrase(f"press.{point.motion}")
    return wording.phrase(f"press.{point.pressure}", motion=motion, time=" ".join(time))


def with_closing_lines(lines: list[str], wording: Wording) -> str:
    """The lines as one text, with the two that end every recommendation and every card (S-34)."""
    return "\n".join([*lines, wording.phrase("card.where_not_to_press"), wording.phrase("card.doctor_notice")])


def _card_buttons(reply: Card, index: int, wording: Wording) -> tuple[tuple[Button, ...], ...]:
    codes = reply.plan.points
    turning = []
    if index > 0:
        turning.append(wording.button("previous", Action.CARD, codes[index - 1]))
    turning.append(wording.button("why_point", Action.WHY_POINT, reply.point))
    if index + 1 < len(codes):
        turning.append(wording.button("next", Action.CARD, codes[index + 1]))
    if reply.view is CardView.FIRST:
        finding = wording.button("find_again", Action.FIND_AGAIN, reply.point)
    else:
        finding = wording.button("found", Action.CARD, reply.point)
    more = []
    if wording.knowledge.points[reply.point].film and reply.view is not CardView.FILM:
        more.append(wording.button("watch", Action.WATCH, reply.point))
    if reply.mapped:
        more.append(wording.button("map", Action.MAP, reply.point))
    back = (
        wording.button("back", Action.OVERVIEW) if len(codes) > 1 else wording.button("all_points", Action.ALL_POINTS)
    )
    session = ((wording.button("session", Action.SESSION),),) if len(codes) == 1 else ()
    return (tuple(turning), (finding, back), (*more, wording.button("change", Action.CHANGE)), *session)


def general_text(code: str, wording: Wording) -> str:
    """The HTML of a general card, also for groups and inline results."""
    point, text = wording.knowledge.points[code], wording.texts.points[code]
    lines = [
        wording.phrase("card.title", code=code, pinyin=point.pinyin, name=text.name),
        wording.phrase(
            "card.general", meridian=wording.texts.meridians[point.meridian], region=wording.texts.regions[point.region]
        ),
    ]
    if text.caution:
        lines.append(wording.phrase("card.caution", text=text.caution))
    return "\n".join([*lines, wording.phrase("card.general_notice")])


def _left_out_and_cautions(reply: Overview, wording: Wording) -> list[str]:
    because: dict[str, list[str]] = {}
    for item in reply.plan.left_out:
        because.setdefault(item.because, []).append(item.point)
    lines = [
        wording.phrase("overview.left_out", points=", ".join(codes), why=_reason(id_, wording))
        for id_, codes in because.items()
    ]
    cautions = reply.plan.cautions
    return lines + (_cautions(cautions, wording) if len(cautions) <= MOST_CAUTIONS else [])


def _cautions(ids: tuple[str, ...], wording: Wording) -> list[str]:
    return [escape(wording.texts.contraindications[id_].says, quote=False) for id_ in ids]


def _reason(id_: str, wording: Wording) -> str:
    if id_ in wording.texts.checklist:
        return wording.texts.checklist[id_].line
    return wording.texts.contraindications[id_].name


def _picture(reply: Card, point: Point) -> str:
    """The file name of the film, the picture or the other view, as the card's view asks for; "" if there is none."""
    if reply.view is CardView.FILM:
        return point.film
    views = point.pictures[::-1] if reply.view is CardView.AGAIN else point.pictures
    return views[0] if views else ""


def _helper(point: Point, wording: Wording) -> str:
    return " " + wording.phrase("card.helper") if point.reach is Reach.NEEDS_HELPER_OR_BALL else ""


def _see_gp(flags: tuple[str, ...], wording: Wording) -> list[str]:
    names = wording.listed(wording.texts.red_flags[flag].name for flag in flags)
    return [wording.phrase("overview.see_gp", flag=names)] if flags else []


def _names(conditions: tuple[str, ...], wording: Wording) -> str:
    return wording.listed(wording.texts.conditions[id_].name for id_ in conditions)


def _technique(condition: str, wording: Wording) -> str:
    technique = wording.knowledge.conditions[condition].technique
    return escape(wording.texts.techniques[technique], quote=False) if technique else ""


def _minutes(codes: tuple[str, ...], wording: Wording) -> int:
    points = [wording.knowledge.points[code] for code in codes]
    seconds = sum(
        point.seconds * point.repeats * (2 if point.bilateral and not point.both_at_once else 1) for point in points
    )
    return max(1, round(seconds / 60))


def _time(seconds: int, wording: Wording) -> str:
    if seconds % 60 == 0:
        return wording.phrase("press.minute" if seconds == 60 else "press.minutes", n=str(seconds // 60))  # noqa: PLR2004
    return wording.phrase("press.seconds", n=str(seconds))
