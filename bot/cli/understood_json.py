"""What a text was understood as, as one JSON object: the interface for measuring (`understand --jsonl`)."""

from typing import Any

from bot.domain.understanding.understand import Understood


def as_json(id_: Any, understood: Understood) -> dict[str, Any]:  # noqa: ANN401  (any JSON value)
    """The complaints the conversation goes on with and those it asks about, red flags, points, ticks, and why."""
    because = {flag.id: list(flag.because) for flag in understood.red_flags}
    because |= {heard.id: list(heard.because) for heard in (*understood.accepted, *understood.offered)}
    return {
        "id": id_,
        "accepted": [item.id for item in understood.accepted],
        "offered": [item.id for item in understood.offered],
        "red_flags": [{"id": flag.id, "urgency": flag.urgency.value} for flag in understood.red_flags],
        "points": list(understood.points or understood.point_choice),
        "ticked": sorted(understood.ticked | understood.stated),
        "because": because,
    }
