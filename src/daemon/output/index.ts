export type { Bookmark } from './bookmark.ts';
export { openOutput } from './opened-output.ts';
export { ClosedPipe, type Output } from './output.ts';
export type { ResumableOutput } from './resumable-output.ts';
