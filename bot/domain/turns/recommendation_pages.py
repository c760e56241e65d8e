"""The pages of a recommendation: overview, cards, maps and reasons. Each needs the clearance of the first lock."""

from bot.domain.knowledge import Knowledge
from bot.domain.screening.steps import Clearance, current_plan, helpful_point
from bot.domain.screening.triage import points_on_map
from bot.domain.state.dialogue import Dialogue
from bot.domain.turns.events import Action, Press
from bot.domain.turns.replies import Card, CardView, Overview, RegionMap, Reply, WhyPoint, WhyThese

_VIEWS = {Action.CARD: CardView.FIRST, Action.FIND_AGAIN: CardView.AGAIN, Action.WATCH: CardView.FILM}
PAGES = frozenset({*_VIEWS, Action.MAP, Action.WHY_POINT, Action.WHY_THESE, Action.OVERVIEW})


def page_of(dialogue: Dialogue, page: Press, clearance: Clearance, knowledge: Knowledge) -> Reply | None:
    """The page behind a button, or None if it is about a point that is not cleared."""
    if page.action is Action.OVERVIEW:
        plan = current_plan(dialogue, knowledge)
        return Overview(clearance, dialogue.conditions, plan, dialogue.see_gp, helpful_point(dialogue, plan))
    if page.action is Action.WHY_THESE:
        return WhyThese(dialogue.conditions)
    if page.arg not in clearance.points:
        return None
    if page.action is Action.WHY_POINT:
        return WhyPoint(page.arg, dialogue.conditions)
    map_ = _map(dialogue, page.arg, clearance, knowledge)
    if page.action is Action.MAP:
        return map_
    plan = current_plan(dialogue, knowledge)
    return Card(clearance, page.arg, plan, _VIEWS[page.action], mapped=map_ is not None)


def _map(dialogue: Dialogue, code: str, clearance: Clearance, knowledge: Knowledge) -> RegionMap | None:
    """The map of the point's region. None if there is none, or if it shows a point that must be left out."""
    region = knowledge.points[code].region
    picture = next((area.maps[region] for area in knowledge.areas if region in area.maps), "")
    points = points_on_map(code, dialogue.conditions, dialogue.ticks, dialogue.stated, knowledge)
    return RegionMap(clearance, code, points, picture) if picture and points else None
