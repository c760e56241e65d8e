"""Explains why a text is understood as it is, with the lines of the knowledge behind it: for `ask` and /preview."""

from bot.domain.understanding.evidence import Evidence, Fit
from bot.domain.understanding.explanation import derive
from bot.library.library import Loaded
from bot.library.proofs.places import places_in
from bot.rendering.because import Say, Section, because
from bot.services.sealed_messages import LANGUAGE


def reasons(loaded: Loaded, text: str, say: Say) -> tuple[Section, ...]:
    """The explanation of a text under the knowledge that is loaded. `say` gives an admins' phrase by its key."""
    places = places_in(loaded.files, LANGUAGE)

    def locate(evidence: Evidence, fit: Fit) -> str:
        return places.of(evidence.kind, evidence.owner, fit.pattern)

    derivation = derive(loaded.understanding[LANGUAGE], text)
    return because(
        derivation, loaded.knowledge.texts[LANGUAGE], lambda key, **values: say(f"admin.{key}", **values), locate
    )
