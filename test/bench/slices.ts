import { cpuTimeMs, median } from './cpu-time.ts';
import { say } from './stage.ts';

/** A process that is measured; several of the same name are the same code. */
export interface Measured {
  name: string;
  pid: number;
}

/** One operation: what is done, and how often in a slice. */
export interface Operation<Server> {
  perSlice: number;
  run(server: Server): Promise<unknown>;
}

/** CPU milliseconds of one operation, a figure for each slice that counts. */
type Figures = Record<string, Map<Measured, number[]>>;

/**
 * Lets processes take turns in short slices. The first half of the rounds warms up, the second counts.
 * @param rounds in each of which every process does a slice of every operation
 */
export async function measure<Server extends Measured>(
  servers: readonly Server[],
  operations: Readonly<Record<string, Operation<Server>>>,
  rounds: number,
): Promise<Figures> {
  const figures: Figures = {};
  for (const name of Object.keys(operations)) figures[name] = new Map(servers.map((one) => [one, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, operation] of Object.entries(operations)) {
      for (const server of servers) {
        const perOperation = await slice(server, operation);
        if (round >= rounds / 2) figures[name]?.get(server)?.push(perOperation);
      }
    }
  }
  return figures;
}

async function slice<Server extends Measured>(
  server: Server,
  { perSlice, run }: Operation<Server>,
): Promise<number> {
  const before = cpuTimeMs(server.pid);
  for (let count = 0; count < perSlice; count += 1) await run(server);
  return (cpuTimeMs(server.pid) - before) / perSlice;
}

/** Prints medians, and the others' as ratios to the reference's. */
export function report(figures: Figures, reference: string, others: readonly string[]): void {
  for (const [operation, ofServers] of Object.entries(figures)) {
    const processes = (name: string) =>
      [...ofServers].filter(([server]) => server.name === name).map(([, slices]) => slices);
    const base = processes(reference);
    say(`${operation.padEnd(8)} ${reference} ${median(base.flat()).toFixed(3)} ms CPU (${spread(base)})`);
    for (const name of others) {
      const ours = processes(name);
      say(
        `${' '.repeat(9)}${name} ${median(ours.flat()).toFixed(3)} ms (${spread(ours)}), ratio ${(median(ours.flat()) / median(base.flat())).toFixed(2)}, in pairs ${pairs(ours, base)}`,
      );
    }
  }
}

/** The middle half of the ratios of slices that stood beside each other: both had the same seconds of a busy machine. */
function pairs(ours: readonly number[][], base: readonly number[][]): string {
  const ratios = ours
    .flatMap((slices, process) => slices.map((ms, round) => ms / (base[process]?.[round] ?? Number.NaN)))
    .sort((one, other) => one - other);
  const at = (share: number) => (ratios[Math.floor(share * ratios.length)] ?? Number.NaN).toFixed(3);
  return `${at(0.5)} (${at(0.25)} to ${at(0.75)})`;
}

/** The lowest and the highest of the processes' own medians. */
function spread(processes: readonly (readonly number[])[]): string {
  const medians = processes.map(median);
  return `${Math.min(...medians).toFixed(2)} to ${Math.max(...medians).toFixed(2)}`;
}
