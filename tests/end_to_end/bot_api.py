"""A Bot API server of the tests' own: it speaks HTTP like Telegram's and keeps Telegram's limits."""

import itertools
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.end_to_end.bot_api_http import BotApiServer
from tests.end_to_end.faults import Fault
from tests.end_to_end.telegram_rules import BadRequest, check
from tests.patience import LOOKS_EVERY, PATIENCE

TOKEN = "123456789:AAEtests-own-token-0123456789-abcdef"  # nobody's
ME = {"id": 123456789, "is_bot": True, "first_name": "Guide", "username": "guide_bot", "supports_inline_queries": True}
MARKER = "marker-"  # begins the ids of presses that only show when a queue is empty

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Call:
    """One request of the bot. `params` are decoded; `files` are uploads; `error` is what it was refused with."""

    method: str
    params: Mapping[str, Any]
    files: Mapping[str, bytes]
    error: str = ""

    @property
    def chat(self) -> int:
        return int(self.params.get("chat_id", 0))


@dataclass(slots=True)
class _Plan:
    method: str
    chat: int | None
    fault: Fault
    times: int


@dataclass(slots=True)
class Gate:
    """Holds calls back until it is opened: a slow connection."""

    method: str
    chat: int
    reached: threading.Event = field(default_factory=threading.Event)
    opened: threading.Event = field(default_factory=threading.Event)

    def wait_until_reached(self) -> None:
        assert self.reached.wait(PATIENCE), f"{self.method} was never called for chat {self.chat}"

    def open(self) -> None:
        self.opened.set()


class BotApi:
    """The server. Every call is recorded; `violations` are calls that break Telegram's rules, planned faults aside."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.violations: list[str] = []
        self.polls = 0
        self.messages: dict[tuple[int, int], Json] = {}
        self.file_ids: dict[str, bytes] = {}  # of the pictures that were uploaded
        self.changed = threading.Condition()
        self._updates: list[Json] = []
        self._update_ids = itertools.count(1000)
        self._message_ids = itertools.count(1)
        self._offset = 0
        self._plans: list[_Plan] = []
        self._gates: list[Gate] = []
        self._answered: set[str] = set()
        self._closing = False
        self._server = BotApiServer(TOKEN, self.handle)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        with self.changed:
            self._closing = True
            self.changed.notify_all()
        for gate in self._gates:
            gate.open()
        self._server.shutdown()
        self._server.server_close()

    def feed(self, update: Json, *, times: int = 1) -> int:
        """Hands an update to the bot, or the same one several times at once; returns its id."""
        with self.changed:
            number = next(self._update_ids)
            self._updates += [{"update_id": number, **update}] * times
            self.changed.notify_all()
        return number

    def next_message_id(self) -> int:
        return next(self._message_ids)

    def wait_until_confirmed(self, update_id: int) -> None:
        """Waits until the bot has confirmed the update: it has it, and unless that takes a second it is handled."""
        self.wait(lambda: self._offset > update_id, f"update {update_id} was not confirmed")

    def wait_until_all_is_confirmed(self) -> None:
        """Waits until no update would come again to a bot that starts now."""
        self.wait(lambda: not self._updates, "something was not confirmed")

    def wait_until_chat_is_idle(self, where: Json, user: Json) -> None:
        """Waits until all earlier updates of a chat are handled: a press without meaning is answered last."""
        marker = f"{MARKER}{next(self._update_ids)}"
        self.feed({"callback_query": {"id": marker, "from": user, "chat_instance": "c", "data": "x", **where}})
        self.wait(lambda: any(call.params.get("callback_query_id") == marker for call in self.calls), "no marker")

    def wait_for(self, method: str, chat: int = 0, *, after: int = 0) -> Call:
        """Waits for a successful call of this method (for this chat) among those after the first `after` calls."""

        self.wait(lambda: self.has_called(method, chat, after=after), f"{method} was not called for chat {chat}")
        return next(self._successful(method, chat, after))

    def has_called(self, method: str, chat: int = 0, *, after: int = 0) -> bool:
        """Whether there is such a call."""
        return any(self._successful(method, chat, after))

    def _successful(self, method: str, chat: int, after: int) -> Iterator[Call]:
        calls = (call for call in self.calls[after:] if call.method == method and not call.error)
        return (call for call in calls if not chat or call.chat == chat)

    def wait(self, what: Callable[[], bool], otherwise: str) -> None:
        """Waits until `what` holds: looks after every call, and in between for what the bot does without one."""
        end = time.monotonic() + PATIENCE
        with self.changed:
            while not what():
                if time.monotonic() > end:
                    lines = [f"{call.method} {dict(call.params)} {call.error}" for call in self.calls[-8:]]
                    raise AssertionError("\n".join([otherwise, "last calls:", *lines]))
                self.changed.wait(LOOKS_EVERY)

    def fail(self, method: str, fault: Fault, *, chat: int | None = None, times: int = 1) -> None:
        """The next calls of this method (for this chat) get this fault."""
        with self.changed:
            self._plans.append(_Plan(method, chat, fault, times))

    def hold(self, method: str, chat: int) -> Gate:
        """The next call of this method for this chat waits until the gate is opened."""
        gate = Gate(method, chat)
        with self.changed:
            self._gates.append(gate)
        return gate

    def calls_of(self, method: str, chat: int = 0) -> list[Call]:
        with self.changed:
            return [call for call in self.calls if call.method == method and (not chat or call.chat == chat)]

    def handle(self, method: str, params: Json, files: Mapping[str, bytes]) -> tuple[Fault | None, Any]:
        """What the HTTP server calls for a request: a fault, or the result."""
        if method == "getUpdates":
            return self._get_updates(params)
        self._pass_gate(method, int(params.get("chat_id", 0)))
        with self.changed:
            fault = self._planned(method, params)
            if fault and not fault.after_work:
                result: Any = None
            else:
                result, refusal = self._work(method, params, files)
                fault = fault or refusal
            self.calls.append(Call(method, params, files, fault.description or "dropped" if fault else ""))
            self.changed.notify_all()
            return fault, result

    def _get_updates(self, params: Json) -> tuple[Fault | None, list[Json]]:
        with self.changed:
            self.polls += 1
            fault = self._planned("getUpdates", params)
            if fault:
                return fault, []
            self._offset = max(self._offset, int(params.get("offset", 0)))
            self._updates = [update for update in self._updates if update["update_id"] >= self._offset]
            self.changed.notify_all()
            until = time.monotonic() + float(params.get("timeout", 0))
            self.changed.wait_for(lambda: self._closing or bool(self._updates), until - time.monotonic())
            return None, self._updates[: int(params.get("limit", 100))]

    def _planned(self, method: str, params: Json) -> Fault | None:
        chat = int(params.get("chat_id", 0))
        for plan in self._plans:
            if plan.method == method and plan.times and plan.chat in (None, chat):
                plan.times -= 1
                return plan.fault
        return None

    def _pass_gate(self, method: str, chat: int) -> None:
        with self.changed:
            gates = [gate for gate in self._gates if (gate.method, gate.chat) == (method, chat)]
            self._gates = [gate for gate in self._gates if gate not in gates]
        for gate in gates:
            gate.reached.set()
            gate.opened.wait(PATIENCE)

    def _work(self, method: str, params: Json, files: Mapping[str, bytes]) -> tuple[Any, Fault | None]:
        try:
            check(method, params)
            return self._do(method, params, files), None
        except BadRequest as error:
            if not error.ordinary:
                self.violations.append(f"{method}: {error} {params}")
            return None, Fault(400, f"Bad Request: {error}")

    def _do(self, method: str, params: Json, files: Mapping[str, bytes]) -> Any:  # noqa: ANN401 - JSON, as it comes
        match method:
            case "getMe":
                return ME
            case "sendMessage":
                return self._keep(params, {"text": params["text"]})
            case "sendPhoto" | "sendAnimation":
                kind = method.removeprefix("send").lower()
                return self._keep(
                    params, {"caption": params["caption"], **self._picture(kind, params.get(kind, ""), files)}
                )
            case "sendDocument":
                return self._keep(params, {"document": {"file_id": "d", "file_unique_id": "d"}})
            case "editMessageCaption":
                return self._change(params, {"caption": params["caption"]}, kept={"photo", "animation"})
            case "editMessageText":
                return self._change(params, {"text": params["text"]})
            case "editMessageMedia":
                media = params["media"]
                shown = self._picture(media["type"], media["media"], files)
                return self._change(params, {"caption": media["caption"], **shown})
            case "editMessageReplyMarkup":
                return self._change(params, {})
            case "answerCallbackQuery":
                return self._answer_once(params["callback_query_id"])
            case _:
                return True

    def _keep(self, params: Json, content: Json) -> Json:
        owner, number = int(params["chat_id"]), self.next_message_id()
        chat = {"id": owner, "type": "private" if owner > 0 else "supergroup"}
        message = {"message_id": number, "date": 1790000000, "chat": chat, "from": ME, **content}
        message |= {key: params[key] for key in ("reply_markup",) if key in params}
        self.messages[owner, number] = message
        return message

    def _change(self, params: Json, content: Json, kept: Collection[str] = ()) -> Json:
        old = self.messages.get((int(params["chat_id"]), int(params["message_id"])))
        if old is None:
            raise BadRequest("message to edit not found", ordinary=True)
        if content and ("text" in content) != ("text" in old):
            raise BadRequest("there is no text in the message to edit")
        markup = {"reply_markup": params["reply_markup"]} if "reply_markup" in params else {}
        gone = {"reply_markup"} | ({"photo", "animation"} - set(kept) if "caption" in content else set())
        new = {key: value for key, value in old.items() if key not in gone} | content | markup
        if new == old:
            raise BadRequest("message is not modified: specified new message content is the same", ordinary=True)
        self.messages[int(params["chat_id"]), int(params["message_id"])] = new
        return new

    def _picture(self, kind: str, named: str, files: Mapping[str, bytes]) -> Json:
        """An upload gets an id of its own; an id is good for the kind of picture it was given to."""
        number = len(self.file_ids)
        file_id = f"{kind}-{number}" if files else named
        if files:
            self.file_ids[file_id] = next(iter(files.values()))
        elif file_id not in self.file_ids or not file_id.startswith(kind):
            raise BadRequest("wrong file identifier/HTTP URL specified", ordinary=True)
        size = {"file_id": file_id, "file_unique_id": file_id, "width": 8, "height": 8}
        return {"photo": [size]} if kind == "photo" else {"animation": {**size, "duration": 2}}

    def _answer_once(self, query: str) -> bool:
        if query in self._answered:
            raise BadRequest("this press was answered before")
        self._answered.add(query)
        return True
