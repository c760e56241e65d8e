"""Why these points: the kind of evidence, the sources, and whether anybody has reviewed it (S-75)."""

from html import escape

from bot.domain.turns.events import Action
from bot.domain.turns.replies import WhyPoint, WhyThese
from bot.rendering.wording import RenderedMessage, Wording

MOST_SOURCES = 3
SHORT_SOURCE = 48  # characters of a source where several complaints share a message


def message(reply: WhyPoint | WhyThese, voice: Wording) -> RenderedMessage:
    """Where it comes from, and how sure that is."""
    return _why_point(reply, voice) if isinstance(reply, WhyPoint) else _why_these(reply, voice)


def _why_point(reply: WhyPoint, voice: Wording) -> RenderedMessage:
    """Sources with their dates and one honest line on evidence."""
    point = voice.knowledge.points[reply.point]
    lines = [voice.phrase("why.point", point=voice.point_name(reply.point))]
    lines += [_evidence(id_, voice) for id_ in reply.conditions]
    lines.append(voice.phrase("why.sources", sources=_sources(point.sources, voice)))
    lines.append(_reviewed(point.reviewed, voice))
    return RenderedMessage("\n".join(lines), ((voice.button("back", Action.CARD, reply.point),),))


def _why_these(reply: WhyThese, voice: Wording) -> RenderedMessage:
    """Why these points: evidence, sources, and for a single complaint what else is named for it."""
    lines = []
    alone = len(reply.conditions) == 1
    for id_ in reply.conditions:
        condition = voice.knowledge.conditions[id_]
        lines.append(voice.phrase("why.condition", condition=voice.texts.conditions[id_].name))
        lines.append(_evidence(id_, voice))
        if condition.more_points and alone:
            lines.append(voice.phrase("why.more_points", points=", ".join(condition.more_points)))
        sources = _sources(condition.sources, voice) if alone else _shortly(condition.sources[0], voice)
        lines.append(voice.phrase("why.sources", sources=sources))
    lines.append(_reviewed(voice.knowledge.conditions[reply.conditions[0]].reviewed, voice))
    return RenderedMessage("\n".join(lines), ((voice.button("back", Action.OVERVIEW),),))


def _evidence(condition: str, voice: Wording) -> str:
    kind = voice.phrase(f"evidence.{voice.knowledge.conditions[condition].evidence}")
    return f"{kind} {escape(voice.texts.conditions[condition].evidence, quote=False)}"


def _sources(ids: tuple[str, ...], voice: Wording) -> str:
    known = [voice.knowledge.sources[id_] for id_ in ids[:MOST_SOURCES]]
    dated = voice.plain("why.source_dated")
    return "; ".join(
        dated.format(title=source.title, date=source.date) if source.date else source.title for source in known
    )


def _shortly(id_: str, voice: Wording) -> str:
    whole = _sources((id_,), voice)
    return whole if len(whole) <= SHORT_SOURCE else whole[: SHORT_SOURCE - 1] + "…"


def _reviewed(review: str, voice: Wording) -> str:
    return voice.phrase("why.not_reviewed") if review == "not yet" else voice.phrase("why.reviewed", by=review)
