import { runRegister } from '../register/index.ts';
import { consoleOf, exitWritten } from './console.ts';

exitWritten(
  await runRegister(process.argv.slice(2), { ...consoleOf(process), envFile: '.env', now: Date.now }),
);
