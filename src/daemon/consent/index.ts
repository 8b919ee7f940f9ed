export { withConsent } from './consent.ts';
