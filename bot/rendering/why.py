"""Renders the reasons for points: the kind of evidence, the sources, and whether it was reviewed (S-75)."""

from html import escape

from bot.domain.turns.events import Action
from bot.domain.turns.replies import WhyPoint, WhyThese
from bot.rendering.wording import RenderedMessage, Wording

MOST_SOURCES = 3
SHORT_SOURCE = 48  # characters of a source where several complaints share a message


def message(reply: WhyPoint | WhyThese, wording: Wording) -> RenderedMessage:
    """The evidence and the sources for one point or for all points of a recommendation."""
    return _why_point(reply, wording) if isinstance(reply, WhyPoint) else _why_these(reply, wording)


def _why_point(reply: WhyPoint, wording: Wording) -> RenderedMessage:
    """The evidence for each complaint, and the sources of the point with their dates."""
    point = wording.knowledge.points[reply.point]
    lines = [wording.phrase("why.point", point=wording.point_name(reply.point))]
    lines += [_evidence(id_, wording) for id_ in reply.conditions]
    lines.append(wording.phrase("why.sources", sources=_sources(point.sources, wording)))
    lines.append(_reviewed(point.reviewed, wording))
    return RenderedMessage("\n".join(lines), ((wording.button("back", Action.CARD, reply.point),),))


def _why_these(reply: WhyThese, wording: Wording) -> RenderedMessage:
    """The evidence and sources for each complaint, and for a single complaint the other points named for it."""
    lines = []
    is_single = len(reply.conditions) == 1
    for id_ in reply.conditions:
        condition = wording.knowledge.conditions[id_]
        lines.append(wording.phrase("why.condition", condition=wording.texts.conditions[id_].name))
        lines.append(_evidence(id_, wording))
        if condition.more_points and is_single:
            lines.append(wording.phrase("why.more_points", points=", ".join(condition.more_points)))
        sources = _sources(condition.sources, wording) if is_single else _short_source(condition.sources[0], wording)
        lines.append(wording.phrase("why.sources", sources=sources))
    lines.append(_reviewed(wording.knowledge.conditions[reply.conditions[0]].reviewed, wording))
    return RenderedMessage("\n".join(lines), ((wording.button("back", Action.OVERVIEW),),))


def _evidence(condition: str, wording: Wording) -> str:
    kind = wording.phrase(f"evidence.{wording.knowledge.conditions[condition].evidence}")
    return f"{kind} {escape(wording.texts.conditions[condition].evidence, quote=False)}"


def _sources(ids: tuple[str, ...], wording: Wording) -> str:
    known = [wording.knowledge.sources[id_] for id_ in ids[:MOST_SOURCES]]
    dated = wording.plain("why.source_dated")
    return "; ".join(
        dated.format(title=source.title, date=source.date) if source.date else source.title for source in known
    )


def _short_source(id_: str, wording: Wording) -> str:
    whole = _sources((id_,), wording)
    return whole if len(whole) <= SHORT_SOURCE else whole[: SHORT_SOURCE - 1] + "…"


def _reviewed(review: str, wording: Wording) -> str:
    return wording.phrase("why.not_reviewed") if review == "not yet" else wording.phrase("why.reviewed", by=review)
