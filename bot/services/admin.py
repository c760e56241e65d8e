"""The commands of admins, for any channel: /reload, /rollback, /preview, /unmatched, /status.

The channel must have checked that the command comes from an admin, in a private chat (S-62).
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from html import escape

from bot.library.library import Library, Loaded, Reloaded
from bot.library.problems import Problem
from bot.rendering.because import shortened
from bot.services.counters import Counters
from bot.services.explain import reasons
from bot.services.messages import AdminAnswer, Answer, Outgoing
from bot.services.preview import Preview
from bot.services.replicas import Replicas
from bot.services.sealed_messages import LANGUAGE, MessageSealer
from bot.storage.rows import Arrival
from bot.storage.store import Store

LONGEST_MESSAGE = 4_096  # characters, Telegram's own limit
LONGEST_LIST = 2_500  # characters of a list in a message; the complete list is in the file


class Admin:
    """The commands of admins. Safe to call from many threads. All but `preview` raise StorageError."""

    names = ("reload", "status", "preview", "unmatched", "rollback")

    def __init__(
        self,
        library: Library,
        store: Store,
        preview: Preview,
        sealer: MessageSealer,
        counters: Counters,
        replicas: Replicas,
        clock: Callable[[], datetime],
    ) -> None:
        self._library = library
        self._store = store
        self._preview = preview
        self._sealer = sealer
        self._counters = counters
        self._replicas = replicas
        self._clock = clock
        self._since = clock()

    def arrival(self, chat: str, update_id: str) -> Arrival:
        """Whether this command was handled before (S-69). From now on it counts as handled."""
        with self._store.chats({chat: update_id}) as (row,):
            return row.arrival(update_id, answered=False)

    def reload(self) -> AdminAnswer:
        """Checks the knowledge folder and uses it from now on, or changes nothing if it has an error."""
        done = self._library.reload(self._clock())
        if not done.ok:
            return self._refused(done)
        self._store.keep_knowledge(done.version, self._library.archive(), self._clock())
        parts = [
            self._say("reload_checked", files=str(done.files), counts=done.counts, problems=done.summary),
            self._changes(done),
            self._say("reload_live", time=self._time(), version=done.version, took=f"{done.took:.1f}"),
            *self._other_processes(),
        ]
        return AdminAnswer("\n".join(parts))

    def rollback(self) -> AdminAnswer:
        """Uses the version stored before the current one from now on, or changes nothing if it cannot be used."""
        current = self._library.current.knowledge.version
        earlier = [version for version, _ in self._store.kept_knowledge() if version != current]
        archive = self._store.knowledge(earlier[0]) if earlier else None
        if archive is None:
            return AdminAnswer(self._say("cannot_roll_back"))
        done = self._library.rollback(archive, self._clock())
        if not done.ok:
            return self._refused(done)
        self._store.keep_knowledge(done.version, archive, self._clock())
        rolled_back = self._say("rolled_back", version=done.version, left=current, time=self._time())
        return AdminAnswer("\n".join([rolled_back, *self._other_processes()]))

    def status(self) -> AdminAnswer:
        """The version of the knowledge and its last reload, uptime, numbers of updates and errors, other processes."""
        counts, loaded = self._counters.read(), self._library.current
        processes = [
            self._say("status_process", name=escape(one.name, quote=False), version=one.version)
            for one in (self._replicas.alive() if self._store.shared else ())
        ]
        return AdminAnswer(
            self._say(
                "status",
                version=loaded.knowledge.version,
                loaded=f"{loaded.loaded_at:%Y-%m-%d %H:%M:%S} UTC",
                counts=loaded.counts,
                uptime=str(timedelta(seconds=int((self._clock() - self._since).total_seconds()))),
                updates=str(counts.updates),
                rate=str(counts.updates_last_minute),
                errors=str(counts.errors),
                blocked=str(counts.blocked),
            )
            + "".join(f"\n{line}" for line in processes)
        )

    def unmatched(self) -> AdminAnswer:
        """The 50 most frequent messages that were not understood, each from three or more chats (S-52)."""
        found = self._store.unmatched(limit=50)
        if not found:
            return AdminAnswer(self._say("unmatched_none"))
        lines = [self._say("unmatched_item", count=str(count), text=text) for text, count in found]
        return AdminAnswer(f"{self._say('unmatched')}\n{_shortened(lines, self._more)}")

    def preview(self, condition: str, chat: str) -> Answer:
        """The first answer to a complaint, and why, from the files on disk, which are not used for anything else.

        `condition` is the id of a complaint, or a message. Messages come without buttons.
        """
        if not condition.strip():
            return Answer((Outgoing(self._say("preview_usage")),))
        read = self._library.read(self._clock())
        if read.loaded is None:
            version = self._library.current.knowledge.version
            return Answer((Outgoing(self._problems(read.problems, version, read.summary)),))
        knowledge, understanding = read.loaded.knowledge, read.loaded.understanding[LANGUAGE]
        known = knowledge.conditions.get(condition.strip())
        text = knowledge.texts[LANGUAGE].conditions[known.id].name if known else condition
        shown = self._preview.answer(knowledge, understanding, text, chat)
        return Answer((Outgoing(self._why(read.loaded, text)), *shown))

    def _why(self, loaded: Loaded, text: str) -> str:
        """The explanation of an answer, shortened to fit into one message."""
        lead = self._say("preview_lead", version=loaded.knowledge.version)
        sections = reasons(loaded, text, self._phrase)
        most = LONGEST_MESSAGE - len(lead) - 1
        return f"{lead}\n{shortened(sections, most, lambda left: self._say('because.more', n=str(left)))}"

    def _other_processes(self) -> list[str]:
        """A line that says whether the other processes use the same version; none if there is only this process."""
        if not self._store.shared:
            return []
        behind = self._replicas.behind()
        if behind:
            names = ", ".join(f"{one.name} ({one.version})" for one in behind)
            return [self._say("reload_behind", names=escape(names, quote=False))]
        number = len(self._replicas.alive())
        return [self._say("reload_followed", count=str(number))] if number > 1 else []

    def _refused(self, done: Reloaded) -> AdminAnswer:
        """The problems that kept the version in use, shortened, with a file that lists them all."""
        html = self._problems(done.problems, done.version, done.summary)
        return AdminAnswer(html, "problems.txt", "\n".join(map(str, done.problems)) + "\n")

    def _problems(self, problems: Sequence[Problem], version: str, summary: str) -> str:
        listed = _shortened([escape(str(problem), quote=False) for problem in problems], self._more)
        return f"{self._say('reload_kept', version=version, problems=summary)}\n{listed}"

    def _changes(self, done: Reloaded) -> str:
        if not done.changes:
            return self._say("reload_no_changes")
        listed = _shortened([escape(change, quote=False) for change in done.changes], self._more)
        return f"{self._say('reload_changes')}\n{listed}"

    def _more(self, number: int) -> str:
        return self._say("reload_more", n=str(number))

    def _time(self) -> str:
        return f"{self._library.current.loaded_at:%H:%M:%S}"

    def _say(self, key: str, **values: str) -> str:
        return self._phrase(f"admin.{key}", **values)

    def _phrase(self, key: str, **values: str) -> str:
        """A fixed text of the knowledge in use, with escaped values."""
        return self._sealer.wording(self._library.current.knowledge).phrase(key, **values)


def _shortened(lines: Sequence[str], more: Callable[[int], str]) -> str:
    """As many lines as fit into LONGEST_LIST, and if some do not, a line from `more` with their number."""
    shown: list[str] = []
    for number, line in enumerate(lines):
        if sum(map(len, shown)) + len(line) > LONGEST_LIST:
            return "\n".join([*shown, more(len(lines) - number)])
        shown.append(line)
    return "\n".join(shown)
