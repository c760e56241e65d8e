"""S-7: a symptom that is not current raises no flag; the same words about the writer's present state do."""

import pytest

from bot.domain.understanding.understand import Understanding
from tests.domain.shipped import stops

TOLD_AND_MEANT = {
    "asked in general": ("is sepsis contagious", "is this sepsis, he is confused and shivering"),
    "asked what it is": ("what is a stroke", "what is this crushing pain in my chest"),
    "asked as a question": ("does a seizure always come back", "does this look like a seizure"),
    "asked for a point": ("how many people get a stroke", "which point for a stroke"),
    "cut by accident": ("cut myself shaving", "I cut myself again tonight"),
    "taught": (
        "first aid course on friday, what's the sign for a stroke again",
        "first aid course on friday, I think I am having a stroke",
    ),
    "in a film": (
        "watching a drama where someone had an aneurysm",
        "watching a drama and my chest hurts",
    ),
    "given by a boss": ("my boss will give me a heart attack", "my boss is having a heart attack"),
    "imagined": ("in case of chest pain whom do I ring", "what if my chest pain is my heart"),
    "a machine": ("my laptop won't wake up", "my dad won't wake up"),
    "an animal": ("my cat keeps vomiting", "my cat scratched my hand and the red is spreading"),
    "in good hands": (
        "our neighbour collapsed and the ambulance took her",
        "our neighbour collapsed and we wait for the ambulance",
    ),
    "back then": ("I had bleeding with my first pregnancy", "I am bleeding in my first pregnancy"),
    "checked": (
        "my chest aches, the ECG was normal",
        "the ECG was normal last month, now crushing chest pain",
    ),
    "a saying": ("had a fit when I saw the bill", "had a fit when we were in the shop"),
    "another saying": ("dying to see that film", "I want to die"),
    "stabbed by a colleague": ("he stabbed me in the back at work", "he stabbed me in the back with a knife"),
    "laughing": ("laughed so much I couldn't breathe", "she laughed at me, I can't breathe, my lips are blue"),
}


@pytest.mark.safety("S-7", "S-9")
@pytest.mark.parametrize(("told", "meant"), TOLD_AND_MEANT.values(), ids=TOLD_AND_MEANT.keys())
def test_what_is_only_told_stops_nobody_and_what_is_meant_does(english: Understanding, told: str, meant: str) -> None:
    assert not stops(english.understand(told))
    assert stops(english.understand(meant))


@pytest.mark.safety("S-7")
def test_a_woman_of_forty_two_has_no_fever(english: Understanding) -> None:
    assert not stops(english.understand("neck ache after work, 42F"))
    assert stops(english.understand("neck ache and 40C since noon"))
