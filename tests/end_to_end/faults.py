"""How the tests' Bot API server misbehaves, on demand."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """How the server misbehaves: an HTTP status with a description, or a connection dropped before or after work."""

    status: int = 0
    description: str = ""
    retry_after: int = 0
    drop: bool = False
    after_work: bool = False


BLOCKED = Fault(403, "Forbidden: bot was blocked by the user")
TOO_MANY = Fault(429, "Too Many Requests: retry after 1", retry_after=1)
DEFERRING = Fault(429, "Too Many Requests: retry after 4", retry_after=4)  # just too long to be waited for
UNPARSED = Fault(400, "Bad Request: can't parse entities: Unsupported start tag")
TOO_BIG = Fault(400, "Bad Request: PHOTO_INVALID_DIMENSIONS")
BROKEN = Fault(502, "Bad Gateway")
DROPPED = Fault(drop=True)
DROPPED_AFTER_WORK = Fault(drop=True, after_work=True)
RIVAL = Fault(409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running")
UNKNOWN_TOKEN = Fault(401, "Unauthorized")
