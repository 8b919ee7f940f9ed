import type { Frame, Layout } from '../layout/index.ts';
import { type FailurePage, failureView } from './failure-view.ts';

export interface FailurePages {
  /** What went wrong and what to do. */
  failure(frame: Frame, model: FailurePage): string;
}

/** Compiles the template of the page of every failure. */
export function createFailurePages(layout: Layout): FailurePages {
  const failure = layout.template('failure');
  return {
    failure: (frame, model) =>
      layout.show(frame, (words) => {
        const view = failureView(words.language, words.t, frame, model);
        return failure(words, view, {
          width: 'wide',
          scripts: view.goesOnHref === undefined ? [] : ['wait'],
        });
      }),
  };
}
