"""The knowledge that travels with the package, loaded once, and its one wording."""

from functools import cache

from bot.domain.knowledge import Knowledge
from bot.library.loader import load
from bot.library.shipped import shipped
from bot.rendering import Wording

EMERGENCY = "112 <or your local number> & co"  # a contact may hold anything: it must come out escaped
CRISIS = "the helpline <0800> & friends"


@cache
def knowledge() -> Knowledge:
    """The shipped knowledge; an error in it fails every test that needs it."""
    loaded, problems = load(shipped())
    assert loaded is not None, "\n".join(str(problem) for problem in problems if problem.severity == "error")
    return loaded


@cache
def wording() -> Wording:
    """English, with contacts that need escaping."""
    return Wording(knowledge(), knowledge().texts["en"], EMERGENCY, CRISIS)


@cache
def plain_wording() -> Wording:
    """English, with contacts of a usual length."""
    return Wording(knowledge(), knowledge().texts["en"], "your local emergency number", "your local crisis line")
