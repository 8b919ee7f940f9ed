import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { ConfigurationError, systemCodeOf } from '../errors.ts';
import { closeAtOnce, listenAt } from '../loopback.ts';
import type { SessionRecords } from '../sessions/index.ts';
import { sentenceFor } from './listen.ts';

/** What the parts of the app tell of their work, and where Prometheus reads it. */
export interface Metrics {
  onAnswered(request: { route: string; method: string; status: number; durationMs: number }): void;
  /** A request was turned away before anything was read for it. */
  onTurnedAway(): void;
  onSignIn(outcome: string): void;
  onTokenRequest(exchange: { status: number; durationMs: number }): void;
  onGraphCall(call: { status: number; durationMs: number; retried: boolean }): void;
  /** The same store, with each operation timed. */
  timed(records: SessionRecords): SessionRecords;
  /** Serves the figures. @throws ConfigurationError when the port is taken, or the host is not this machine's */
  listen(host: string, port: number): Promise<{ close(): Promise<void> }>;
}

const SECONDS_PER_MS = 0.001;
const PLAIN_TEXT = { 'Content-Type': 'text/plain' };

/** What the figures are read from when somebody asks. */
export interface Counted {
  /** Since the start. */
  lostLogLines(): number;
}

/** A registry of its own for each app: nothing global. */
export function createMetrics({ lostLogLines }: Counted): Metrics {
  const registry = new Registry();
  countLostLines(lostLogLines, registry);
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'http_request_seconds',
    help: 'Requests by route, method and status, until the response is over',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10],
    registers,
  });
  const turnedAway = new Counter({
    name: 'http_requests_turned_away_total',
    help: 'Requests that were answered with 503 at once, because more came than the process can answer',
    registers,
  });
  const signIns = new Counter({
    name: 'sign_ins_total',
    help: 'Sign-ins by outcome',
    labelNames: ['outcome'],
    registers,
  });
  const tokenRequests = new Histogram({
    name: 'token_request_seconds',
    help: 'Requests to the identity platform by status; 0 is none',
    labelNames: ['status'],
    registers,
  });
  const graphCalls = new Histogram({
    name: 'graph_call_seconds',
    help: 'Calls of Microsoft Graph by status; 0 is none',
    labelNames: ['status', 'retried'],
    registers,
  });
  const storeOperations = new Histogram({
    name: 'session_store_seconds',
    help: 'Operations of the session store',
    labelNames: ['operation', 'outcome'],
    buckets: [0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 2],
    registers,
  });

  return {
    onAnswered: ({ durationMs, ...labels }) => requests.observe(labels, durationMs * SECONDS_PER_MS),
    onTurnedAway: () => turnedAway.inc(),
    onSignIn: (outcome) => signIns.inc({ outcome }),
    onTokenRequest: ({ status, durationMs }) =>
      tokenRequests.observe({ status }, durationMs * SECONDS_PER_MS),
    onGraphCall: ({ status, durationMs, retried }) =>
      graphCalls.observe({ status, retried: String(retried) }, durationMs * SECONDS_PER_MS),
    timed(records) {
      countSessions(records, registry);
      weighStore(records, registry);
      return timedRecords(records, (operation, outcome, seconds) =>
        storeOperations.observe({ operation, outcome }, seconds),
      );
    },
    listen: (host, port) => serve(registry, host, port),
  };
}

function countLostLines(lostLogLines: Counted['lostLogLines'], registry: Registry): void {
  new Counter({
    name: 'log_lines_dropped_total',
    help: 'Lines of the log that could not be written to standard output',
    registers: [registry],
    collect() {
      this.reset();
      this.inc(lostLogLines());
    },
  });
}

function countSessions(records: SessionRecords, registry: Registry): void {
  new Gauge({
    name: 'sessions',
    help: 'Sessions in the store',
    registers: [registry],
    async collect() {
      this.set(await records.count().catch(() => Number.NaN));
    },
  });
}

/** A size that cannot be read is left out: an earlier one would be taken for that of now. */
function weighStore({ size }: SessionRecords, registry: Registry): void {
  if (size === undefined) return;
  new Gauge({
    name: 'session_store_bytes',
    help: 'Size of the embedded store: of its file, used by sessions, and the most they may use',
    labelNames: ['kind'],
    registers: [registry],
    async collect() {
      const found = await size().catch(() => undefined);
      if (found === undefined) {
        this.reset();
        return;
      }
      this.set({ kind: 'file' }, found.fileBytes);
      this.set({ kind: 'used' }, found.usedBytes);
      this.set({ kind: 'most' }, found.maxBytes);
    },
  });
}

type Observe = (operation: string, outcome: 'ok' | 'failed', seconds: number) => void;

function timedRecords(records: SessionRecords, observe: Observe): SessionRecords {
  const timed =
    <Given extends unknown[], Result>(operation: string, run: (...given: Given) => Promise<Result>) =>
    async (...given: Given): Promise<Result> => {
      const startedAtMs = performance.now();
      const seconds = () => (performance.now() - startedAtMs) * SECONDS_PER_MS;
      try {
        const result = await run(...given);
        observe(operation, 'ok', seconds());
        return result;
      } catch (error) {
        observe(operation, 'failed', seconds());
        throw error;
      }
    };
  return {
    create: timed('create', records.create),
    read: timed('read', records.read),
    replace: timed('replace', records.replace),
    remove: timed('remove', records.remove),
    regroup: timed('regroup', records.regroup),
    listGroup: timed('list_group', records.listGroup),
    removeGroup: timed('remove_group', records.removeGroup),
    useOnce: timed('claim', records.useOnce),
    notes: {
      write: timed('write_note', records.notes.write),
      read: timed('read_note', records.notes.read),
      replace: timed('replace_note', records.notes.replace),
      remove: timed('remove_note', records.notes.remove),
    },
    count: records.count,
    check: timed('check', records.check),
    close: records.close,
  };
}

async function serve(registry: Registry, host: string, port: number): Promise<{ close(): Promise<void> }> {
  const server = createServer((request, response) => answer(registry, request, response));
  await listenAt(server, host, port).catch((error: unknown) => {
    const variables = { host: 'METRICS_HOST', port: 'METRICS_PORT' };
    throw new ConfigurationError([sentenceFor(systemCodeOf(error), host, port, variables)]);
  });
  return { close: () => closeAtOnce([server]) };
}

/** Each scrape gets a response, whatever fails: an unhandled rejection would end the app. */
async function answer(registry: Registry, { url }: IncomingMessage, response: ServerResponse): Promise<void> {
  if (url !== '/metrics') {
    response.writeHead(404, PLAIN_TEXT).end('The figures are at /metrics.\n');
    return;
  }
  const figures = await registry.metrics().catch(() => undefined);
  if (figures === undefined) response.writeHead(500, PLAIN_TEXT).end('The figures cannot be read now.\n');
  else response.writeHead(200, { 'Content-Type': registry.contentType }).end(figures);
}
