export { APP_ROUTES } from './routes.ts';
