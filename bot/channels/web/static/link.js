// Requests to the server: one at a time, in order. Failed requests are kept and can be sent again.

const WAIT = 30_000; // milliseconds until a request fails

export class Refused extends Error {} // the server did not accept the request: the page is out of date
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

const unanswered = []; // failed requests, oldest first
let last = Promise.resolve();
let onTrouble = () => {};
let onWorking = () => {};

/** Sets the callbacks: `trouble(error)`, with null when all is well, and `working(on)` around each request. */
export function listen(trouble, working) {
  onTrouble = trouble;
  onWorking = working;
}

async function deliver(request) {
  request.tries += 1;
  onWorking(true);
  try {
    const answer = await post(request.path, request.body);
    onTrouble(unanswered.length ? new Offline() : null);
    request.answered(answer, request.tries);
  } catch (error) {
    if (!(error instanceof Refused || error instanceof Offline)) throw error;
    unanswered.push(request);
    request.failed();
    onTrouble(error);
  } finally {
    onWorking(false);
  }
}

function queue(request) {
  last = last.then(() => deliver(request)).catch((error) => console.error(error));
}

/** Sends a request; later `answered(answer, tries)` or `failed()` is called. Its id makes a repetition harmless. */
export function ask(path, body, answered, failed) {
  retry(); // earlier failed requests go first
  queue({ path, body: { id: crypto.randomUUID(), ...body }, answered, failed, tries: 0 });
}

/** Sends a request in the background, in order with the others. Resolves to null, without a notice, if it fails. */
export function glance(path) {
  const answer = last.then(() => post(path, { id: crypto.randomUUID() })).catch(() => null);
  last = answer;
  return answer;
}

/** Sends the failed requests again, in order. */
export function retry() {
  unanswered.splice(0).forEach(queue);
}
