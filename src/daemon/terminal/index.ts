export { displayWidth, fitTo } from './display-width.ts';
