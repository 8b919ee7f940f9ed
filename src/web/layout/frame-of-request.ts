import { parse } from 'cookie';
import type { Request } from 'express';
import { negotiateLanguage } from '../../failures/index.ts';
import { safeReturnTo } from '../../http/index.ts';
import type { Account } from '../../identity/index.ts';
import type { Sessions } from '../../sessions/index.ts';
import type { SignedIn } from '../../sign-in/index.ts';
import { isAppearance } from './appearance.ts';
import type { Frame, Notice, Person } from './frame.ts';
import { domainOf } from './organisation.ts';
import { APPEARANCE_COOKIE, LANGUAGE_COOKIE } from './preference-routes.ts';

export interface FrameSettings {
  config: { redirectPath: string };
  sessions: Sessions<SignedIn>;
  notice?: Notice;
}

/** What surrounds every page, as far as the request decides it. */
export function frameOfRequest({ config, sessions, notice }: FrameSettings, request: Request): Frame {
  const account = sessions.of(request)?.content.account;
  const { [LANGUAGE_COOKIE]: language, [APPEARANCE_COOKIE]: appearance } = parse(
    request.headers.cookie ?? '',
  );
  return {
    language: negotiateLanguage(request.get('Accept-Language'), language),
    ...(isAppearance(appearance) ? { appearance } : {}),
    path: safeReturnTo(request.originalUrl, config.redirectPath),
    ...(account === undefined ? {} : { person: personOf(account) }),
    ...(notice === undefined ? {} : { notice }),
  };
}

function personOf(account: Account): Person {
  const { displayName, username, kind, tenantId } = account;
  return { displayName, username, kind, tenantId, domain: domainOf(account) };
}
