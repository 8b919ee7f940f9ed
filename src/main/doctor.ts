import { runDoctor } from '../doctor/index.ts';
import { DOCTOR_PARTS } from './doctor-parts.ts';
import { doNotWaitForTerminal } from './streams/index.ts';

const { argv, env, stdout, stderr } = process;

for (const stream of [stdout, stderr]) {
  stream.on('error', () => undefined); // nobody reads it any more
  doNotWaitForTerminal(stream);
}

const status = await runDoctor(argv.slice(2), {
  ...DOCTOR_PARTS,
  environment: env,
  stdout,
  stderr,
  onInterrupt(end) {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => process.exit(end()));
  },
});
// connections that are kept would hold up the end
stdout.write('', () => process.exit(status));
