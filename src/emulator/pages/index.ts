export { leaveScript, postScript, style } from './assets.ts';
export { approvalPage, type ConsentPage, consentPage } from './consent-page.ts';
export { errorPage } from './error-page.ts';
export { html } from './markup.ts';
export { NOTICE, pageResponse, policySource } from './page.ts';
export { chosenRoles, pickerPage } from './picker-page.ts';
export { pickerUrl } from './picker-url.ts';
export { startPage } from './start-page.ts';
