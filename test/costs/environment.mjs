import { appendFileSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import NodeEnvironment from 'jest-environment-node';

/** `getconf CLK_TCK`: Linux has said 100 to programs ever since. */
const TICK_MS = 10;

/** Notes what each test costs: the time of the processor, this process's and that of all it started, beside the clock's. */
export default class CostsEnvironment extends NodeEnvironment {
  #file;
  #before = spent();

  constructor(config, context) {
    super(config, context);
    this.#file = relative(config.projectConfig.rootDir, context.testPath);
  }

  /** Whatever happens between two tests (loading the file, opening and closing its world) is a row of its own. */
  handleTestEvent({ name, test }) {
    if (name === 'test_start') this.#note('(between its tests)');
    if (name === 'test_done') this.#note(fullName(test));
  }

  async teardown() {
    await super.teardown();
    this.#note('(between its tests)');
  }

  #note(test) {
    const now = spent();
    const row = {
      file: this.#file,
      test,
      cpuMs: Math.max(0, now.cpuMs - this.#before.cpuMs),
      ms: now.ms - this.#before.ms,
    };
    this.#before = now;
    appendFileSync(process.env.TEST_COSTS_FILE, `${JSON.stringify(row)}\n`);
  }
}

function spent() {
  const { user, system } = process.cpuUsage();
  const [, ofChildren] = ticks(process.pid);
  const ofLiving = descendants(process.pid).reduce((sum, pid) => sum + total(ticks(pid)), 0);
  return { ms: performance.now(), cpuMs: (user + system) / 1_000 + (ofChildren + ofLiving) * TICK_MS };
}

const total = ([own, ofChildren]) => own + ofChildren;

/** @returns ticks of a process, and those of its children that have ended; none where it has just ended itself */
function ticks(pid) {
  const stat = read(`/proc/${pid}/stat`);
  // After the name, which may hold blanks: state is field 3, and the times are fields 14 to 17.
  const times = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 15)
    .map(Number);
  const [user = 0, system = 0, childrenUser = 0, childrenSystem = 0] = times;
  return [user + system, childrenUser + childrenSystem];
}

function descendants(pid) {
  const children = read(`/proc/${pid}/task/${pid}/children`).trim().split(' ').filter(Boolean);
  return children.flatMap((child) => [child, ...descendants(child)]);
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function fullName(test) {
  const names = [];
  for (let block = test; block.name !== 'ROOT_DESCRIBE_BLOCK'; block = block.parent)
    names.unshift(block.name);
  return names.join(' ');
}
