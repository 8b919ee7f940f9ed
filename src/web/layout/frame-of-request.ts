import type { Request } from 'express';
import { languageOf } from '../../failures/index.ts';
import { safeReturnTo } from '../../http/index.ts';
import type { RequestEntra } from '../../library/sign-in.ts';
import { cookiePlaceOf } from '../../public-address.ts';
import { isAppearance } from './appearance.ts';
import type { Frame, Notice, Person } from './frame.ts';
import { domainOf } from './organisation.ts';
import { preferenceCookie } from './preference-cookie.ts';

interface FrameSettings {
  config: { redirectPath: string; baseUrl: string };
  notice?: Notice;
}

/** What surrounds every page, as far as the request decides it. */
export function framesOfRequests({ config, notice }: FrameSettings): (request: Request) => Frame {
  const place = cookiePlaceOf(config.baseUrl);
  const [language, appearance] = [preferenceCookie('language', place), preferenceCookie('appearance', place)];
  return (request) => {
    const { cookie } = request.headers;
    const person = personOf(request.entra);
    const look = appearance.read(cookie);
    return {
      language: languageOf(request, language.read(cookie)),
      ...(isAppearance(look) ? { appearance: look } : {}),
      path: safeReturnTo(request.originalUrl, { redirectPath: config.redirectPath }),
      ...(person === undefined ? {} : { person }),
      ...(notice === undefined ? {} : { notice }),
    };
  };
}

function personOf({ account, claims }: RequestEntra): Person | undefined {
  if (account === undefined) return undefined;
  const { displayName, username, kind, tenantId, objectId } = account;
  return {
    displayName,
    username,
    kind,
    tenantId,
    ...(kind === 'personal' ? {} : { objectId }),
    domain: domainOf({ username, environment: hostOf(claims.iss) }),
  };
}

/** Of the directory that issued somebody's ID token. */
function hostOf(issuer: unknown): string {
  return typeof issuer === 'string' ? (issuer.split('/')[2] ?? '') : '';
}
