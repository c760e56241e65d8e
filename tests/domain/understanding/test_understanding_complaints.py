"""Complaints in people's own words: every name and phrase, misspellings, several at once, and none off topic."""

import pytest

from bot.domain.knowledge import Knowledge
from bot.domain.understanding.understand import Understanding
from tests.domain.shipped import accepted, lines, named, pairs, stops

GENERAL = "chronic_pain"


def wanted(line: str) -> list[set[str]]:
    """For each complaint that a label names, the set of ids that are right."""
    return [{id_.strip() for id_ in each.split("/")} for each in line.split("+")]


def test_every_name_and_phrase_is_understood_as_its_complaint(
    english: Understanding, shipped_knowledge: Knowledge
) -> None:
    missed = []
    for id_, text in shipped_knowledge.texts["en"].conditions.items():
        for phrase in (text.name, *text.phrases):
            understood = english.understand(phrase)
            vague = understood.vague and id_ in {GENERAL, "fibromyalgia"}
            if named(understood)[:1] != [id_] and not vague:
                missed.append((id_, phrase, named(understood)))
    assert missed == []


LONG = 5


def test_nearly_every_phrase_survives_a_letter_left_out_of_a_long_word(
    english: Understanding, shipped_knowledge: Knowledge
) -> None:
    """A few misspellings are words themselves ("belly", "bell")."""
    tried, missed = 0, []
    for id_, text in shipped_knowledge.texts["en"].conditions.items():
        for phrase in text.phrases:
            words = phrase.split()
            for at, word in enumerate(words):
                if word.isalpha() and len(word) >= LONG:
                    slip = " ".join([*words[:at], word[:2] + word[3:], *words[at + 1 :]])
                    tried += 1
                    understood = english.understand(slip)
                    if id_ not in named(understood) and not understood.vague:
                        missed.append((id_, slip))
    assert len(missed) / tried < 0.07, missed


@pytest.mark.parametrize(("ids", "message"), pairs("complaints.txt"))
def test_a_message_of_our_list_is_understood_as_what_it_is(english: Understanding, ids: str, message: str) -> None:
    understood = english.understand(message)
    right = wanted(ids)
    assert not stops(understood)
    assert accepted(understood)[:1], message
    assert accepted(understood)[0] in set().union(*right)
    assert all(each & set(accepted(understood)) for each in right)


@pytest.mark.safety("S-19")
@pytest.mark.parametrize("message", lines("off_topic.txt"))
def test_off_topic_there_is_no_complaint_no_point_and_no_alarm(english: Understanding, message: str) -> None:
    understood = english.understand(message)
    assert (named(understood), understood.points, understood.red_flags) == ([], (), ())


@pytest.mark.parametrize(
    ("message", "complaint"),
    [
        ("so stressed about my bank account", "stress_anxiety"),
        ("can't sleep since my card was stolen", "sleep_problems"),
    ],
)
def test_a_feeling_beside_a_card_or_an_account_is_asked_about(
    english: Understanding, message: str, complaint: str
) -> None:
    understood = english.understand(message)
    assert ([], [complaint]) == ([each.id for each in understood.accepted], [each.id for each in understood.offered])


@pytest.mark.parametrize("message", ["my knee hurts, can I pay by card", "I got back pain, the payment came back too"])
def test_an_account_changes_nothing_where_a_body_part_is_named(english: Understanding, message: str) -> None:
    assert english.understand(message).accepted


@pytest.mark.parametrize(
    ("message", "complaints"),
    [
        ("first my neck, then my shoulders, every single week", ["neck_pain", "shoulder_pain"]),
        ("knees and heels, that is me after twenty years on the ward", ["knee_pain", "foot_pain"]),
        ("after church my poor old knees are a penance", ["knee_pain"]),
        ("a knee is the largest joint of all", []),
        ("my statement shows a transfer, can you trace it back", []),
    ],
)
def test_ones_own_body_parts_are_asked_about_without_a_word_of_pain(
    english: Understanding, message: str, complaints: list[str]
) -> None:
    understood = english.understand(message)
    assert ([], complaints) == ([each.id for each in understood.accepted], [each.id for each in understood.offered])


@pytest.mark.parametrize("message", ["it hurts", "pain everywhere", "everything hurts", "i am in pain", "help me"])
def test_pain_without_a_place_is_vague(english: Understanding, message: str) -> None:
    understood = english.understand(message)
    assert understood.vague
    assert accepted(understood) == []


@pytest.mark.parametrize(
    ("message", "id_"),
    [
        ("my neck is tight", "tight_neck"),
        ("pain in my neck", "neck_pain"),
        ("my knee hurts", "knee_pain"),
        ("my leg hurts", "leg_pain"),
        ("ache between my shoulder blades", "upper_back_pain"),
        ("ache in my shoulder", "shoulder_pain"),
        ("numb fingers at night", "carpal_tunnel"),
        ("sore fingers", "wrist_pain"),
        ("stomach pain", "abdominal_pain"),
        ("my stomach is bloated", "abdominal_distention"),
    ],
)
def test_the_more_specific_complaint_wins(english: Understanding, message: str, id_: str) -> None:
    assert accepted(english.understand(message)) == [id_]


@pytest.mark.parametrize(
    ("message", "ids"),
    [
        ("no back pain, only my knee", ["knee_pain"]),
        ("not my neck but my shoulder hurts", ["shoulder_pain"]),
        ("used to have knee pain, now it's my hip", ["hip_pain"]),
        ("I don't have a headache, my tooth aches", ["dental_pain"]),
        ("my hip hurts when I lie on my back", ["hip_pain"]),
    ],
)
def test_what_is_denied_is_no_complaint(english: Understanding, message: str, ids: list[str]) -> None:
    assert accepted(english.understand(message)) == ids


def test_at_most_three_complaints_are_gone_on_with_and_three_offered(english: Understanding) -> None:
    understood = english.understand("headache, neck pain, knee pain, heel pain, elbow pain, constipation and bloating")
    assert len(understood.accepted) == 3
    assert len(understood.offered) <= 3


def test_a_body_part_alone_is_asked_about(english: Understanding) -> None:
    understood = english.understand("lower back please")
    assert accepted(understood) == []
    assert named(understood) == ["low_back_pain"]


def test_because_names_the_words_as_they_were_written(english: Understanding) -> None:
    understood = english.understand("hi, my Lowr   bak hurts")
    assert understood.accepted[0].id == "low_back_pain"
    assert understood.accepted[0].because == ("Lowr bak hurts",)


@pytest.mark.parametrize(
    ("message", "id_"),
    [
        ("I have rheumatoid, knuckles a bit achy today", "rheumatoid_arthritis"),
        ("osteoarthritis in my fingers, they ache in the cold", "arthritis"),
        ("my sciatica again, the back of the leg burns", "sciatica"),
        ("migraine since noon, half my head throbs", "migraine"),
    ],
)
def test_an_illness_that_is_named_accounts_for_what_it_feels_like(
    english: Understanding, message: str, id_: str
) -> None:
    assert accepted(english.understand(message)) == [id_]


@pytest.mark.parametrize(
    ("message", "id_"),
    [
        ("My knee. It hurts when I go down the stairs.", "knee_pain"),
        ("Lower back again! Worse when I sit", "low_back_pain"),
        ("it aches so much... the right shoulder", "shoulder_pain"),
    ],
)
def test_a_place_and_a_feeling_may_stand_in_two_sentences(english: Understanding, message: str, id_: str) -> None:
    assert accepted(english.understand(message)) == [id_]


@pytest.mark.parametrize(
    ("message", "ids"),
    [
        ("shoulder is sore, and the elbow too", ["shoulder_pain", "elbow_pain"]),
        ("my neck hurts and so does my lower back", ["neck_pain", "low_back_pain"]),
        ("back, hips and knees all ache", ["low_back_pain", "hip_pain", "knee_pain"]),
        ("pain from my lower back to the calf", ["sciatica"]),
        ("hip, knee and ankle on the right all sore after the walk", ["hip_pain", "knee_pain", "foot_pain"]),
        ("neck pain going up into a headache", ["neck_pain", "headache"]),
        ("everything is sore from yesterday's crossfit", ["muscle_pain"]),
    ],
)
def test_each_place_of_a_list_is_a_complaint_in_the_order_told(
    english: Understanding, message: str, ids: list[str]
) -> None:
    assert accepted(english.understand(message)) == ids


@pytest.mark.parametrize("message", ["my dog is limping with a sore leg", "why is my cat vomiting"])
def test_animals_get_no_complaint(english: Understanding, message: str) -> None:
    assert named(english.understand(message)) == []


@pytest.mark.parametrize(
    ("message", "ids"),
    [
        ("knee pain, my high blood pressure is under control", ["knee_pain"]),
        ("my knees are sore, I had a hernia ten years ago", ["knee_pain"]),
        ("my high blood pressure is under control", ["high_blood_pressure"]),
        ("headache when I am stressed", ["headache"]),
        ("my neck is stiff when I am nervous", ["tight_neck"]),
        ("myofascial pain, arms and thighs ache", ["muscle_pain"]),
        ("PMS, crying at adverts", ["menstrual_problems"]),
        ("I am stressed and my neck is stiff", ["stress_anxiety", "tight_neck"]),
        ("I am depressed and my period hurts", ["depression", "menstrual_problems"]),
        ("my asthma is bad, my back hurts, and otherwise I am fine", ["asthma", "low_back_pain"]),
    ],
)
def test_what_is_said_in_passing_gives_way_to_what_is_asked_about(
    english: Understanding, message: str, ids: list[str]
) -> None:
    assert accepted(english.understand(message)) == ids


@pytest.mark.parametrize(
    ("message", "ids"),
    [
        ("runny tummy with cramps", ["diarrhea", "abdominal_pain"]),
        ("constipated and cramps", ["constipation", "abdominal_pain"]),
        ("calf cramps and loose motions", ["leg_pain", "diarrhea"]),
        ("my knee doesn't let me sleep", ["knee_pain", "sleep_problems"]),
        ("it started in my knee, now my elbow has it as well", ["knee_pain", "elbow_pain"]),
    ],
)
def test_a_general_word_means_a_complaint_beside_what_explains_it(
    english: Understanding, message: str, ids: list[str]
) -> None:
    assert accepted(english.understand(message)) == ids


def test_a_saying_of_a_complaint_never_hides_the_words_of_an_alarm(english: Understanding) -> None:
    understood = english.understand("my leg cannot straighten up since I fell")
    assert stops(understood) or understood.half_heard
