import type { Request } from 'express';
import { safeReturnTo, sendPage } from '../../http/index.ts';
import type { Failure, RenderFailure } from '../../library/sign-in.ts';
import { basePathOf } from '../../public-address.ts';
import type { Frame } from '../layout/index.ts';
import type { FailurePages } from './failure-pages.ts';
import type { FailurePage } from './failure-view.ts';

interface FailureSettings {
  config: { baseUrl: string; redirectPath: string };
  pages: FailurePages & { signOutQuestion(frame: Frame): string };
  frameOf: (request: Request) => Frame;
  now: () => number;
}

/** Every failure becomes a page in plain words; somebody whom another site tried to sign out is asked. */
export function failureShower(settings: FailureSettings): RenderFailure {
  const { pages, frameOf } = settings;
  return (failure, request, response) => {
    const frame = frameOf(request);
    if (failure.code === 'cross_site_sign_out') {
      sendPage(response, pages.signOutQuestion(frame), failure.status);
      return;
    }
    sendPage(response, pages.failure(frame, pageOf(settings, failure)), failure.status);
  };
}

function pageOf({ config, now }: FailureSettings, failure: Failure): FailurePage {
  const { baseUrl, redirectPath } = config;
  return {
    ...failure,
    redirectUri: `${baseUrl}${redirectPath}`,
    time: new Date(now()),
    // Pages are written without the path that the app is below.
    returnTo: safeReturnTo(failure.returnTo, { redirectPath, basePath: basePathOf(baseUrl) }),
  };
}
