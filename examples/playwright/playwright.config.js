import { defineConfig } from '@playwright/test';

export default defineConfig({
  testMatch: '*.spec.js',
  workers: 1,
  reporter: 'line',
  // A Chromium of the system's in place of Playwright's own.
  use: process.env.CHROMIUM_PATH
    ? { launchOptions: { executablePath: process.env.CHROMIUM_PATH, args: ['--no-sandbox'] } }
    : {},
});
