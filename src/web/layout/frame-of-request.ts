import type { Request } from 'express';
import { languageOf } from '../../failures/index.ts';
import { safeReturnTo } from '../../http/index.ts';
import type { Account } from '../../identity/index.ts';
import { cookiePlaceOf } from '../../public-address.ts';
import type { Sessions } from '../../sessions/index.ts';
import type { SignedIn } from '../../sign-in/index.ts';
import { isAppearance } from './appearance.ts';
import type { Frame, Notice, Person } from './frame.ts';
import { domainOf } from './organisation.ts';
import { preferenceCookie } from './preference-cookie.ts';

interface FrameSettings {
  config: { redirectPath: string; baseUrl: string };
  sessions: Sessions<SignedIn>;
  notice?: Notice;
}

/** What surrounds every page, as far as the request decides it. */
export function framesOfRequests({ config, sessions, notice }: FrameSettings): (request: Request) => Frame {
  const place = cookiePlaceOf(config.baseUrl);
  const [language, appearance] = [preferenceCookie('language', place), preferenceCookie('appearance', place)];
  return (request) => {
    const { cookie } = request.headers;
    const account = sessions.of(request)?.content.account;
    const look = appearance.read(cookie);
    return {
      language: languageOf(request, language.read(cookie)),
      ...(isAppearance(look) ? { appearance: look } : {}),
      path: safeReturnTo(request.originalUrl, { redirectPath: config.redirectPath }),
      ...(account === undefined ? {} : { person: personOf(account) }),
      ...(notice === undefined ? {} : { notice }),
    };
  };
}

function personOf(account: Account): Person {
  const { displayName, username, kind, tenantId } = account;
  return { displayName, username, kind, tenantId, domain: domainOf(account) };
}
