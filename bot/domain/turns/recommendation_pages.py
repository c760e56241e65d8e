"""The pages of a recommendation: the overview, its cards, maps and reasons. Each needs the key of the first lock."""

from bot.domain.knowledge import Knowledge
from bot.domain.screening.steps import Clearance, current_plan, helped
from bot.domain.screening.triage import whole_region
from bot.domain.state.dialogue import Dialogue
from bot.domain.turns.events import Action, Press
from bot.domain.turns.replies import Card, CardView, Overview, RegionMap, Reply, WhyPoint, WhyThese

_VIEWS = {Action.CARD: CardView.FIRST, Action.FIND_AGAIN: CardView.AGAIN, Action.WATCH: CardView.FILM}
PAGES = frozenset({*_VIEWS, Action.MAP, Action.WHY_POINT, Action.WHY_THESE, Action.OVERVIEW})


def page(dialogue: Dialogue, press: Press, key: Clearance, knowledge: Knowledge) -> Reply | None:
    """The page behind a button, or None where it is about a point that the key does not open."""
    if press.action is Action.OVERVIEW:
        plan = current_plan(dialogue, knowledge)
        return Overview(key, dialogue.conditions, plan, dialogue.see_gp, helped(dialogue, plan))
    if press.action is Action.WHY_THESE:
        return WhyThese(dialogue.conditions)
    if press.arg not in key.points:
        return None
    if press.action is Action.WHY_POINT:
        return WhyPoint(press.arg, dialogue.conditions)
    map_ = _map(dialogue, press.arg, key, knowledge)
    if press.action is Action.MAP:
        return map_
    plan = current_plan(dialogue, knowledge)
    return Card(key, press.arg, plan, _VIEWS[press.action], mapped=map_ is not None)


def _map(dialogue: Dialogue, code: str, key: Clearance, knowledge: Knowledge) -> RegionMap | None:
    """The map of a point's region, unless the person must leave out a point on it."""
    region = knowledge.points[code].region
    picture = next((area.maps[region] for area in knowledge.areas if region in area.maps), "")
    points = whole_region(code, dialogue.conditions, dialogue.ticks, dialogue.stated, knowledge)
    return RegionMap(key, code, points, picture) if picture and points else None
