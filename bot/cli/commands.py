"""What each command of the command line does. Each loads only what it needs, for a quick start."""

import argparse
import base64
import json
import os
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from bot.cli.knowledge_commands import run_check, run_concepts, run_copy, run_format, run_upgrade
from bot.cli.terminal import answer_text, because_text, understood_text
from bot.cli.understood_json import as_json
from bot.config.logs import set_up_logging
from bot.config.settings import Settings, SettingsError, ensure_data_key, load_settings
from bot.library.errors import KnowledgeError
from bot.library.library import Library
from bot.library.shipped import shipped
from bot.services.explain import reasons
from bot.services.messages import Incoming, IncomingKind
from bot.services.sealed_messages import LANGUAGE
from bot.storage import backup
from bot.storage.errors import StorageError
from bot.wiring import Services, build, loading

FAILURES = (SettingsError, StorageError, KnowledgeError)


def run(_: argparse.Namespace) -> int:
    """Answers in Telegram until stopped."""
    with loading():
        from bot.channels.telegram import application  # noqa: PLC0415  (0.3 s that the other commands do without)

        ensure_data_key()
        settings = load_settings(need_token=True)
        _log(settings)
        services = build(settings)
    with services.running():
        return application.run(settings, services)


def try_out(arguments: argparse.Namespace) -> int:
    """Serves the try-out page until stopped."""
    with loading():
        from bot.channels.web.server import serve  # noqa: PLC0415  (as above)

        ensure_data_key()
        settings = load_settings(need_token=False)
        _log(settings)
        services = build(settings)
    with services.running():
        serve(services, arguments.port, open_browser=not arguments.no_browser)
    return 0


def ask(arguments: argparse.Namespace) -> int:
    """Prints what a message was understood as, and the answer of a fresh chat. Keeps nothing."""
    with tempfile.TemporaryDirectory() as folder:
        services = build(_settings_that_keep_nothing(f"sqlite:///{folder}/ask.sqlite3"))
        sys.stdout.write(_asked(services, arguments.text) + "\n")
        services.close()
    return 0


def understand(_: argparse.Namespace) -> int:
    """Reads {"id", "text"} lines from standard input; writes what each was understood as, in the same order."""
    folder = _knowledge_in_use()
    understanding = Library.open(folder, datetime.now(UTC)).current.understanding[LANGUAGE]
    for line in sys.stdin:
        if line.strip():
            case = json.loads(line)
            sys.stdout.write(json.dumps(as_json(case["id"], understanding.understand(case["text"]))) + "\n")
    return 0


def check(arguments: argparse.Namespace) -> int:
    """Checks a knowledge folder and prints every problem."""
    return run_check(_folder(arguments))


def format_knowledge(arguments: argparse.Namespace) -> int:
    """Writes the files of a knowledge folder in the one way, or tells which are not."""
    return run_format(_folder(arguments), only_check=arguments.check)


def concepts(arguments: argparse.Namespace) -> int:
    """Looks a word up in the vocabulary, or lists the groups."""
    return run_concepts(_knowledge_in_use(), arguments.word)


def back_up(arguments: argparse.Namespace) -> int:
    """Copies the database into a file while the bot runs."""
    settings = load_settings(need_token=False)
    rows = backup.back_up(settings.database_url.reveal(), Path(arguments.file))
    sys.stdout.write(f"{rows} rows are in {arguments.file}. It needs the same DATA_KEY: keep that apart.\n")
    return 0


def restore(arguments: argparse.Namespace) -> int:
    """Puts a copy back into an empty database."""
    settings = load_settings(need_token=False)
    rows = backup.restore(settings.database_url.reveal(), settings.data_key.reveal(), Path(arguments.file))
    sys.stdout.write(f"{rows} rows were restored.\n")
    return 0


def copy_knowledge(arguments: argparse.Namespace) -> int:
    """Copies the shipped knowledge for an editor."""
    return run_copy(Path(arguments.folder))


def upgrade_knowledge(arguments: argparse.Namespace) -> int:
    """Brings an edited folder of an earlier release to today's knowledge."""
    return run_upgrade(Path(arguments.folder))


def _log(settings: Settings) -> None:
    secrets = [settings.database_url, settings.data_key, *([settings.token] if settings.token else [])]
    set_up_logging(settings.log_level, secrets, structured=settings.log_format == "json")


def _asked(services: Services, text: str) -> str:
    loaded = services.library.current
    understood = loaded.understanding[LANGUAGE].understand(text)
    answer = services.conversation.turn(Incoming("terminal:ask", IncomingKind.TEXT, "1", text))
    styled = sys.stdout.isatty()
    texts = loaded.knowledge.texts[LANGUAGE]
    why = reasons(loaded, text, services.conversation.phrase)
    blocks = (understood_text(understood, texts, styled=styled), because_text(why, styled=styled))
    return "\n\n".join([*blocks, answer_text(answer, styled=styled)])


def _folder(arguments: argparse.Namespace) -> Path:
    """The knowledge folder that a command names, or the one in use."""
    return Path(arguments.folder) if arguments.folder else _knowledge_in_use()


def _knowledge_in_use() -> Path:
    return _settings_that_keep_nothing("sqlite:///unused/unused.sqlite3").knowledge_dir or shipped()


def _settings_that_keep_nothing(database_url: str) -> Settings:
    """The settings for a command that stores nothing: with a key that is thrown away."""
    environ = {name: value for name, value in os.environ.items() if name != "DATA_KEY_FILE"}
    environ["DATA_KEY"] = base64.urlsafe_b64encode(os.urandom(32)).decode()
    environ["DATABASE_URL"] = database_url
    return load_settings(environ, need_token=False)
