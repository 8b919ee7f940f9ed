export { submit } from './forms.ts';
export { pickerUrl } from './picker-url.ts';
export { snippetsFor } from './snippets.ts';
export { startPage } from './start-page.ts';
