"""The grammar of pattern lines: what it has is printed back as it was written, everything else is refused."""

from collections.abc import Iterable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.understanding.pattern_syntax import Chunk, Group, Line, PatternSyntaxError, Text, parse
from tests.shipped_knowledge import knowledge

LINES = {
    "{knee} {trouble}": Line((Chunk("", (Group(("knee",)), Group(("trouble",)))),)),
    "{a|b_2}": Line((Chunk("", (Group(("a", "b_2")),)),)),
    "private parts gone numb": Line((Chunk("", tuple(map(Text, ("private", "parts", "gone", "numb")))),)),
    "back pain + fever": Line((Chunk("", (Text("back"), Text("pain"))), Chunk("", (Text("fever"),)))),
    "not {control} {poo}": Line((Chunk("", (Text("not"), Group(("control",)), Group(("poo",)))),)),
    "can't breathe": Line((Chunk("", (Text("can't"), Text("breathe"))),)),
    "ever: {cancer} + {bone} + beside: {knee} + unless: {relative} {cancer}": Line(
        (
            Chunk("ever", (Group(("cancer",)),)),
            Chunk("", (Group(("bone",)),)),
            Chunk("beside", (Group(("knee",)),)),
            Chunk("unless", (Group(("relative",)), Group(("cancer",)))),
        )
    ),
    "weak: {a} + ever: {b}": Line((Chunk("", (Group(("a",)),)), Chunk("ever", (Group(("b",)),))), weak=True),
    "weak: ever: {a}": Line((Chunk("ever", (Group(("a",)),)),), weak=True),
    "weak and {a}": Line((Chunk("", (Text("weak"), Text("and"), Group(("a",)))),)),
    "unless: 8": Line((Chunk("unless", (Text("8"),)),)),
}
REFUSED = {
    "": "nothing is written here",
    "unles: {a}": '"unles:" is no mark. Did you mean "unless:"?',
    "unles:{a}": '"unles:" is no mark. Did you mean "unless:"?',
    "Unless: {a}": '"Unless:" is no mark. Did you mean "unless:"?',
    "besides: {a}": '"besides:" is no mark. Did you mean "beside:"?',
    "evr: {a}": '"evr:" is no mark. Did you mean "ever:"?',
    "note: {a}": '"note:" is no mark. Known are: ever:, unless:, beside:, weak:.',
    "{a} + weak: {b}": '"weak:" is misplaced in "weak: {b}". Begin the line with "weak: ", once.',
    "weak: weak: {b}": '"weak:" is misplaced in "weak: {b}"',
    "ever: weak: {b}": '"weak:" is misplaced',
    "weak:{b}": '"weak:" is misplaced',
    "weak: ": "a blank too many",
    "waek: {b}": '"waek:" is no mark. Did you mean "weak:"?',
    "unless:{a}": '"unless:{a}" needs a blank behind "unless:". Write "unless: ".',
    "unless : {a}": '"unless:" stands inside the part',
    "{a} unless: {b}": '"unless:" stands inside the part',
    "ever: unless: {a}": '"unless:" stands inside the part',
    "{a} + unless:": 'nothing stands behind "unless:"',
    "{a} unless {b}": '"unless" lacks its colon. Did you mean "unless:"?',
    "{a}+{b}": '"+" in "{a}+{b}" has no blanks around it',
    "{a} +{b}": "has no blanks around it",
    "a+b": "has no blanks around it",
    "{a} + + {b}": 'a part is missing beside the "+"',
    "{a} + ": "a blank too many",
    "{a} +": 'a part is missing beside the "+"',
    "+ {a}": 'a part is missing beside the "+"',
    "+": 'a part beside "+" is empty',
    " {a}": "a blank too many",
    "{a}  {b}": "a blank too many",
    "{a}\t{b}": "a blank too many",
    "{a}\u00a0{b}": "a blank too many",
    "{a}{b}": "lacks a blank",
    "very{a}": "lacks a blank",
    "{a} {": 'a "{" without its other half',
    "a}": 'a "}" without its other half',
    "{a + b}": 'a "{" without its other half',
    "{{a}}": "without its other half",
    "{}": '"{}" has an empty name',
    "{a|}": '"{a|}" has an empty name',
    "{A}": '"A" in "{A}" is no name. Did you mean "a"?',
    "{a | b}": '"a " in "{a | b}" is no name. Did you mean "a"?',
    "{a b}": '"a b" in "{a b}" is no name. Write {name} or {a|b}.',
    "{a-b}": "is no name",
    "(a)": '"(a)" is no word',
    "a|b": '"a|b" is no word',
    "[a]": '"[a]" is no word',
    "Chest pain": '"Chest" is no word',
    "a, b": '"a," is no word',
    "'a": "is no word",
}
PLAIN = ("Elbow pain (tennis elbow)", "Wrist, thumb and hand pain", "I've got RA", "woke up at 7:30", "ever so sore")
NOT_PLAIN = ("Elbow pain (tennis elbow", "pain)", "a {b", "{A}", "31+4", "unles: a", "Note: a", "[a]", "a | b", "(()")


@pytest.mark.parametrize("text", LINES)
def test_a_line_is_its_parts_and_prints_as_it_was_written(text: str) -> None:
    assert parse(text) == LINES[text]
    assert str(parse(text)) == text


@pytest.mark.parametrize("text", REFUSED)
def test_what_the_grammar_does_not_have_is_refused_with_the_chunk_and_a_hint(text: str) -> None:
    with pytest.raises(PatternSyntaxError) as refused:
        parse(text)
    assert REFUSED[text] in str(refused.value)
    assert refused.value.hint in str(refused.value)


@pytest.mark.parametrize("text", PLAIN)
def test_a_plain_phrase_may_have_capitals_and_punctuation(text: str) -> None:
    assert str(parse(text, plain=True)) == text
    assert not parse(text, plain=True).groups
    if text != "ever so sore":
        with pytest.raises(PatternSyntaxError):
            parse(text)


@pytest.mark.parametrize("text", NOT_PLAIN)
def test_brackets_marks_and_plus_signs_follow_the_rules_in_plain_phrases_too(text: str) -> None:
    with pytest.raises(PatternSyntaxError):
        parse(text, plain=True)


def shipped() -> Iterable[tuple[str, bool]]:
    """Every line of the knowledge that becomes a pattern, and whether it is a plain phrase."""
    texts = knowledge().texts["en"]
    strict = [text.signs for text in texts.red_flags.values()]
    strict += [*texts.vocabulary.complaints.values(), *texts.refusals.values()]
    plain = [(text.name, *text.phrases) for text in texts.conditions.values()]
    plain += [text.phrases for text in texts.contraindications.values()]
    yield from ((line, False) for lines in strict for line in lines)
    yield from ((line, True) for lines in plain for line in lines)


SHIPPED = list(shipped())


def test_every_shipped_line_prints_as_it_was_written() -> None:
    assert [line for line, plain in SHIPPED if str(parse(line, plain=plain)) != line] == []


@st.composite
def slips(draw: st.DrawFn) -> tuple[str, str, bool]:
    """A shipped line, the same with one slip of the pen, and whether it is a plain phrase."""
    line, plain = draw(st.sampled_from(SHIPPED))
    at = draw(st.integers(0, len(line) - 1))
    letter = draw(st.sampled_from("abegilnorstuvxz_ 0{}|+:()[],'-\tE\u00e9"))
    changed = draw(
        st.sampled_from(
            [
                line[:at] + letter + line[at:],
                line[:at] + line[at + 1 :],
                line[:at] + letter + line[at + 1 :],
                line[:at] + line[at].swapcase() + line[at + 1 :],
                line[:at] + line[at : at + 2][::-1] + line[at + 2 :],
            ]
        )
    )
    return line, changed, plain


@settings(max_examples=1_500)
@given(slips())
@example(("{a} + unless: {b}", "{a} + unles: {b}", False))
@example(("{a} + unless: {b}", "{a} + unless {b}", False))
@example(("{a} + unless: {b}", "{a}  unless: {b}", False))
def test_a_slip_of_one_letter_is_refused_or_printed_back_as_what_the_line_now_says(slip: tuple[str, str, bool]) -> None:
    line, changed, plain = slip
    try:
        read = parse(changed, plain=plain)
    except PatternSyntaxError as refused:
        assert refused.fault  # noqa: PT017  (either outcome is right; this one must say what is wrong)
        assert refused.hint  # noqa: PT017
        return
    assert str(read) == changed
    assert parse(str(read), plain=plain) == read
    assert (read == parse(line, plain=plain)) == (changed == line)
