import type { Request } from 'express';
import { isLedHereByAnotherSite, parsedQuery, singleParameters } from '../../http/index.ts';
import type { AuthorizationOptions } from '../../identity/index.ts';

/** Prompts that a link may ask for; `none` is left out, because a person who clicked wants to see something. */
const PROMPTS = ['login', 'select_account', 'consent', 'create'];
const PROMPTS_FROM_ELSEWHERE = ['select_account'];

/**
 * What a link to the sign-in may add to the authorization request. Anything else is left out. A page of another site
 * may lead into the sign-in, but not choose where somebody ends: a domain hint sends people to another organisation's
 * own sign-in page without a stop, and a prompt can make them type a password or consent.
 * @param allowedDomainHints in lower case; what other sites may hint at as well
 */
export function readSignInHints(
  request: Request,
  allowedDomainHints: readonly string[],
): Pick<AuthorizationOptions, 'prompt' | 'loginHint' | 'domainHint'> {
  const { prompt, login_hint: loginHint, domain_hint: domainHint } = singleParameters(parsedQuery(request));
  const isOurs = !isLedHereByAnotherSite(request);
  const prompts = isOurs ? PROMPTS : PROMPTS_FROM_ELSEWHERE;
  const isAllowed = (hint: string) => isOurs || allowedDomainHints.includes(hint.toLowerCase());
  return {
    ...(prompt !== undefined && prompts.includes(prompt) ? { prompt } : {}),
    ...(loginHint !== undefined && isLoginHint(loginHint) ? { loginHint } : {}),
    ...(domainHint !== undefined && isDomainHint(domainHint) && isAllowed(domainHint) ? { domainHint } : {}),
  };
}

/** A user principal name or an e-mail address. */
function isLoginHint(text: string): boolean {
  return /^[^\s\p{Cc}<>"'`\\@]+@[^\s\p{Cc}<>"'`\\@]+$/u.test(text);
}

/** Microsoft: `organizations`, `consumers` or a domain name. */
function isDomainHint(text: string): boolean {
  return /^(organizations|consumers|([a-z0-9-]+\.)+[a-z]{2,})$/i.test(text);
}
