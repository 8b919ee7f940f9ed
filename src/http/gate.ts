import type { RequestListener } from 'node:http';
import type { Socket } from 'node:net';

/** `at once`: who runs the app asks. `first`: somebody who is in the middle of something. */
type Rank = 'at once' | 'first' | 'in turn';

type Request = Parameters<RequestListener>[0];
type Response = Parameters<RequestListener>[1];

interface GateOptions {
  /** Answers a request that is begun. */
  app: RequestListener;
  /** Answers one that is not. */
  refuse: RequestListener;
  rankOf(request: Request): Rank;
}

/** What stands in front of an app. */
export interface Gate {
  /** For every request. */
  listener: RequestListener;
  /** For every connection. */
  onConnection(socket: Socket): void;
}

interface Waiting {
  request: Request;
  response: Response;
  sinceMs: number;
}

/** Requests are begun for so long, then the event loop goes round again, */
const SLICE_MS = 5;
/** and again as long as connections come in, at the most so often. */
const MOST_ROUNDS = 100;
/** The event loop is looked at so often while requests are under way. */
const LOOK_MS = 20;
/** An event loop that is later than this has too many of them at a time. */
const LATE_MS = 50;
/** One that had time to wait is none of those: others took the processor. */
const FULL = 0.95;
const FEWEST = 8;
const AT_FIRST = 100;
/** A request that takes longer waits for somebody else, and takes nothing from others meanwhile. */
const WORKING_MS = 1_000;
/** A burst of requests may wait for so long, */
const BURST_MS = 500;
/** and each so long where there have been more than can be answered for longer than that. */
const QUEUE_MS = 300;
/** Who is let in first may wait longer. */
const FIRST_MS = 2_000;
/** Of so many that begin while both wait, one is not of the first: made-up ones shut nobody out. */
const ONE_IN = 4;
/** Where more connections are idle than proxies keep, those of refused requests are ended. */
const MOST_IDLE = 500;

/**
 * Begins no more requests than the process can answer. How many are under way at a time follows the delay of the event
 * loop: a tenth more where somebody waits and it has air, a fifth fewer where it is late. The others wait in the order
 * in which they came; where that would be too long, they are refused at once, which costs a fifteenth of a page.
 *
 * Node accepts one connection each time the event loop goes round (libuv since 1.45). Where all ready requests were
 * begun in one go, connections would wait for seconds in the kernel, health checks among them. So they are begun in
 * slices, and between two of them the loop goes round until nobody new comes in.
 */
export function createGate({ app, refuse, rankOf }: GateOptions): Gate {
  const working = new Map<Response, number>();
  const lines: Record<'first' | 'in turn', Waiting[]> = { first: [], 'in turn': [] };
  let most = AT_FIRST;
  let busySinceMs: number | undefined;
  let firstInARow = 0;
  let isWatched = false;
  let used = performance.eventLoopUtilization();
  let connections = 0;
  /** When requests began to begin in this round of the loop; undefined before. */
  let sliceMs: number | undefined;
  let roundIsDue = false;
  let somebodyCameIn = false;
  /** Since requests were begun last, each with somebody new. */
  let rounds = 0;

  const waiting = () => lines.first.length + lines['in turn'].length;
  const hasRoom = () =>
    working.size < most && performance.now() - (sliceMs ?? Number.POSITIVE_INFINITY) < SLICE_MS;

  function begin({ request, response }: Pick<Waiting, 'request' | 'response'>): void {
    working.set(response, performance.now());
    response.once('close', () => {
      working.delete(response);
      if (waiting() > 0) goRound();
    });
    if (!isWatched) watch();
    app(request, response);
  }

  function goRound(): void {
    if (!roundIsDue) setImmediate(afterRound);
    roundIsDue = true;
  }

  function afterRound(): void {
    roundIsDue = false;
    sliceMs = undefined;
    if (somebodyCameIn && rounds < MOST_ROUNDS) {
      somebodyCameIn = false;
      rounds += 1;
      goRound();
      return;
    }
    rounds = 0;
    if (waiting() > 0) letIn();
  }

  function letIn(): void {
    sliceMs = performance.now();
    while (waiting() > 0 && hasRoom()) {
      const next = nextInLine();
      if (next !== undefined && !next.response.destroyed) begin(next);
    }
    if (waiting() === 0) busySinceMs = undefined;
    if (working.size < most || waiting() === 0) goRound();
  }

  function nextInLine(): Waiting | undefined {
    const isOthersTurn = firstInARow >= ONE_IN - 1 || lines.first.length === 0;
    const line = isOthersTurn && lines['in turn'].length > 0 ? 'in turn' : 'first';
    firstInARow = line === 'first' ? firstInARow + 1 : 0;
    return lines[line].shift();
  }

  function watch(): void {
    isWatched = true;
    const dueMs = performance.now() + LOOK_MS;
    setTimeout(() => {
      const nowMs = performance.now();
      forgetThoseBefore(nowMs - WORKING_MS);
      adapt(nowMs - dueMs);
      if (waiting() > 0) goRound();
      isWatched = working.size > 0;
      if (isWatched) watch();
    }, LOOK_MS).unref();
  }

  function forgetThoseBefore(timeMs: number): void {
    for (const [response, sinceMs] of working) {
      if (sinceMs > timeMs) return;
      working.delete(response);
    }
  }

  function adapt(lateMs: number): void {
    const { utilization } = performance.eventLoopUtilization(used);
    used = performance.eventLoopUtilization();
    if (lateMs > LATE_MS && utilization > FULL) most = Math.max(FEWEST, Math.min(most, working.size) * 0.8);
    else if (waiting() > 0 && working.size >= most) most = most * 1.1 + 1;
  }

  function isTooLong(rank: 'first' | 'in turn', nowMs: number): boolean {
    const [oldest] = lines[rank];
    if (oldest === undefined) return false;
    const isBurst = busySinceMs === undefined || nowMs - busySinceMs < BURST_MS;
    const limitMs = rank === 'first' ? FIRST_MS : isBurst ? BURST_MS : QUEUE_MS;
    return nowMs - oldest.sinceMs > limitMs;
  }

  function wait(rank: 'first' | 'in turn', request: Request, response: Response): void {
    const nowMs = performance.now();
    if (!isTooLong(rank, nowMs)) {
      busySinceMs ??= nowMs;
      lines[rank].push({ request, response, sinceMs: nowMs });
      goRound();
      return;
    }
    if (connections - waiting() - working.size > MOST_IDLE) response.setHeader('Connection', 'close');
    refuse(request, response);
  }

  return {
    listener(request, response) {
      const rank = rankOf(request);
      if (sliceMs === undefined) {
        sliceMs = performance.now();
        goRound();
      }
      if (rank === 'at once') app(request, response);
      else if (waiting() === 0 && rounds === 0 && !somebodyCameIn && hasRoom()) begin({ request, response });
      else wait(rank, request, response);
    },
    onConnection(socket) {
      somebodyCameIn = true;
      goRound();
      connections += 1;
      socket.once('close', () => {
        connections -= 1;
      });
    },
  };
}

/** Health checks at once, and people who come back from the identity platform first. */
export function ranksOf(redirectPath: string, basePath: string): GateOptions['rankOf'] {
  const ranks = new Map<string, Rank>();
  for (const base of ['', basePath]) {
    for (const path of ['/healthz', '/readyz']) ranks.set(`${base}${path}`, 'at once');
    ranks.set(`${base}${redirectPath}`, 'first');
  }
  return ({ url = '' }) => ranks.get(url.split('?', 1)[0] ?? '') ?? 'in turn';
}
