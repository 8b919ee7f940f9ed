import type { ErrorCode } from '../errors.ts';
import type { TopicName } from './topics.ts';

/** The words of one failure: what the page is headed, what happened, and what to do next. */
export interface FailureWords {
  heading: string;
  what: string;
  next: string;
}

/** Words for every failure: a code without words does not compile. */
export type FailureCatalogue = Readonly<Record<ErrorCode, FailureWords>>;

/** Words for every topic of the dictionary of codes, which say more than a failure's own: all, so that none contradict. */
export type TopicCatalogue = Readonly<Record<TopicName, FailureWords>>;
