/** `npm run bench -- memory`: memory of one process, and the size of its store, after 1,000 and 10,000 sign-ins. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { peopleOf } from '../support/sign-ins.ts';
import { openStage, ownMemoryMiB, say, signInMany } from './stage.ts';

const FIRST = Number(process.argv[3] ?? 1_000);
const ALL = Number(process.argv[4] ?? 10_000);
const AT_ONCE = 8;

const people = peopleOf(2_000);
const stage = await openStage(people);
try {
  const dataDir = join(stage.folder, 'data');
  const app = await stage.startApp({ DATA_DIR: dataDir });
  await signInMany(app.url, people, FIRST, AT_ONCE);
  const before = ownMemoryMiB(app.pid);
  say(`after ${FIRST} sign-ins: ${before.toFixed(1)} MiB`);
  await signInMany(app.url, people, ALL - FIRST, AT_ONCE);
  const after = ownMemoryMiB(app.pid);
  const fileBytes = statSync(join(dataDir, 'private', 'sessions.sqlite')).size;
  say(`after ${ALL} sign-ins: ${after.toFixed(1)} MiB, ${(after - before).toFixed(1)} MiB more`);
  say(
    `the file of the store: ${(fileBytes / 1_048_576).toFixed(1)} MiB, ${(fileBytes / ALL / 1_024).toFixed(1)} KiB a session`,
  );
} finally {
  await stage.close();
}
