import { runRegister } from '../register/index.ts';
import { doNotWaitForTerminal } from './streams/index.ts';

const { argv, env, stdout, stderr } = process;

for (const stream of [stdout, stderr]) {
  stream.on('error', () => undefined); // nobody reads it any more
  doNotWaitForTerminal(stream);
}

const status = await runRegister(argv.slice(2), {
  environment: env,
  stdout,
  stderr,
  envFile: '.env',
  now: Date.now,
  onInterrupt(end) {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => process.exit(end()));
  },
});
// connections that are kept would hold up the end
stdout.write('', () => process.exit(status));
