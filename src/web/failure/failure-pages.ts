import type { Frame, Layout } from '../layout/index.ts';
import { type FailurePage, failureView } from './failure-view.ts';

/** Compiles the template of the page of every failure. */
export function createFailurePages(layout: Layout) {
  const failure = layout.template('failure');
  return {
    /** What went wrong and what to do. */
    failure: (frame: Frame, model: FailurePage) =>
      layout.show(frame, (words) => {
        const view = failureView(words.language, words.t, frame, model);
        return failure(words, view, {
          width: 'wide',
          scripts: view.goesOnHref === undefined ? [] : ['wait'],
        });
      }),
  };
}

/** The pages, ready to be shown. */
export type FailurePages = ReturnType<typeof createFailurePages>;
