import { spawnSync } from 'node:child_process';
import { runFromEnvironment, settingsOf } from '../runs/runs.ts';
import { keepSigningKeys } from './emulator.ts';
import { requireSystemPackages } from './system-packages.ts';

/** Once before all tests: the system packages they use, the build that process tests start, and the emulators' keys. */
export default async function globalSetup(): Promise<void> {
  const { commands, app } = settingsOf(runFromEnvironment());
  requireSystemPackages(commands);
  const builds = ['scripts/start.mjs', ...(app === 'three lines' ? ['scripts/package.mjs'] : [])];
  for (const build of builds) {
    const { status } = spawnSync(process.execPath, [build], { stdio: 'inherit' });
    if (status !== 0) throw new Error('the build failed, so no test was run');
  }
  await keepSigningKeys();
}
