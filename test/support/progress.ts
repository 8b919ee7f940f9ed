import type { UserConsoleLog } from 'vitest';
import type { Reporter, SerializedError, TestModule, TestSpecification, Vitest } from 'vitest/node';
import { failedTests } from './totals.ts';

/** After so long without a line, one says what is still running. */
const SILENCE_MS = 30_000;

/**
 * Says what a run does, on a terminal and in a pipe alike: a line per file with how many are left, the whole story of
 * a test that failed as soon as its file ends, and the time at the end.
 */
export class Progress implements Reporter {
  #vitest: Vitest | undefined;
  #beganMs = 0;
  #spokeMs = 0;
  #left = 0;
  #reminder: NodeJS.Timeout | undefined;
  readonly #running = new Map<string, number>();
  readonly #printed = new Map<string, string[]>();

  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
  }

  onTestRunStart(files: readonly TestSpecification[]): void {
    this.#beganMs = performance.now();
    this.#left = files.length;
    this.#say(`${files.length} test files, ${this.#vitest?.config.maxWorkers} at a time${this.#order()}.`);
    this.#reminder = setInterval(() => this.#remind(), SILENCE_MS / 6).unref();
  }

  onTestModuleQueued({ relativeModuleId }: TestModule): void {
    this.#running.set(relativeModuleId, performance.now());
  }

  onUserConsoleLog({ content, taskId = '' }: UserConsoleLog): void {
    const file = this.#vitest?.state.idMap.get(taskId)?.file.id ?? '';
    this.#printed.set(file, [...(this.#printed.get(file) ?? []), content]);
  }

  onTestModuleEnd(module: TestModule): void {
    const { relativeModuleId: file } = module;
    const tookMs = performance.now() - (this.#running.get(file) ?? this.#beganMs);
    this.#running.delete(file);
    this.#left -= 1;
    const count = [...module.children.allTests()].length;
    const failed = failedTests(module).length;
    const outcome = module.ok() ? 'passed' : 'FAILED';
    const tests = failed > 0 ? `${failed} of ${count} tests` : `${count} tests`;
    this.#say(`${outcome}  ${file}  ${tests} in ${seconds(tookMs)}, ${this.#left} files left`);
    for (const text of this.#printed.get(module.id) ?? []) this.#write(text);
    if (!module.ok()) this.#tell(module);
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    clearInterval(this.#reminder);
    if (errors.length > 0) this.#vitest?.logger.printUnhandledErrors(errors);
    const failed = modules.filter((module) => !module.ok());
    if (failed.length > 0) this.#say(`What failed, each with its story above:`);
    for (const module of failed) for (const name of namesOf(module)) this.#say(`  ${name}`);
    this.#say(`Time: ${minutes(performance.now() - this.#beganMs)}`);
  }

  /** The whole story: what was expected and what was there, where, and how the test came there. */
  #tell(module: TestModule): void {
    for (const error of module.errors()) this.#tellOf(module.relativeModuleId, error, module);
    for (const suite of module.children.allSuites())
      for (const error of suite.errors()) this.#tellOf(suite.fullName, error, module);
    for (const test of failedTests(module))
      for (const error of test.result().errors ?? []) this.#tellOf(test.fullName, error, module);
  }

  #tellOf(name: string, error: SerializedError, { project }: TestModule): void {
    this.#say(`\n  FAILED: ${name}`);
    this.#vitest?.logger.printError(error, { project, fullStack: true, showCodeFrame: true });
  }

  #remind(): void {
    const now = performance.now();
    if (now - this.#spokeMs < SILENCE_MS) return;
    const running = [...this.#running].map(([file, sinceMs]) => `${file} (${seconds(now - sinceMs)})`);
    this.#say(`still running: ${running.join(', ')}`);
  }

  #order(): string {
    const { shuffle, seed } = this.#vitest?.config.sequence ?? {};
    return shuffle ? `, in random order (--sequence.shuffle --sequence.seed=${seed})` : '';
  }

  #say(line: string): void {
    this.#spokeMs = performance.now();
    this.#write(`${line}\n`);
  }

  /** In one stream with the stories, so that a pipe keeps them together. */
  #write(text: string): void {
    this.#vitest?.logger.outputStream.write(text);
  }
}

function namesOf(module: TestModule): string[] {
  const names = failedTests(module).map(({ fullName }) => `${module.relativeModuleId} > ${fullName}`);
  return names.length > 0 ? names : [module.relativeModuleId];
}

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;

function minutes(ms: number): string {
  const whole = Math.round(ms / 1_000);
  return whole < 60 ? seconds(ms) : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
