import { afterAll, expect, test } from '@jest/globals';
import { cellOf } from './cell.ts';
import { CLIENTS, type Client } from './clients.ts';
import { explanationOf } from './explanations.ts';
import { GOOD_PATH, MATRIX_FAULTS } from './faults.ts';
import { runInNamespace } from './namespace.ts';
import { keepOutcomes } from './outcomes.ts';
import { samplesIn } from './samples.ts';
import { NotHere, toolChainOf, versionOf } from './tool-chains.ts';

/** After that, what has not ended is ended. */
const LIMIT_MS = 20_000;
const MOST_MS = 40 * 60_000;

const notHere: string[] = [];
afterAll(() => {
  for (const words of notHere) process.stdout.write(`Not run here: ${words}.\n`);
});

test.each([...CLIENTS, ...samplesIn(process.env.SAMPLES_DIR)])(
  '$name does what it should in each fault, or what is explained',
  async (client) => {
    const toolChain = toolChainFor(client);
    if (toolChain === undefined) return;
    const faults = MATRIX_FAULTS.filter(({ part }) => part === 'any' || client.parts.includes(part));
    const [good, ...met] = await runInNamespace({
      command: toolChain.commandOf(client),
      limitMs: client.limitMs ?? LIMIT_MS,
      redirectUri: client.sample?.redirectUri,
      faults: faults.map(({ title }) => title),
    });
    if (good === undefined || met.length === 0)
      throw new Error(`all went well, but: ${JSON.stringify(good)}`);
    const cells = met.map((one, index) => cellOf(client, faults[index] ?? GOOD_PATH, one, good));
    const titled = cells.map((cell, index) => ({ ...cell, title: met[index]?.title ?? '' }));
    const outcome = {
      version: versionOf(client),
      runtime: toolChain.runtime,
      date: new Date().toISOString().slice(0, 10),
      cells: Object.fromEntries(titled.map(({ title, words }) => [title, words])),
    };
    keepOutcomes({ [client.name]: outcome });
    const surprises = titled.filter(
      ({ title, isRight }) => isRight !== (explanationOf(client.name, title) === 0),
    );
    expect(surprises).toEqual([]);
  },
  MOST_MS,
);

/** Undefined where this machine has none, which the page says. */
function toolChainFor(client: Client): ReturnType<typeof toolChainOf> | undefined {
  try {
    return toolChainOf(client.language);
  } catch (error) {
    if (!(error instanceof NotHere)) throw error;
    keepOutcomes({ [client.name]: error.message });
    notHere.push(`${client.name}, for ${error.message}`);
    return undefined;
  }
}
