/** `npm run bench -- NAME`: one of the benchmarks; without a name the one that compares the app with the baseline. */
const BENCHES: Record<string, () => Promise<unknown>> = {
  library: () => import('./library.ts'),
  start: () => import('./start.ts'),
  redis: () => import('./redis.ts'),
  memory: () => import('./memory.ts'),
  export: () => import('./export.ts'),
  load: () => import('./load.ts'),
};

const [name = ''] = process.argv.slice(2);
await (BENCHES[name] ?? (() => import('./run.ts')))();
