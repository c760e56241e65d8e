"""What the random talks choose from."""

from hypothesis import strategies as st

from bot.domain.turns import commands as known
from tests.safety import sayings
from tests.safety.sayings import Saying

PLACES = st.tuples(st.integers(0, 400), st.integers(0, 400))
CHATS = st.sampled_from(("ann", "bob", "ann", "bob", "cy"))
COMMANDS = (*known.COMMANDS, "preview")
PAYLOADS = (
    Saying("p_LI4", point="LI4"),
    Saying("p_SP6", point="SP6"),
    Saying("p_NOPE"),
    *(
        Saying(f"c_{id_}", frozenset({id_}))
        for id_ in ("low_back_pain", "neck_pain", "hip_pain", "asthma", "thumb_pain", "knee_pain")
    ),
    Saying("x'><b>"),
)
JUMPS = (
    {"seconds": 5},
    {"minutes": 10},
    {"minutes": 59},
    {"minutes": 59, "seconds": 59},
    {"minutes": 60},
    {"minutes": 61},
    {"hours": 25},
    {"seconds": -1},
    {"hours": -2},
    {"days": 3},
)
WISHES = (*sayings.COMPLAINTS, sayings.HALF_HEARD[2], *sayings.DOCTOR_FIRST, *sayings.REFERRED, *sayings.OF_OTHERS)
ROWS = ("Pregnant", "Varicose veins", "Under 18", "Skin, injury")
PAGES = ("Inner Pass", "Leg Three Miles", "Joining Valley", "Why these?", "Next ▶", "I can't find it", "Back")
SCORES = ("Skip", "0", "4", "7", "8", "9", "10")
KEEP = "Keep complaint, points, 0\N{EN DASH}10, time"
GUIDED = (
    "Next",
    "Pause",
    "Go on",
    "Other side",
    "It hurts: stop",
    KEEP,
    "Pregnant",
    "It hurts or feels wrong",
    "All fine, go on",
    "End",
)
NEWEST = ("Pregnant", "Skin, injury", "Done", "None of these", "Show how to press", "Change my answers")
YES = (
    "button.doubt_no",
    "button.flag_checked",
    "button.flag_talked",
    "button.doctor_yes",
    "button.untick_yes",
    "button.no_flag_sure",
    "button.none_of_these",
    "button.done",
)
