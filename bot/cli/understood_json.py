"""What a text was understood as, as a JSON object: the interface for measurements (`understand --jsonl`)."""

from typing import Any

from bot.domain.understanding.understood import Understood


def as_json(id_: Any, understood: Understood) -> dict[str, Any]:  # noqa: ANN401  (any JSON value)
    """The JSON object for one text: ids of complaints, red flags and contraindications, codes of points.

    `half_heard` are the red flags to ask about, at most three, the likeliest first. `because` holds the words that led
    to each complaint and red flag. `id_` is passed on as it came.
    """
    because = {flag.id: list(flag.because) for flag in understood.red_flags}
    because |= {complaint.id: list(complaint.because) for complaint in (*understood.accepted, *understood.offered)}
    return {
        "id": id_,
        "accepted": [complaint.id for complaint in understood.accepted],
        "offered": [complaint.id for complaint in understood.offered],
        "red_flags": [{"id": flag.id, "urgency": flag.urgency.value} for flag in understood.red_flags],
        "half_heard": [row.id for row in understood.half_heard],
        "points": list(understood.points or understood.point_choice),
        "ticked": sorted(understood.ticked | understood.contraindications),
        "topic": understood.topic,
        "because": because,
    }
