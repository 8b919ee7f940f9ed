export { ASSETS } from './assets.ts';
export { approvalPage, type ConsentPage, consentPage } from './consent-page.ts';
export { errorPage } from './error-page.ts';
export { html, type Markup } from './markup.ts';
export { NOTICE, pageResponse, policySource } from './page.ts';
export { breakable, chosenRoles, faultMenu, pickerPage } from './picker-page.ts';
