"""What the page's server lets in, and what it refuses."""

import json
import re
import sqlite3
import uuid
from pathlib import Path

import pytest

from bot.library.shipped import shipped
from tests.end_to_end.web_site import Served, serving, text


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_the_page_is_served_under_both_names_of_this_computer(served: Served, name: str) -> None:
    reply = served.get("/", Host=f"{name}:{served.port}")
    assert reply.status == 200
    assert b"<!doctype html>" in reply.body


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1", "localhost:1", "127.0.0.1.evil.example:{port}", "0.0.0.0:{port}", ""]
)
def test_a_foreign_or_missing_host_is_refused_on_every_path(served: Served, host: str) -> None:
    headers = {"Host": host.format(port=served.port)} if host else {}
    for path in ("/", "/static/page.js", "/pictures/LI4.jpg", "/api/message"):
        assert served.request("GET", path, headers).status in (400, 403)


def test_a_page_of_another_site_cannot_post(served: Served) -> None:
    for origin in (
        "https://evil.example",
        "null",
        f"http://127.0.0.1:{served.port + 1}",
        f"https://127.0.0.1:{served.port}",
    ):
        for path in ("/api/message", "/api/press", "/api/admin"):
            assert served.post(path, text("my neck is stiff"), Origin=origin).status == 403


def test_a_post_without_an_origin_is_refused(served: Served) -> None:
    assert served.post("/api/message", text("my neck is stiff"), Origin="").status == 403


def test_another_site_cannot_read_with_its_own_origin(served: Served) -> None:
    assert served.get("/", Origin="https://evil.example").status == 403


def test_a_form_cannot_post_because_only_json_is_read(served: Served) -> None:
    reply = served.post("/api/message", text("my neck is stiff"), **{"Content-Type": "text/plain"})
    assert reply.status == 400


def test_a_large_body_is_refused_before_it_is_read(served: Served) -> None:
    assert served.post("/api/message", text("a" * 70_000)).status == 413
    assert served.post("/api/message", text("a"), **{"Content-Length": "99999999999999999999"}).status in (400, 413)
    assert served.post("/api/message", text("a"), **{"Transfer-Encoding": "chunked"}).status in (400, 413)


def test_the_longest_message_of_telegram_passes_and_a_longer_one_does_not(served: Served) -> None:
    assert served.post("/api/message", text("\U0001f600" * 4096)).status == 200
    assert served.post("/api/message", text("a" * 4097)).status == 400


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"id": "1", "kind": "text", "text": "hello", "command": ""},
        text("hello", kind="press"),
        text("hello", command="../x"),
        text("hello", more="x"),
        {**text("hello"), "text": 5},
        [1, 2],
    ],
)
def test_a_malformed_message_is_refused(served: Served, body: dict[str, str]) -> None:
    assert served.post("/api/message", body).status == 400


def test_what_is_no_json_is_refused(served: Served) -> None:
    headers = {
        "Host": f"127.0.0.1:{served.port}",
        "Origin": served.address,
        "Content-Type": "application/json",
        "Cookie": f"chat={'A' * 22}",
    }
    for body in (b"", b"{", b"\xff\xfe", b'{"id": NaN}', b"[" * 5_000):
        assert served.request("POST", "/api/message", headers, body).status == 400


@pytest.mark.safety("S-69")
def test_the_same_id_is_answered_once(served: Served) -> None:
    body = text("my neck is stiff")
    assert served.post("/api/message", body).json()["messages"]
    assert served.post("/api/message", body).json()["messages"] == []


def test_a_new_browser_gets_a_chat_of_its_own_in_a_strict_cookie(served: Served) -> None:
    first, second = served.get("/").headers["set-cookie"], served.get("/").headers["set-cookie"]
    assert first != second
    assert {"HttpOnly", "SameSite=strict"} <= set(first.split("; "))
    assert "set-cookie" not in served.get("/", Cookie=f"chat={'A' * 22}").headers
    assert "set-cookie" in served.get("/", Cookie="chat=../../other").headers


def test_without_a_chat_nothing_is_answered(served: Served) -> None:
    for cookie in ("", "chat=telegram:42", "chat=short"):
        assert served.post("/api/message", text("my neck is stiff"), Cookie=cookie).status == 400


@pytest.mark.safety("S-63")
def test_a_button_of_one_browser_does_nothing_in_another(served: Served) -> None:
    asked = served.post("/api/message", text("my neck is stiff"), Cookie=f"chat={'B' * 22}").json()
    data = asked["messages"][-1]["keys"][0][0]["data"]
    press = {"id": str(uuid.uuid4()), "data": data}
    other = served.post("/api/press", press, Cookie=f"chat={'C' * 22}").json()
    assert other["notice"]
    own = served.post("/api/press", {**press, "id": str(uuid.uuid4())}, Cookie=f"chat={'B' * 22}").json()
    assert "tick what is true" in own["messages"][0]["html"]


@pytest.mark.safety("S-63")
def test_forged_button_data_gets_a_notice_and_changes_nothing(served: Served) -> None:
    for data in ("", "x", "A" * 64, "done", "\u0000\uffff", "é" * 40):
        reply = served.post("/api/press", {"id": str(uuid.uuid4()), "data": data})
        assert reply.status == 200
        assert reply.json()["notice"] == "This button is old."


def test_the_answer_is_locked_down_by_its_headers(served: Served) -> None:
    for path in ("/", "/static/page.js", "/nothing", "/pictures/none.jpg"):
        headers = served.get(path).headers
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
        assert "unsafe" not in policy
        assert "http" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"
        assert "server" not in headers


def test_only_the_admins_commands_are_admin_commands(served: Served) -> None:
    for command in ("start", "", "names", "_administer", "preview_"):
        body = {"id": str(uuid.uuid4()), "command": command, "argument": ""}
        assert served.post("/api/admin", body).status == 400


@pytest.mark.safety("S-62")
def test_an_admin_command_in_the_conversation_is_no_admin_command(served: Served) -> None:
    reply = served.post("/api/message", text("", kind="command", command="status"))
    assert "version" not in json.dumps(reply.json()).lower()


@pytest.mark.parametrize(
    "name",
    [
        "../points/lung.yaml",
        "..%2fpoints%2flung.yaml",
        "%2e%2e/points/lung.yaml",
        "..%5cpoints%5clung.yaml",
        "....//points/lung.yaml",
        "%2fetc%2fpasswd",
        "LI44.jpg",
        "LI4.jpg%00.yaml",
        ".",
        "..",
        "",
    ],
)
def test_no_file_beside_the_pictures_can_be_reached(served: Served, name: str) -> None:
    reply = served.get(f"/pictures/{name}")
    assert reply.status in (400, 404)
    assert b"pinyin" not in reply.body


def test_a_picture_of_the_knowledge_is_served(served: Served) -> None:
    reply = served.get("/pictures/LI4.jpg")
    expected = (shipped() / "pictures" / "LI4.jpg").read_bytes()
    assert (reply.status, reply.headers["content-type"], reply.body) == (200, "image/jpeg", expected)


@pytest.mark.safety("S-52", "S-55")
def test_a_failure_is_answered_kindly_and_logged_without_what_was_written(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with serving(tmp_path) as broken:
        with sqlite3.connect(broken.database) as database:
            for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                database.execute(f"DROP TABLE {table}")
        reply = broken.post("/api/message", text("a very secret pain"))
    assert reply.status == 500
    assert "went wrong" in reply.json()["messages"][0]["html"]
    logged = [record.getMessage() for record in caplog.records if record.name.startswith("bot.channels.web")]
    assert [bool(re.match(r"A turn failed with \w+:\n  File ", line)) for line in logged] == [True]
    assert "secret" not in caplog.text
