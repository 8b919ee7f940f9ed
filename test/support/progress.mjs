import { relative } from 'node:path';

/** After so long without a line, one says what is still running. */
const SILENCE_MS = 30_000;

/**
 * Jest reporter. Says what a run does, on a terminal and in a pipe alike: a line per file with how many are left, the
 * whole story of a test that failed as soon as its file ends, and the time at the end.
 */
export default class Progress {
  #atOnce;
  #beganMs = 0;
  #spokeMs = 0;
  #left = 0;
  #reminder;
  #running = new Map();

  constructor({ maxWorkers, randomize, seed }) {
    this.#atOnce = `${maxWorkers} at a time${randomize ? `, in random order (--randomize --seed=${seed})` : ''}`;
  }

  onRunStart({ numTotalTestSuites }) {
    this.#beganMs = performance.now();
    this.#left = numTotalTestSuites;
    this.#say(`${numTotalTestSuites} test files, ${this.#atOnce}.`);
    this.#reminder = setInterval(() => this.#remind(), SILENCE_MS / 6).unref();
  }

  onTestFileStart({ path }) {
    this.#running.set(path, performance.now());
  }

  onTestFileResult({ path }, result) {
    const tookMs = performance.now() - (this.#running.get(path) ?? this.#beganMs);
    this.#running.delete(path);
    this.#left -= 1;
    const { numFailingTests, numPassingTests, failureMessage } = result;
    const tests =
      numFailingTests > 0 ? `${numFailingTests} of ${numFailingTests + numPassingTests}` : numPassingTests;
    const outcome = failureMessage ? 'FAILED' : 'passed';
    this.#say(
      `${outcome}  ${relative('.', path)}  ${tests} tests in ${seconds(tookMs)}, ${this.#left} files left`,
    );
    for (const { message } of result.console ?? []) this.#say(message);
    if (failureMessage) this.#say(failureMessage);
  }

  onRunComplete(_contexts, { testResults, ...results }) {
    clearInterval(this.#reminder);
    const failed = testResults.filter(({ failureMessage }) => failureMessage);
    if (failed.length > 0) this.#say('What failed, each with its story above:');
    for (const name of failed.flatMap(namesOf)) this.#say(`  ${name}`);
    this.#say(`Time: ${minutes(performance.now() - this.#beganMs)}`);
    const totals = totalsOf(results);
    // `npm run test:all` adds the runs up; one on its own ends with the plain line that machines read.
    if (process.send) process.send(totals);
    else this.#say(`tests: ${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
  }

  #remind() {
    const now = performance.now();
    if (now - this.#spokeMs < SILENCE_MS) return;
    const running = [...this.#running].map(
      ([path, sinceMs]) => `${relative('.', path)} (${seconds(now - sinceMs)})`,
    );
    this.#say(`still running: ${running.join(', ')}`);
  }

  #say(line) {
    this.#spokeMs = performance.now();
    process.stdout.write(`${line}\n`);
  }
}

/** A file that could not be loaded counts as a test that failed, and so does a run without any file. */
function totalsOf({
  numPassedTests,
  numFailedTests,
  numFailedTestSuites,
  numPendingTests,
  numTotalTestSuites,
}) {
  const failed = Math.max(numFailedTests, numFailedTestSuites, numTotalTestSuites === 0 ? 1 : 0);
  return { passed: numPassedTests, failed, skipped: numPendingTests };
}

function namesOf({ testFilePath, testResults }) {
  const file = relative('.', testFilePath);
  const names = testResults
    .filter(({ status }) => status === 'failed')
    .map(({ fullName }) => `${file} > ${fullName}`);
  return names.length > 0 ? names : [file];
}

const seconds = (ms) => `${(ms / 1_000).toFixed(1)} s`;

function minutes(ms) {
  const whole = Math.round(ms / 1_000);
  return whole < 60 ? seconds(ms) : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
