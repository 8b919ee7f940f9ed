export { createMessages, type Messages, type Streams } from './messages.ts';
