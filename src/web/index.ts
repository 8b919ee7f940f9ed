export { createApp } from './app.ts';
export type { Notice } from './layout/index.ts';
export { loadPages } from './pages.ts';
