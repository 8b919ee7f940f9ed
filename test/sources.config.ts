import { defineConfig } from 'vitest/config';
import everyday from '../vitest.config.ts';

/** For tests that need nothing but the sources: no system packages, and no build. */
export default defineConfig({
  ...everyday,
  test: { ...everyday.test, globalSetup: [], reporters: 'default', maxWorkers: 1, bail: 1 },
});
