"""From complaints and answers to points: the order, what is left out, what stops."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.knowledge import MOST_POINTS, Checklist, Effect, Knowledge, Tier
from bot.domain.screening.triage import LeftOut, find_stop, make_plan, points_in_order, strictest_tier
from tests.knowledge_for_tests import tiny

SELF_CARE = [c.id for c in tiny().conditions.values() if c.tier is not Tier.REFER]
wishes = st.lists(st.sampled_from(SELF_CARE), min_size=1, max_size=3, unique=True)
stated_ones = st.sets(st.sampled_from([c.id for c in tiny().contraindications.values() if c.effect is not Effect.STOP]))


def with_row(knowledge: Knowledge, id_: str, effect: Effect, contraindications: tuple[str, ...]) -> Knowledge:
    """The knowledge with one row changed."""
    rows = tuple(
        replace(row, effect=effect, contraindications=contraindications) if row.id == id_ else row
        for row in knowledge.checklist.rows
    )
    return replace(knowledge, checklist=Checklist("2", rows))


@pytest.mark.parametrize(
    ("wish", "tier"),
    [
        ((), Tier.SELF_CARE),
        (("neck_pain",), Tier.SELF_CARE),
        (("neck_pain", "hip_pain"), Tier.ASK_DOCTOR_FIRST),
        (("hip_pain", "asthma", "neck_pain"), Tier.REFER),
    ],
)
@pytest.mark.safety("S-33")
def test_the_strictest_tier_counts_for_all(knowledge: Knowledge, wish: tuple[str, ...], tier: Tier) -> None:
    assert strictest_tier(wish, knowledge) is tier


def test_shared_points_come_first_then_each_complaints_own_order(knowledge: Knowledge) -> None:
    wished = [knowledge.conditions[id_] for id_ in ("neck_pain", "low_back_pain")]
    assert points_in_order(wished) == ("LI4", "GB20", "BL23", "GB21")


def test_a_point_that_one_complaint_must_not_be_offered_is_not_offered_for_two(knowledge: Knowledge) -> None:
    assert "ST36" in make_plan(("fatigue",), "", (), (), knowledge).points
    assert "ST36" not in make_plan(("fatigue", "wrist_pain"), "", (), (), knowledge).points


@given(wishes, stated_ones, st.booleans())
def test_a_plan_has_at_most_four_points_and_none_twice_or_left_out(
    wish: list[str],
    stated: set[str],
    skin: bool,
) -> None:
    made = make_plan(wish, "", ("skin_or_injury",) if skin else (), sorted(stated), tiny())
    assert len(made.points) == len(set(made.points)) <= MOST_POINTS
    assert not set(made.points) & {item.point for item in made.left_out}


@given(wishes, stated_ones, st.sampled_from(sorted(tiny().contraindications)))
@pytest.mark.safety("S-28")
def test_stating_more_never_gives_more_points(wish: list[str], stated: set[str], more: str) -> None:
    wide = make_plan(wish, "", (), sorted(stated), tiny())
    narrow = make_plan(wish, "", (), sorted(stated | {more}), tiny())
    reasons = {item.point for item in wide.left_out}
    assert reasons <= {item.point for item in narrow.left_out}
    assert not set(narrow.points) & reasons


@pytest.mark.parametrize(
    ("ticks", "stated", "rows", "named"),
    [
        (("pregnancy",), (), ("pregnancy",), ()),
        (("under_18", "varicose_veins"), (), ("varicose_veins", "under_18"), ()),
        ((), ("fever_infection", "medicines"), (), ("fever_infection",)),
    ],
)
@pytest.mark.safety("S-28")
def test_what_stops_stops_for_any_region(
    knowledge: Knowledge,
    ticks: tuple[str, ...],
    stated: tuple[str, ...],
    rows: tuple[str, ...],
    named: tuple[str, ...],
) -> None:
    stop = find_stop(ticks, stated, ("knee",), knowledge)
    assert stop is not None
    assert (stop.rows, stop.stated) == (rows, named)


@pytest.mark.safety("S-28")
def test_skin_or_injury_stops_for_the_neck_and_the_back_and_leaves_a_knee_out(knowledge: Knowledge) -> None:
    assert find_stop(("skin_or_injury",), (), ("lower_back",), knowledge) is not None
    assert find_stop(("skin_or_injury",), (), ("wrist_hand",), knowledge) is None
    made = make_plan(("wrist_pain",), "", ("skin_or_injury",), (), knowledge)
    assert made.points == ()
    assert made.left_out[0] == LeftOut("PC6", "skin_or_injury")
    knee = make_plan(("knee_pain",), "", ("skin_or_injury",), (), knowledge)
    assert knee.points == ("ST36",)


@pytest.mark.safety("S-28")
def test_a_stated_precaution_leaves_out_its_points_or_regions_and_says_so(knowledge: Knowledge) -> None:
    assert make_plan(("low_back_pain",), "", (), ("osteoporosis",), knowledge).left_out == (
        LeftOut("BL23", "osteoporosis"),
    )
    numb = make_plan(("neck_pain",), "", (), ("numb_skin",), knowledge)
    assert (numb.points, numb.left_out) == (("GB20", "GB21"), (LeftOut("LI4", "numb_skin"),))


@pytest.mark.safety("S-28")
def test_a_region_that_is_not_known_is_that_of_the_complaint(knowledge: Knowledge) -> None:
    made = make_plan(("neck_pain",), "", (), ("tumour_site",), knowledge)
    assert made.points == ("LI4",)


@pytest.mark.safety("S-28")
def test_for_a_complaint_of_the_whole_body_such_a_region_is_everywhere(knowledge: Knowledge) -> None:
    assert make_plan(("fatigue",), "", (), ("tumour_site",), knowledge).points == ()


@pytest.mark.safety("S-28")
def test_a_point_named_with_a_complaint_is_left_out_for_the_places_of_both(knowledge: Knowledge) -> None:
    assert make_plan(("neck_pain",), "LI4", (), (), knowledge).points == ("LI4",)
    assert make_plan(("neck_pain",), "GB20", ("skin_or_injury",), (), knowledge).points == ()
    assert make_plan((), "LI4", ("skin_or_injury",), (), knowledge).points == ()


@pytest.mark.safety("S-28")
def test_cautions_are_said_and_take_nothing_away(knowledge: Knowledge) -> None:
    made = make_plan(("neck_pain",), "", (), ("heart_disease", "medicines"), knowledge)
    assert made.cautions == ("heart_disease", "medicines")
    assert len(made.points) == 3


@pytest.mark.safety("S-28")
def test_the_effect_of_a_row_is_data(knowledge: Knowledge) -> None:
    careful = with_row(knowledge, "varicose_veins", Effect.CAUTION, ("heart_disease",))
    assert make_plan(("neck_pain",), "", ("varicose_veins",), (), careful).cautions == ("heart_disease",)
    assert make_plan(("neck_pain",), "", (), (), careful).cautions == ()
    without = with_row(knowledge, "varicose_veins", Effect.LEAVE_OUT, ("pregnancy_points",))
    assert make_plan(("neck_pain",), "", ("varicose_veins",), (), without).points == ("GB20",)
    assert make_plan(("neck_pain",), "", (), (), without).left_out == ()


@pytest.mark.safety("S-28")
def test_whatever_was_stated_and_does_not_stop_is_said_as_a_caution_even_where_it_takes_no_point(
    knowledge: Knowledge,
) -> None:
    milder = [id_ for id_, entry in knowledge.contraindications.items() if entry.effect is not Effect.STOP]
    assert make_plan(("neck_pain",), "", (), milder, knowledge).cautions == tuple(milder)


@pytest.mark.safety("S-28", "S-29")
def test_what_tells_of_a_pregnancy_leaves_out_all_that_is_avoided_or_unclear_in_one(knowledge: Knowledge) -> None:
    bare = replace(knowledge.contraindications["pregnancy_points"], points=())
    unlisted = replace(knowledge, contraindications={**knowledge.contraindications, bare.id: bare})
    assert make_plan(("neck_pain", "knee_pain"), "", (), (bare.id,), unlisted).points == ("GB20", "SP10")
