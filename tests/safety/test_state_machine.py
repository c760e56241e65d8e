"""S-20 and S-21, proven by random talks: whatever comes in whatever order, point text leaves only when it may."""

import os
from collections import Counter
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, event, settings, target
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from tests.safety import sayings
from tests.safety.choices import (
    CHATS,
    COMMANDS,
    GUIDED,
    JUMPS,
    NEWEST,
    PAGES,
    PAYLOADS,
    PLACES,
    ROWS,
    SCORES,
    WISHES,
    YES,
)
from tests.safety.sayings import Saying
from tests.safety.world import Button, House, World

RUNS = 200  # the same ones every time
RANDOM_RUNS = int(os.environ.get("SAFETY_RUNS", "1000"))  # SAFETY_RUNS=5000 make test-all ARGS="-k state_machine -s"
STEPS = 40
LEAST_GUIDED = 20  # sessions begun in all runs, for the same reason
LEAST_SHARE = 0.5  # of the runs have to reach point text: a test that never does proves nothing


class Talks(RuleBasedStateMachine):
    """Two or three people talk with the bot at once. `house` is set by the test."""

    house: House
    runs: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.world = World(self.house)

    def teardown(self) -> None:
        reached = {code for oracle in self.world.oracles.values() for code in oracle.reached}
        event(f"points reached: {bool(reached)}")
        target(float(len(reached)), label="points reached")
        self.runs["all"] += 1
        self.runs["reached"] += bool(reached)
        self.runs["turns"] += len(self.world.incoming)
        self.world.leave()

    @initialize(saying=st.sampled_from(sayings.COMPLAINTS), steps=st.integers(0, 4), typed=st.booleans())
    def somebody_is_on_the_way(self, saying: Saying, steps: int, typed: bool) -> None:
        self.asks_and_goes_on("ann", saying, steps, typed)

    @rule(chat=CHATS, saying=st.sampled_from(sayings.COMPLAINTS), steps=st.integers(0, 4), typed=st.booleans())
    def starts_afresh(self, chat: str, saying: Saying, steps: int, typed: bool) -> None:
        """Everything is erased, stops and flags too; then a healthy person asks."""
        self.world.commands(chat, "forget")
        self.world.presses(self.world.newest(chat, self.world.facts.phrases["button.forget_yes"]))
        self.asks_and_goes_on(chat, saying, steps, typed)

    @rule(chat=CHATS, jump=st.sampled_from(JUMPS), saying=st.sampled_from(WISHES), steps=st.integers(0, 4))
    def comes_back_later(self, chat: str, jump: dict[str, float], saying: Saying, steps: int) -> None:
        self.world.later(**jump)
        self.asks_and_goes_on(chat, saying, steps, typed=False)

    @rule(chat=CHATS, code=st.sampled_from(("LI4", "SP6", "PC6", "ST36", "BL23")), steps=st.integers(0, 3))
    def opens_a_point(self, chat: str, code: str, steps: int) -> None:
        self.world.commands(chat, "points", Saying(code, point=code))
        if self.world.last(chat).kind == "other":
            self.world.press(chat, self.world.facts.phrases["button.show"])
        self.goes_on(chat, steps, typed=False)

    @rule(chat=CHATS, saying=st.sampled_from(WISHES), steps=st.integers(0, 4), typed=st.booleans())
    def asks_and_goes_on(self, chat: str, saying: Saying, steps: int, typed: bool) -> None:
        self.world.says(chat, saying)
        self.goes_on(chat, steps, typed)

    @rule(chat=CHATS, steps=st.integers(1, 4), typed=st.booleans())
    def goes_on(self, chat: str, steps: int, typed: bool) -> None:
        """Answers what is asked like a healthy person, by button or by typing."""
        for _ in range(steps):
            asked = self.world.oracle(chat).ledger.asked
            labels = {self.world.facts.phrases[key] for key in YES}
            wanted = [label for label in (asked.labels if asked else ()) if label in labels]
            if not wanted:
                return
            if typed:
                self.world.types(chat, wanted[0])
            else:
                self.world.presses(self.world.newest(chat, wanted[0]))

    @rule(chat=CHATS, row=st.sampled_from(ROWS), times=st.integers(1, 2), steps=st.integers(0, 3), right=st.booleans())
    def ticks_and_goes_on(self, chat: str, row: str, times: int, steps: int, right: bool) -> None:
        """Ticks a row, perhaps unticks it, and goes on as if nothing had been."""
        for _ in range(times):
            self.presses_the_newest(chat, row)
        if right:
            self.presses_the_newest(chat, self.world.facts.phrases["button.untick_no"])
        self.goes_on(chat, steps, typed=False)

    @rule(chat=CHATS, label=st.sampled_from(PAGES), jump=st.sampled_from(JUMPS), what=st.integers(0, 2))
    def looks_at_the_points_again(self, chat: str, label: str, jump: dict[str, float], what: int) -> None:
        """Presses a button of the recommendation: at once, after a while, or after a reload."""
        if what == 1:
            self.world.later(**jump)
        if what == 2:
            self.world.reload()
        self.presses_the_newest(chat, label)

    @rule(
        chat=CHATS,
        before=st.sampled_from(SCORES),
        seconds=st.lists(st.sampled_from((4, 10, 65, 130, 400, 1900)), max_size=3),
        labels=st.lists(st.sampled_from(GUIDED), max_size=3),
        after=st.sampled_from(SCORES),
        fresh=st.sampled_from((*sayings.COMPLAINTS, None)),
    )
    def is_guided(
        self, chat: str, before: str, seconds: list[int], labels: list[str], after: str, fresh: Saying | None
    ) -> None:
        """A session with its clock, with whatever buttons in between; mostly of a healthy person who has just asked."""
        if fresh is not None:
            self.starts_afresh(chat, fresh, 4, typed=False)
        for label in ("Start guided session", before):
            self.presses_the_newest(chat, label)
        self.runs["guided"] += self.world.oracle(chat).ledger.said("Point 1 of ")
        for place, wait in enumerate(seconds):
            self.world.later(seconds=wait)
            self.world.tick()
            if place < len(labels):
                self.presses_the_newest(chat, labels[place])
        self.presses_the_newest(chat, after)

    @rule(chat=CHATS, saying=st.sampled_from(sayings.EVERY), label=st.sampled_from(GUIDED), again=st.booleans())
    def speaks_in_a_session(self, chat: str, saying: Saying, label: str, again: bool) -> None:
        self.starts_afresh(chat, sayings.COMPLAINTS[0], 4, typed=False)
        for button in ("Start guided session", "4"):
            self.presses_the_newest(chat, button)
        for _ in range(1 + again):
            self.world.later(seconds=3)
            self.world.says(chat, saying)
        self.world.tick()
        self.presses_the_newest(chat, label)

    @rule(chat=CHATS, jump=st.sampled_from(JUMPS))
    def the_clock_ticks(self, chat: str, jump: dict[str, float]) -> None:
        self.world.later(**jump)
        self.world.tick()
        self.presses_the_newest(chat, "Same as last time")

    @rule(chat=CHATS)
    def wants_reminders(self, chat: str) -> None:
        self.world.commands(chat, "remind")
        for label in ("These days", "09:00", "London", "Start the reminders"):
            self.presses_the_newest(chat, label)

    @rule(chat=CHATS, label=st.sampled_from(("Start", "In 1 hour", "Skip today", "Stop all reminders")))
    def answers_a_reminder(self, chat: str, label: str) -> None:
        self.world.later(days=1)
        self.world.tick()
        self.presses_the_newest(chat, label)

    @rule(chat=CHATS, saying=st.sampled_from(sayings.EVERY))
    def says(self, chat: str, saying: Saying) -> None:
        self.world.says(chat, saying)

    @rule(chat=CHATS, saying=st.sampled_from(sayings.ANSWERS))
    def answers(self, chat: str, saying: Saying) -> None:
        self.world.says(chat, saying)

    @rule(chat=CHATS, many=st.lists(st.sampled_from((*sayings.MUMBLED, *sayings.SMALL_TALK)), min_size=1, max_size=4))
    def mumbles(self, chat: str, many: list[Saying]) -> None:
        """Texts that answer nothing, and small talk in between, to whatever is asked."""
        for saying in many:
            self.world.says(chat, saying)

    @rule(chat=CHATS, text=st.sampled_from(("1", "2", "3", "7", "99", "Done", "None of these", "Show body areas")))
    def types_a_label(self, chat: str, text: str) -> None:
        self.world.types(chat, text)

    @rule(chat=CHATS, text=st.text(max_size=60))
    def writes_anything(self, chat: str, text: str) -> None:
        self.world.types(chat, f"{text} qzxw")  # so that it is never a "no" by chance

    @rule(chat=CHATS, command=st.sampled_from(COMMANDS), argument=st.sampled_from(sayings.EVERY))
    def commands(self, chat: str, command: str, argument: Saying) -> None:
        self.world.commands(chat, command, argument)

    @rule(chat=CHATS, command=st.sampled_from(COMMANDS))
    def commands_plainly(self, chat: str, command: str) -> None:
        self.world.commands(chat, command)

    @rule(chat=CHATS, payload=st.sampled_from(PAYLOADS))
    def comes_by_link(self, chat: str, payload: Saying) -> None:
        self.world.commands(chat, "start", payload)

    @rule(chat=CHATS)
    def sends_a_sticker(self, chat: str) -> None:
        self.world.sends_other(chat)

    @precondition(lambda self: self.world.buttons)
    @rule(place=st.integers(0, 11))
    def presses_a_new_button(self, place: int) -> None:
        self.world.presses(self._button(-1 - place))

    @precondition(lambda self: self.world.buttons)
    @rule(place=st.integers(0, 400), times=st.integers(1, 2))
    def presses_any_button(self, place: int, times: int) -> None:
        for _ in range(times):
            self.world.presses(self._button(place))

    @precondition(lambda self: self.world.buttons)
    @rule(chat=CHATS, place=st.integers(0, 400))
    def presses_a_button_of_anybody(self, chat: str, place: int) -> None:
        self.world.presses(self._button(place), chat)

    @precondition(lambda self: self.world.buttons)
    @rule(chat=CHATS, kind=st.sampled_from(NEWEST))
    def presses_the_newest(self, chat: str, kind: str) -> None:
        mine = [button for button in self.world.buttons if button.chat == chat and button.label.endswith(kind)]
        if mine:
            self.world.presses(mine[-1])

    @precondition(lambda self: self.world.buttons)
    @rule(chat=CHATS, places=PLACES, cut=st.integers(0, 63), added=st.text(max_size=9))
    def forges_a_button(self, chat: str, places: tuple[int, int], cut: int, added: str) -> None:
        """The head of one button with the tail of another, or with anything."""
        real, second = (self._button(place).data for place in places)
        forged = real[:cut] + (added or second[cut:])
        if forged not in {button.data for button in self.world.buttons}:
            self.world.forges(chat, forged)

    @precondition(lambda self: self.world.incoming)
    @rule(place=st.integers(0, 400))
    def is_delivered_twice(self, place: int) -> None:
        self.world.repeats(self.world.incoming[place % len(self.world.incoming)])

    @rule(jump=st.sampled_from(JUMPS))
    def time_passes(self, jump: dict[str, float]) -> None:
        self.world.later(**jump)

    @rule()
    def old_rows_are_swept(self) -> None:
        self.world.sweep()

    @rule()
    def the_knowledge_is_reloaded(self) -> None:
        self.world.reload()

    @rule(saying=st.sampled_from(sayings.EVERY), command=st.sampled_from(("", "points", "start")))
    def is_spoken_to_in_public(self, saying: Saying, command: str) -> None:
        self.world.in_public(saying, command)

    def _button(self, place: int) -> Button:
        return self.world.buttons[place % len(self.world.buttons)]


@pytest.mark.safety("S-20", "S-21", "S-24", "S-29", "S-33", "S-34", "S-45", "S-57", "S-63", "S-69", "S-86")
@pytest.mark.parametrize("at_random", [False, pytest.param(True, marks=pytest.mark.slow)], ids=["usual", "at random"])
def test_whatever_is_said_and_pressed_point_text_leaves_only_after_the_whole_screening(
    house: House, *, at_random: bool
) -> None:
    Talks.house = house
    Talks.runs = Counter()
    how = settings(
        max_examples=RANDOM_RUNS if at_random else RUNS,
        stateful_step_count=STEPS,
        derandomize=not at_random,
        deadline=None,
        database=None,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Talks, settings=how)
    assert Talks.runs["guided"] >= LEAST_GUIDED
    share = Talks.runs["reached"] / Talks.runs["all"]
    print(f"{share:.0%} of {Talks.runs['all']} runs reached point text, in {Talks.runs['turns']} turns")  # noqa: T201
    assert share >= LEAST_SHARE
