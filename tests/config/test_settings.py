"""Settings: complete or refused, and never a secret in sight."""

import base64
import stat
from pathlib import Path

import pytest

from bot.config.settings import Secret, Settings, SettingsError, ensure_data_key, load_settings

TOKEN = "123456789:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-ab"
KEY = base64.urlsafe_b64encode(bytes(range(32))).decode()
GOOD = {"TELEGRAM_BOT_TOKEN": TOKEN, "DATA_KEY": KEY}


def load(folder: Path, **more: str) -> Settings:
    return load_settings({**GOOD, **more}, folder)


def refused(folder: Path, **more: str) -> str:
    with pytest.raises(SettingsError) as caught:
        load(folder, **more)
    return str(caught.value)


def test_a_token_and_a_key_are_enough(tmp_path: Path) -> None:
    settings = load(tmp_path)
    assert settings.token is not None
    assert settings.token.reveal() == TOKEN
    assert settings.data_key.reveal() == KEY
    assert settings.api_base_url == "https://api.telegram.org"
    assert settings.admin_ids == frozenset()
    assert settings.knowledge_dir is None
    assert settings.database_url.reveal() == "sqlite:///data/bot.sqlite3"
    assert settings.log_level == "INFO"


@pytest.mark.safety("S-14")
def test_without_contacts_of_its_own_the_bot_names_neutral_ones(tmp_path: Path) -> None:
    settings = load(tmp_path)
    assert settings.contacts.emergency == "your local emergency number"
    assert settings.contacts.crisis == "a local crisis line"


@pytest.mark.safety("S-14")
@pytest.mark.parametrize("name", ["EMERGENCY_NUMBER", "CRISIS_CONTACT"])
@pytest.mark.parametrize("empty", ["", "   ", "\t"])
def test_an_empty_contact_is_refused(tmp_path: Path, name: str, empty: str) -> None:
    assert name in refused(tmp_path, **{name: empty})
    (tmp_path / ".env").write_text(f"{name}={empty}\n")
    assert name in refused(tmp_path)


def test_every_setting_is_read_and_converted(tmp_path: Path) -> None:
    settings = load(
        tmp_path,
        TELEGRAM_API_BASE_URL="http://127.0.0.1:8081/",
        ADMIN_IDS=" 42, 77 ",
        KNOWLEDGE_DIR=str(tmp_path),
        DATABASE_URL="postgresql://bot:hidden@db/bot",
        EMERGENCY_NUMBER="the number on the wall",
        CRISIS_CONTACT="the night desk",
        LOG_LEVEL="debug",
    )
    assert settings.api_base_url == "http://127.0.0.1:8081"
    assert settings.admin_ids == {42, 77}
    assert settings.knowledge_dir == tmp_path
    assert settings.database_url.reveal() == "postgresql://bot:hidden@db/bot"
    assert settings.contacts.emergency == "the number on the wall"
    assert settings.contacts.crisis == "the night desk"
    assert settings.log_level == "DEBUG"


def test_everything_wrong_is_named_at_once_with_what_to_do(tmp_path: Path) -> None:
    text = refused(
        tmp_path,
        TELEGRAM_BOT_TOKEN="not-a-token",
        DATA_KEY="short",
        TELEGRAM_API_BASE_URL="ftp://example.org",
        ADMIN_IDS="42,bob",
        KNOWLEDGE_DIR=str(tmp_path / "nowhere"),
        DATABASE_URL="mysql://db/bot",
        EMERGENCY_NUMBER="",
        CRISIS_CONTACT="x" * 81,
        LOG_LEVEL="LOUD",
    )
    lines = text.splitlines()
    assert lines[0] == "These settings are missing or wrong:"
    names = [line.split(":")[0].strip() for line in lines[1:]]
    assert names == [
        "TELEGRAM_BOT_TOKEN",
        "TELEGRAM_API_BASE_URL",
        "ADMIN_IDS",
        "KNOWLEDGE_DIR",
        "DATABASE_URL",
        "DATA_KEY",
        "EMERGENCY_NUMBER",
        "CRISIS_CONTACT",
        "LOG_LEVEL",
    ]


def test_a_missing_token_says_how_to_get_one_and_how_to_go_without(tmp_path: Path) -> None:
    text = refused(tmp_path, TELEGRAM_BOT_TOKEN="")
    assert "@BotFather" in text
    assert "make try" in text


def test_no_token_is_needed_where_telegram_is_not_used(tmp_path: Path) -> None:
    assert load_settings({"DATA_KEY": KEY}, tmp_path, need_token=False).token is None


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("LOG_LEVEL=ERROR\nADMIN_IDS=1\n")
    settings = load(tmp_path, LOG_LEVEL="WARNING")
    assert settings.log_level == "WARNING"
    assert settings.admin_ids == {1}


def test_a_misspelt_name_in_the_file_is_reported_with_the_right_one(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("TELEGRAM_TOKEN=x\nUNRELATED=1\n")
    text = refused(tmp_path)
    assert "TELEGRAM_TOKEN: no such setting. Did you mean TELEGRAM_BOT_TOKEN?" in text
    assert "UNRELATED" not in text


def test_a_file_that_is_not_text_is_reported(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"\xff\xfe\x00")
    assert "not UTF-8 text" in refused(tmp_path)


@pytest.mark.safety("S-60")
def test_a_secret_may_come_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "token").write_text(f"{TOKEN}\n")
    settings = load(tmp_path, TELEGRAM_BOT_TOKEN="", TELEGRAM_BOT_TOKEN_FILE=str(tmp_path / "token"))
    assert settings.token == Secret(TOKEN)


def test_a_secret_of_the_environment_hides_the_secret_file_of_the_env_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("DATA_KEY_FILE=/nowhere\n")
    assert load(tmp_path).data_key == Secret(KEY)


def test_a_secret_file_that_is_missing_empty_or_one_too_many_is_reported(tmp_path: Path) -> None:
    (tmp_path / "empty").write_text("\n")
    assert "cannot be read" in refused(tmp_path, DATA_KEY="", DATA_KEY_FILE=str(tmp_path / "none"))
    assert "is empty" in refused(tmp_path, DATA_KEY="", DATA_KEY_FILE=str(tmp_path / "empty"))
    assert "Keep one" in refused(tmp_path, DATA_KEY_FILE=str(tmp_path / "empty"))


@pytest.mark.safety("S-60")
def test_secrets_show_up_in_no_repr_and_no_text(tmp_path: Path) -> None:
    settings = load(tmp_path, DATABASE_URL="postgresql://bot:hidden@db/bot")
    for shown in (repr(settings), str(settings), f"{settings.token}", f"{settings.data_key!r}"):
        assert TOKEN not in shown
        assert KEY not in shown
        assert "hidden" not in shown


@pytest.mark.safety("S-60")
def test_a_wrong_secret_is_not_repeated_in_the_error(tmp_path: Path) -> None:
    text = refused(tmp_path, TELEGRAM_BOT_TOKEN="123:oops-pasted", DATA_KEY="oops-key", DATABASE_URL="oops://a:b@c/d")
    assert "oops" not in text


@pytest.mark.safety("S-56", "S-60")
def test_the_data_key_is_made_once_and_kept_in_a_file_for_its_owner_alone(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("LOG_LEVEL=ERROR")
    environ = {"TELEGRAM_BOT_TOKEN": TOKEN}
    assert ensure_data_key(environ, tmp_path)
    assert not ensure_data_key(environ, tmp_path)
    assert stat.S_IMODE((tmp_path / ".env").stat().st_mode) == 0o600
    settings = load_settings(environ, tmp_path)
    assert len(base64.urlsafe_b64decode(settings.data_key.reveal())) == 32
    assert settings.log_level == "ERROR"


def test_a_key_from_the_environment_or_a_file_is_left_alone(tmp_path: Path) -> None:
    assert not ensure_data_key({"DATA_KEY": KEY}, tmp_path)
    assert not ensure_data_key({"DATA_KEY_FILE": "/run/secrets/key"}, tmp_path)
    assert not (tmp_path / ".env").exists()


def test_a_key_that_cannot_be_kept_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"DATA_KEY: .* cannot be written"):
        ensure_data_key({}, tmp_path / "missing")


@pytest.mark.safety("S-56")
def test_a_key_beside_the_data_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"DATA_KEY={KEY}\nDATABASE_URL=sqlite:///{tmp_path}/bot.sqlite3\n")
    with pytest.raises(SettingsError, match="beside its key"):
        load_settings({"TELEGRAM_BOT_TOKEN": TOKEN}, tmp_path)
    load_settings({"TELEGRAM_BOT_TOKEN": TOKEN, "DATABASE_URL": f"sqlite:///{tmp_path}/data/bot.sqlite3"}, tmp_path)


def test_a_webhook_has_a_secret_of_its_own_or_one_made_from_the_key(tmp_path: Path) -> None:
    url = "https://bot.example.org/telegram"
    made = load_settings({"DATA_KEY": KEY, "WEBHOOK_URL": url}, tmp_path, need_token=False).webhook
    again = load_settings({"DATA_KEY": KEY, "WEBHOOK_URL": url}, tmp_path, need_token=False).webhook
    given = {"DATA_KEY": KEY, "WEBHOOK_URL": url, "WEBHOOK_SECRET": "one-of-my-own-making", "WEBHOOK_LISTEN": "[::]:81"}
    own = load_settings(given, tmp_path, need_token=False).webhook
    assert made
    assert own
    assert made == again
    assert len(made.secret.reveal()) >= 32
    assert (own.secret.reveal(), own.host, own.port) == ("one-of-my-own-making", "::", 81)


@pytest.mark.parametrize(
    ("name", "value", "hint"),
    [
        ("WEBHOOK_URL", "bot.example.org/telegram", "https address"),
        ("WEBHOOK_SECRET", "short", "16 to 256"),
        ("WEBHOOK_LISTEN", "8080", "ADDRESS:PORT"),
        ("OPERATING_LISTEN", "127.0.0.1:99999", "ADDRESS:PORT"),
    ],
)
def test_a_wrong_address_or_secret_of_the_webhook_says_what_is_wanted(
    tmp_path: Path, name: str, value: str, hint: str
) -> None:
    text = refused(tmp_path, **{name: value})
    assert name in text
    assert hint in text
