"""What each word is said about: clauses, denials, and what cannot be done."""

import pytest

from tests.domain.understanding.small_language import analyse, said


@pytest.mark.safety("S-6")
@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("no fever rash", "-fever -rash"),
        ("no very fever", "-fever"),
        ("fever no rash", "fever -rash"),
        ("no fever but rash", "-fever rash"),
        ("no fever. rash", "-fever rash"),
        ("no fever only rash", "-fever rash"),
        ("no my neck", "-neck"),
        ("no fever my neck", "-fever neck"),
        ("no fever it rash", "-fever rash"),
        ("no very it rash", "rash"),
        ("no idea fever", "no_idea -idea fever"),
        ("no idea. no fever rash", "no_idea -idea -fever -rash"),
        ("no turn over fever", "-turn_over -turn -over fever"),
        ("no b c d e f g h i", "-b -c -d -e -f -g -h"),
        ("no b c d e f g h j k", "-b -c -d -e -f -g -h j k"),
        ("no b c d no e f g h j k m", "-b -c -d -e -f -g -h -j -k -m"),
    ],
)
def test_a_denial_reaches_seven_words_unless_something_ends_it(text: str, meant: str) -> None:
    assert said(text) == meant


@pytest.mark.safety("S-6")
@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("no sleep fever", "-sleep fever"),
        ("no sleep b fever", "-sleep -b fever"),
        ("no sleep in neck", "-sleep -neck"),
        ("no sleep or fever", "-sleep -fever"),
        ("no sleep very fever", "-sleep fever"),
        ("no obvious fever rash", "-obvious -fever -rash"),
        ("no fever rash sleep", "-fever -rash -sleep"),
        ("no here fever", "fever"),
        ("no here my neck", "neck"),
        ("no very my neck", "neck"),
        ("no have my neck", "-neck"),
        ("no fever in my neck", "-fever -neck"),
        ("no sleep turn over", "-sleep turn_over turn over"),
        ("no sleep cant eat", "-sleep ~eat"),
        ("no sleep no fever", "-sleep -fever"),
    ],
)
def test_a_denial_ends_after_what_it_is_of_unless_it_lists_symptoms(text: str, meant: str) -> None:
    assert said(text) == meant


@pytest.mark.safety("S-6")
@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("no fever and rash", "-fever -rash"),
        ("no neck and knee", "-neck -knee"),
        ("no fever and sleep", "-fever sleep"),
        ("no fever and my rash", "-fever rash"),
        ("no fever and i rash", "-fever rash"),
        ("no fever or rash", "-fever -rash"),
        ("no fever or sleep", "-fever -sleep"),
        ("no fever or i sleep", "-fever sleep"),
        ("no fever or very i sleep", "-fever sleep"),
        ("no fever, rash", "-fever rash"),
        ("no fever, rash or pain", "-fever -rash -pain"),
        ("no fever, sleep or pain", "-fever -sleep -pain"),
        ("no fever, sleep, eat or pain", "-fever -sleep -eat -pain"),
        ("no fever, neck and knee", "-fever neck knee"),
        ("no fever, sleep and eat or pain", "-fever sleep eat pain"),
        ("no neck, knee my sore or pain", "-neck -knee sore pain"),
        ("no fever, i rash or pain", "-fever rash pain"),
        ("no fever, sleep someone or pain", "-fever sleep someone pain"),
        ("no fever, sleep but eat or pain", "-fever sleep eat pain"),
        ("no fever, sleep it or pain", "-fever sleep pain"),
        ("no fever, sleep. eat or pain", "-fever sleep eat pain"),
        ("no fever, sleep no eat or pain", "-fever sleep -eat -pain"),
        ("no fever, rash it or pain", "-fever rash pain"),
        ("no fever, a sleep a a a a a a or pain", "-fever -sleep -pain"),
        ("no fever, a sleep a a a a a a a or pain", "-fever sleep pain"),
    ],
)
def test_a_list_is_denied_to_its_or_and_nothing_else_that_follows_a_comma(text: str, meant: str) -> None:
    assert said(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("cant sleep", "~sleep"),
        ("cant sleep eat", "~sleep eat"),
        ("cant b c sleep", "b c ~sleep"),
        ("cant b c d sleep", "b c d sleep"),
        ("cant very a it sleep", "~sleep"),
        ("cant turn over", "~turn_over ~turn over"),
        ("cant eat or sleep", "~eat ~sleep"),
        ("eat or sleep", "eat sleep"),
        ("cant b or sleep", "b sleep"),
        ("cant eat, sleep", "~eat sleep"),
        ("cant b and sleep", "b sleep"),
        ("cant b. sleep", "b sleep"),
        ("no cant sleep", "sleep"),
        ("no cant sleep fever", "sleep fever"),
        ("cant no fever sleep", "-fever ~sleep"),
    ],
)
def test_what_cannot_be_done_is_neither_said_nor_denied(text: str, meant: str) -> None:
    assert said(text) == meant


def test_clauses_sentences_and_places_are_counted() -> None:
    utterance = analyse("neck and knee sore, i sleep. it eat but fever")
    assert [token.concept for token in utterance.tokens] == [
        "neck",
        "and",
        "knee",
        "sore",
        "i",
        "sleep",
        "it",
        "eat",
        "but",
        "fever",
    ]
    first = utterance.clause[0]
    assert [clause - first for clause in utterance.clause] == [0, 0, 0, 0, 1, 1, 2, 2, 3, 3]
    assert [sentence - utterance.sentence[0] for sentence in utterance.sentence] == [0, 0, 0, 0, 0, 0, 1, 1, 2, 2]
    begun = analyse("i, neck").clause
    assert begun[0] != begun[1]
    near, far = analyse("neck, a a a a knee"), analyse("neck, a a a a a knee")
    assert near.clause[0] == near.clause[-1]
    assert far.clause[0] != far.clause[-1]
    assert utterance.position == [0, 1, 1, 2, 3, 3, 4, 4, 5, 5]


def test_concepts_are_found_where_they_are_said_and_where_they_are_denied() -> None:
    utterance = analyse("fever, no fever rash, cant sleep. fever")
    assert utterance.said["fever"] == [0, 6]
    assert utterance.denied == {"fever": [2], "rash": [3], "trouble": [2, 3], "sleep": [5], "function": [5]}
    assert utterance.names("neck", "rash")
    assert utterance.names("fever")
    assert not utterance.names("neck", "knee")


def test_words_are_given_back_as_they_were_written() -> None:
    utterance = analyse("my Sore, sore NECK and  Knee")
    places = {token.concept: at for at, token in enumerate(utterance.tokens)}
    assert utterance.written([places["knee"], places["neck"], places["and"]]) == ("NECK and Knee",)
    assert utterance.written([0, places["knee"]]) == ("my", "Knee")
    assert utterance.lemmas_of([places["knee"], places["neck"]]) == {"neck", "knee"}
    assert analyse("cant turn over").written([1, 2]) == ("turn over",)
