import type { Parameters } from '../http/index.ts';
import type { SignInWishes } from '../identity/index.ts';

/** Prompts that a link may ask for; `none` is left out, because a person who clicked wants to see something. */
const PROMPTS = ['login', 'select_account', 'consent', 'create'];

/** What a link to `/login` may add to the authorization request. Anything else is left out. */
export function readSignInWishes(
  parameters: Parameters,
): Pick<SignInWishes, 'prompt' | 'loginHint' | 'domainHint'> {
  const { prompt, login_hint: loginHint, domain_hint: domainHint } = parameters;
  return {
    ...(prompt !== undefined && PROMPTS.includes(prompt) ? { prompt } : {}),
    ...(loginHint !== undefined && isLoginHint(loginHint) ? { loginHint } : {}),
    ...(domainHint !== undefined && isDomainHint(domainHint) ? { domainHint } : {}),
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
