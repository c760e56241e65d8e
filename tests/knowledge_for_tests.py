"""A small knowledge made in code: one complaint, point, precaution and flag of each kind the rules tell apart."""

from bot.domain.knowledge import (
    Area,
    Checklist,
    ChecklistRow,
    Condition,
    Confidence,
    Contraindication,
    Effect,
    EvidenceKind,
    Knowledge,
    Motion,
    Point,
    PregnancyRule,
    Pressure,
    Reach,
    RedFlag,
    Tier,
    Urgency,
)
from bot.domain.texts import QuestionText, RedFlagText, Texts, Vocabulary

AVOID, UNCLEAR, FREE = PregnancyRule.AVOID, PregnancyRule.UNCLEAR, PregnancyRule.NOT_LISTED


def point(code: str, region: str, pregnancy: PregnancyRule = FREE) -> Point:
    """A point of this region."""
    return Point(
        id=code,
        sources=("book",),
        reviewed="not yet",
        meridian="bladder",
        region=region,
        pinyin=code,
        pinyin_plain=code,
        hanzi="",
        bilateral=True,
        avoid_in_pregnancy=pregnancy,
        seconds=30,
        repeats=1,
        pressure=Pressure.MEDIUM,
        motion=Motion.HOLD,
        reach=Reach.SELF,
        contraindications=(),
        pictures=(),
        evidence=Confidence.MEDIUM,
    )


def condition(
    id_: str,
    region: str,
    points: tuple[str, ...],
    question: str | None,
    tier: Tier = Tier.SELF_CARE,
    refused: tuple[str, ...] = (),
) -> Condition:
    """A complaint of this region."""
    return Condition(
        id=id_,
        sources=("book",),
        reviewed="not yet",
        region=region,
        tier=tier,
        points=points,
        more_points=(),
        points_not_offered=refused,
        question=question,
        technique="general",
        evidence=EvidenceKind.TRADITION_ONLY,
    )


def precaution(
    id_: str, effect: Effect, points: tuple[str, ...] = (), regions: tuple[str, ...] = ()
) -> Contraindication:
    """A contraindication that a text can state."""
    return Contraindication(id_, ("book",), "not yet", effect, points, regions, ("stated_text",), Confidence.MEDIUM)


def red_flag(id_: str, urgency: Urgency, *, crisis: bool = False) -> RedFlag:
    """A warning sign."""
    return RedFlag(id_, ("book",), "not yet", urgency, crisis, ("any",), Confidence.HIGH)


_POINTS = (
    point("GB20", "neck"),
    point("GB21", "shoulder", AVOID),
    point("LI4", "hand", AVOID),
    point("PC6", "wrist_forearm"),
    point("SP10", "knee"),
    point("ST36", "lower_leg", UNCLEAR),
    point("BL23", "lower_back"),
    point("CV17", "chest"),
    point("HT7", "wrist_forearm"),
)
_CONDITIONS = (
    condition("neck_pain", "neck", ("GB20", "GB21", "LI4"), "neck"),
    condition("knee_pain", "knee", ("SP10", "ST36"), "knee"),
    condition("arthritis", "knee", ("ST36", "SP10"), "knee"),
    condition("low_back_pain", "lower_back", ("BL23", "LI4"), "spine"),
    condition("wrist_pain", "wrist_hand", ("PC6", "HT7", "LI4"), "wrist", refused=("ST36",)),
    condition("fatigue", "whole_body", ("ST36", "LI4", "PC6"), "mood"),
    condition("hip_pain", "hip", ("ST36",), "hip", Tier.ASK_DOCTOR_FIRST),
    condition("asthma", "chest", (), None, Tier.REFER),
    condition("hernia", "abdomen_groin", (), None, Tier.REFER),
)
_SPINE_AND_ALL = ("neck", "lower_back", "whole_body")
_ROWS = (
    ChecklistRow("pregnancy", Effect.STOP, (), ("pregnancy",)),
    ChecklistRow("varicose_veins", Effect.STOP, (), ("varicose_veins",)),
    ChecklistRow("skin_or_injury", Effect.LEAVE_OUT_REGION, _SPINE_AND_ALL, ("skin_problem",)),
    ChecklistRow("under_18", Effect.STOP, (), ("children",)),
)
_PRECAUTIONS = (
    precaution("pregnancy", Effect.STOP),
    precaution("varicose_veins", Effect.STOP),
    precaution("children", Effect.STOP),
    precaution("skin_problem", Effect.LEAVE_OUT_REGION),
    precaution("fever_infection", Effect.STOP),
    precaution("tumour_site", Effect.LEAVE_OUT_REGION),
    precaution("numb_skin", Effect.LEAVE_OUT_REGION, regions=("hand", "lower_leg")),
    precaution("osteoporosis", Effect.LEAVE_OUT, points=("BL23", "CV17")),
    precaution("sore_wrist", Effect.LEAVE_OUT, points=("HT7",)),
    precaution("pregnancy_points", Effect.LEAVE_OUT, points=("LI4", "GB21", "ST36")),
    precaution("heart_disease", Effect.CAUTION),
    precaution("medicines", Effect.CAUTION),
)
_FLAGS = (
    red_flag("heart_attack", Urgency.EMERGENCY),
    red_flag("stroke", Urgency.EMERGENCY),
    red_flag("spine_serious", Urgency.SAME_DAY),
    red_flag("suicidal_crisis", Urgency.EMERGENCY, crisis=True),
    red_flag("lump", Urgency.SEE_GP),
)
_AREAS = (
    Area("neck_shoulder", ("neck", "shoulder"), ("neck", "shoulder")),
    Area("arm_hand", ("wrist_hand",), ("wrist_forearm", "hand"), {"wrist_forearm": "map-wrist.jpg"}),
    Area("back", ("lower_back",), ("lower_back",)),
    Area("chest_belly", ("chest", "abdomen_groin"), ("chest",)),
    Area("leg", ("hip",), ("lower_leg",)),
    Area("knee_foot", ("knee",), ("knee",)),
    Area("whole_body", ("whole_body",), ()),
)
_QUESTIONS = ("neck", "knee", "spine", "wrist", "mood", "hip", "general")


def texts() -> Texts:
    """Texts with the questions and warning signs alone: the domain needs no other words."""
    return Texts(
        language="en",
        phrases={},
        points={},
        ambiguous_points={},
        unknown_points={},
        conditions={},
        questions={id_: QuestionText((f"sign of {id_}",), (), "") for id_ in _QUESTIONS},
        checklist={},
        contraindications={},
        red_flags={flag.id: RedFlagText(flag.id, f"Act on {flag.id}.", (), (), f"Is it {flag.id}?") for flag in _FLAGS},
        techniques={},
        areas={},
        regions={},
        meridians={},
        refusals={},
        vocabulary=Vocabulary({}, {}),
    )


def tiny() -> Knowledge:
    """The small knowledge, fresh each time."""
    return Knowledge(
        version="tiny",
        points={each.id: each for each in _POINTS},
        conditions={each.id: each for each in _CONDITIONS},
        contraindications={each.id: each for each in _PRECAUTIONS},
        checklist=Checklist("1", _ROWS),
        red_flags={each.id: each for each in _FLAGS},
        techniques={},
        sources={},
        areas=_AREAS,
        texts={"en": texts()},
    )
