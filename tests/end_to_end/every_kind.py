"""A message of every kind that the library knows, made from what each kind requires, as Telegram sends it."""

import inspect
import re
from collections.abc import Iterator
from typing import Any

import telegram
from telegram import Message, TelegramObject

Json = dict[str, Any]

DATE = 1790000000
PLAIN: dict[str, Any] = {"str": "x", "int": 1, "float": 1.0, "bool": True, "datetime": DATE, "timedelta": 5}
NAMES = {"from_user": "from"}
ALWAYS = {"message_id", "date", "chat", "from_user", "api_kwargs", "self", "business_connection_id"}


def every_field() -> Iterator[tuple[str, Json]]:
    """The name of each field that a message may have, and that field alone."""
    for name, parameter in inspect.signature(Message.__init__).parameters.items():
        if name not in ALWAYS:
            yield name, {NAMES.get(name, name): _value(str(parameter.annotation))}


def _value(annotation: str) -> Any:  # noqa: ANN401 - JSON
    words = re.findall(r"\w+", annotation)
    if "MaybeInaccessibleMessage" in words:
        return {**_made(Message), "text": "x"}
    name = next(word for word in words if word in PLAIN or inspect.isclass(getattr(telegram, word, None)))
    value = PLAIN[name] if name in PLAIN else _made(getattr(telegram, name))
    for _ in range(words.count("Sequence")):
        value = [value]
    return value


def _made(kind: type[TelegramObject]) -> Json:
    """The least that the library takes; some of what it requires it only says when it is missing."""
    parameters = inspect.signature(kind.__init__).parameters
    wanted = [name for name, it in parameters.items() if it.default is inspect.Parameter.empty and name != "self"]
    while True:
        made = {NAMES.get(name, name): _value(str(parameters[name].annotation)) for name in wanted}
        try:
            kind.de_json(made, None)
        except TypeError as error:
            missing = re.search(r"`(\w+)` is a required", str(error))
            if missing is None:
                raise
            wanted.append(missing[1])
        else:
            return made
