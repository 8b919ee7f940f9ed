export { runRegister } from './run.ts';
