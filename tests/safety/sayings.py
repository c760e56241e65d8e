"""What people write in these tests, and what it says to anybody who reads it: the oracle's own ears."""

from dataclasses import dataclass
from enum import Enum, auto


class Reply(Enum):
    """What a text says to a question that is open."""

    NOTHING = auto()  # it answers nothing
    NONE = auto()
    YES = auto()
    UNSURE = auto()


@dataclass(frozen=True, slots=True, repr=False)
class Saying:
    """One text. `rows` are checklist rows it states, `stated` another contraindication, `flag` a warning sign."""

    text: str
    conditions: frozenset[str] = frozenset()
    point: str = ""
    rows: frozenset[str] = frozenset()
    stated: str = ""
    flag: bool = False
    person: str = ""
    reply: Reply = Reply.NOTHING
    refused: bool = False
    vague: bool = False
    unread: bool = False  # nobody could say what it means
    small_talk: bool = False

    def __repr__(self) -> str:
        return f"Saying({self.text!r})"


SILENCE = Saying("")


def _about(text: str, *conditions: str, person: str = "", rows: tuple[str, ...] = ()) -> Saying:
    return Saying(text, frozenset(conditions), person=person, rows=frozenset(rows))


COMPLAINTS = (
    _about("my lower back aches", "low_back_pain"),
    _about("knee pain", "knee_pain"),
    _about("i have a headache", "headache"),
    _about("my neck is stiff", "tight_neck", "neck_pain"),
    _about("i feel sick on the bus", "nausea"),
    _about("i can't sleep", "sleep_problems"),
    _about("my wrist hurts", "wrist_pain"),
    _about("toothache", "dental_pain"),
    _about("sinus pressure", "sinus_pressure"),
    _about("knee pain and a headache", "knee_pain", "headache"),
    _about("my lower back aches and my wrist hurts", "low_back_pain", "wrist_pain"),
)
DOCTOR_FIRST = (
    _about("hip pain", "hip_pain"),
    _about("diarrhea", "diarrhea"),
    _about("high blood pressure", "high_blood_pressure"),
    _about("hip pain and knee pain", "hip_pain", "knee_pain"),
)
REFERRED = (
    _about("asthma", "asthma"),
    _about("poor circulation", "poor_circulation"),
    _about("knee pain and asthma", "knee_pain", "asthma"),
)
OF_OTHERS = (
    _about("my mum has knee pain", "knee_pain", person="mum"),
    _about("my dad's lower back aches", "low_back_pain", person="dad"),
    Saying("my mum is in pain", person="mum", vague=True),
    _about("my son is 8 and has knee pain", "knee_pain", person="son", rows=("under_18",)),
)
POINTS = (
    Saying("LI4", point="LI4"),
    Saying("hegu", point="LI4"),
    Saying("SP6", point="SP6"),
    Saying("st-36", point="ST36"),
)
STATEMENTS = (
    Saying("i'm pregnant", rows=frozenset({"pregnancy"})),
    Saying("I am 20 weeks pregnant", rows=frozenset({"pregnancy"})),
    Saying("i have varicose veins", rows=frozenset({"varicose_veins"})),
    Saying("I take warfarin", rows=frozenset({"clot_or_bleeding"})),
    Saying("I'm 15", rows=frozenset({"under_18"})),
    Saying("i'm pregnant and my neck is stiff", frozenset({"tight_neck", "neck_pain"}), rows=frozenset({"pregnancy"})),
    Saying("i have osteoporosis", stated="osteoporosis"),
    Saying("we are trying for a baby", frozenset({"infertility"}), stated="pregnancy_points"),
)
FLAGS = (
    Saying("crushing chest pain and my left arm hurts", flag=True),
    Saying("my face has dropped on one side and my speech is slurred", flag=True),
    Saying("which point for crushing chest pain?", flag=True),
    Saying("I want to kill myself", flag=True),
    Saying("my lower back aches and i am numb between the legs", flag=True),
)
HALF_HEARD = (
    Saying("farewell my friends"),
    Saying("my throat feels odd"),
    _about("my lower back aches and everyone would be lighter without me around", "low_back_pain"),
)
ANSWERS = (
    Saying("none", reply=Reply.NONE),
    Saying("no", reply=Reply.NONE),
    Saying("yes", reply=Reply.YES),
    Saying("not sure", reply=Reply.UNSURE),
    Saying("maybe", reply=Reply.UNSURE),
)
MUMBLED = (
    Saying("asdf qwer zxcv", unread=True),
    Saying("wibble wibble", unread=True),
    Saying("qué puntos para dormir", unread=True),
    Saying("none?", unread=True),
    Saying("none really", unread=True),
)
SMALL_TALK = (
    Saying("thanks", small_talk=True),
    Saying("ok thanks", small_talk=True),
    Saying("hello", small_talk=True),
)
REFUSED_ANSWERS = (
    Saying("?", reply=Reply.UNSURE),
    Saying("why", reply=Reply.UNSURE),
    Saying("i'd rather not say", reply=Reply.UNSURE),
    Saying("a bit", reply=Reply.UNSURE),
)
OTHER = (
    Saying("which points start labour?", refused=True),
    Saying("can i stop my blood pressure tablets and press points?", refused=True),
    *MUMBLED,
    *SMALL_TALK,
    *REFUSED_ANSWERS,
    Saying("it hurts", vague=True),
    Saying("\u200b"),
    Saying("LI44"),
    Saying("shenmen"),
)
AFTER_A_WARNING = (
    Saying("what should i do"),
    Saying("can i drive myself"),
    Saying("can i take aspirin"),
    Saying("it went away"),
    Saying("false alarm"),
    Saying("which point should i press"),
    Saying("i called, they are coming"),
    Saying("delete everything"),
    Saying("goodbye"),
)
EVERY = (
    *AFTER_A_WARNING,
    *COMPLAINTS,
    *DOCTOR_FIRST,
    *REFERRED,
    *OF_OTHERS,
    *POINTS,
    *STATEMENTS,
    *FLAGS,
    *HALF_HEARD,
    *ANSWERS,
    *OTHER,
)
