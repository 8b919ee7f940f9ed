import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';

// A program of its own, so that neither the app nor the emulator waits for it: it reads a Load and writes a LoadReport.

/** Requests as those of many people. */
export interface Load {
  /** One after the other, again and again: an address and the cookies that go with it. */
  requests: readonly { url: string; cookies?: string }[];
  seconds: number;
  /** Requests begin when they are due, whether earlier ones are through or not; or so many clients ask again at once. */
  pace: { perSecond: number } | { clients: number };
  /** Asked ten times a second meanwhile, each time over a connection of its own. */
  healthUrl: string;
}

/** What became of them. Times are in milliseconds, the shortest first. */
export interface LoadReport {
  sent: number;
  servedMs: number[];
  /** Turned away with 503 and Retry-After. */
  refusedMs: number[];
  /** No response, or another one. */
  failed: number;
  healthMs: number[];
  /** Requests without a response, at the most. */
  mostWaiting: number;
  /** How late this program itself began requests, at the most. */
  lateMs: number;
}

type Outcome = 'served' | 'refused' | 'failed';

const HEALTH_EVERY_MS = 100;
const TICK_MS = 2;
/** What takes longer has failed. */
const LONGEST_MS = 30_000;

const load: Load = JSON.parse(await text(process.stdin));
process.stdout.write(JSON.stringify(await sendLoad(load)), () => process.exit());

async function sendLoad({ requests, pace, seconds, healthUrl }: Load): Promise<LoadReport> {
  const agent = new Agent({ keepAlive: true, timeout: 3_000 });
  const report = {
    sent: 0,
    servedMs: [],
    refusedMs: [],
    failed: 0,
    healthMs: [],
    mostWaiting: 0,
    lateMs: 0,
  } as LoadReport;
  let waiting = 0;
  const send = async () => {
    const { url = '', cookies } = requests[report.sent % requests.length] ?? {};
    report.sent += 1;
    waiting += 1;
    report.mostWaiting = Math.max(report.mostWaiting, waiting);
    const startedAtMs = performance.now();
    const outcome = await ask(url, cookies, agent);
    waiting -= 1;
    if (outcome === 'failed') report.failed += 1;
    else report[`${outcome}Ms`].push(performance.now() - startedAtMs);
  };
  const health = async () => {
    const startedAtMs = performance.now();
    const outcome = await ask(healthUrl, undefined, new Agent());
    report.healthMs.push(outcome === 'served' ? performance.now() - startedAtMs : LONGEST_MS);
  };
  const beginMs = performance.now();
  let [healthAtMs, dueMs] = [0, 0];
  for (let passedMs = 0; passedMs < seconds * 1_000; passedMs = performance.now() - beginMs) {
    report.lateMs = Math.max(report.lateMs, passedMs - dueMs);
    dueMs = passedMs + TICK_MS;
    while (isDue(pace, passedMs, report.sent, waiting)) void send();
    if (passedMs - healthAtMs >= HEALTH_EVERY_MS) {
      healthAtMs = passedMs;
      void health();
    }
    await pause(TICK_MS);
  }
  const endMs = performance.now() + LONGEST_MS;
  while (waiting > 0 && performance.now() < endMs) await pause(TICK_MS);
  report.failed += waiting;
  for (const times of [report.servedMs, report.refusedMs, report.healthMs])
    times.sort((one, other) => one - other);
  return report;
}

function isDue(pace: Load['pace'], passedMs: number, sent: number, waiting: number): boolean {
  return 'clients' in pace ? waiting < pace.clients : sent < (passedMs / 1_000) * pace.perSecond;
}

function ask(url: string, cookies: string | undefined, agent: Agent): Promise<Outcome> {
  const headers = { Accept: 'text/html', ...(cookies === undefined ? {} : { Cookie: cookies }) };
  // a name would be looked up for each connection
  const there = url.replace('localhost', '127.0.0.1');
  return new Promise((resolve) => {
    const asking = request(there, { agent, headers, timeout: LONGEST_MS }, (response) => {
      response.on('end', () => resolve(outcomeOf(response.statusCode ?? 0, response.headers)));
      response.on('error', () => resolve('failed'));
      response.resume();
    });
    asking.on('timeout', () => asking.destroy()).on('error', () => resolve('failed'));
    asking.end();
  });
}

function outcomeOf(status: number, headers: IncomingHttpHeaders): Outcome {
  if (status < 400) return 'served';
  return status === 503 && headers['retry-after'] !== undefined ? 'refused' : 'failed';
}
