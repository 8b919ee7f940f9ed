import { runDoctor } from '../doctor/index.ts';
import { consoleOf, exitWritten } from './console.ts';
import { DOCTOR_PARTS } from './doctor-parts.ts';

exitWritten(await runDoctor(process.argv.slice(2), { ...DOCTOR_PARTS, ...consoleOf(process) }));
