export { createApp } from './app.ts';
export { failureReport, refusals } from './failure/index.ts';
export { type Notice, PATHS } from './layout/index.ts';
export { loadPages } from './pages.ts';
