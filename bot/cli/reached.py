"""The table of S-28: how each precaution that stops or leaves out comes up."""

from bot.domain.knowledge import Effect, Knowledge


def reached_table(knowledge: Knowledge) -> list[str]:
    """One line for each such contraindication: its effect and the ways it is reached."""
    concerned = [entry for entry in knowledge.contraindications.values() if entry.effect is not Effect.CAUTION]
    width = max((len(entry.id) for entry in concerned), default=0)
    return [f"  {entry.id:{width}}  {entry.effect:16}  {', '.join(entry.reached_by)}" for entry in concerned]
