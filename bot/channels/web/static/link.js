// The way to the server: one request at a time, in order. What fails is kept and can be sent again.

const WAIT = 30_000;

export class Refused extends Error {} // the server does not know this page (any more)
export class Offline extends Error {} // no answer

async function post(path, body) {
  let response;
  try {
    response = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(WAIT),
    });
    if (response.headers.get("Content-Type") !== "application/json") throw new Refused();
    return await response.json();
  } catch (error) {
    throw error instanceof Refused ? error : new Offline(error);
  }
}

const kept = []; // requests that got no answer, oldest first
let last = Promise.resolve();
let onTrouble = () => {};
let onWorking = () => {};

/** `trouble` is called with the error, or null once all is well; `working` with true while the bot is being asked. */
export function listen(trouble, working) {
  onTrouble = trouble;
  onWorking = working;
}

async function deliver(request) {
  request.tries += 1;
  onWorking(true);
  try {
    const answer = await post(request.path, request.body);
    onTrouble(kept.length ? new Offline() : null);
    request.answered(answer, request.tries);
  } catch (error) {
    if (!(error instanceof Refused || error instanceof Offline)) throw error;
    kept.push(request);
    request.failed();
    onTrouble(error);
  } finally {
    onWorking(false);
  }
}

function queue(request) {
  last = last.then(() => deliver(request)).catch((error) => console.error(error));
}

/** Asks the server; `answered(answer, tries)` or `failed()` is called later. The id makes a repeat harmless. */
export function ask(path, body, answered, failed) {
  retry(); // what is still waiting goes first
  queue({ path, body: { id: crypto.randomUUID(), ...body }, answered, failed, tries: 0 });
}

/** Asks without being noticed: in turn with what is sent, and no answer is no trouble. */
export function glance(path) {
  const answer = last.then(() => post(path, { id: crypto.randomUUID() })).catch(() => null);
  last = answer;
  return answer;
}

/** Sends again, in order, what got no answer. */
export function retry() {
  kept.splice(0).forEach(queue);
}
