import { spawnSync } from 'node:child_process';
import { runFromEnvironment, settingsOf } from '../runs/runs.ts';
import { requireSystemPackages } from './system-packages.ts';

/** Once before all tests: the system packages they use, and the build that process tests start. */
export default function globalSetup(): void {
  requireSystemPackages(settingsOf(runFromEnvironment()).commands);
  const build = spawnSync(process.execPath, ['scripts/start.mjs'], { stdio: 'inherit' });
  if (build.status !== 0) throw new Error('the build failed, so no test was run');
}
