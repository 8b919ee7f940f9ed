import { runCommand } from '../emulator/index.ts';

const outcome = await runCommand({
  args: process.argv.slice(2),
  environment: process.env,
  say: (text) => process.stdout.write(text),
  complain: (text) => process.stderr.write(text),
});

if ('emulator' in outcome) {
  const stop = (): void => void outcome.emulator.close();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
} else process.exitCode = outcome.exitStatus;
