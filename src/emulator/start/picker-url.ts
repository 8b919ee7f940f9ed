import { DEFAULT_CLIENT_ID } from '../registry/index.ts';

/** An authorization request that shows the picker, at an origin; an empty origin makes it relative. */
export function pickerUrl(origin: string): string {
  const query = new URLSearchParams({
    client_id: DEFAULT_CLIENT_ID,
    response_type: 'code',
    scope: 'openid profile',
    redirect_uri: 'http://localhost:5000/getAToken',
    prompt: 'select_account',
  });
  return `${origin}/common/oauth2/v2.0/authorize?${query}`;
}
