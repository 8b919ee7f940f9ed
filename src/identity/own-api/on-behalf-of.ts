import { askingFor } from '../../errors.ts';
import { type ClientSettings, openClient } from '../client.ts';
import { fromMsal } from '../msal-error.ts';

/** What an API asks for on behalf of its caller. */
interface OnBehalfOfRequest {
  /** The caller's access token, verified. */
  assertion: string;
  /** Of the next API. */
  scopes: readonly string[];
  /** Sent as `client-request-id`. */
  correlationId: string;
}

export interface OnBehalfOfToken {
  accessToken: string;
  expiresAtMs: number;
}

/**
 * Exchanges the caller's access token for one for the next API.
 * @see https://learn.microsoft.com/entra/identity-platform/v2-oauth2-on-behalf-of-flow
 * @throws InteractionRequiredError where the caller's person has to consent or to meet a claims challenge
 */
export async function acquireOnBehalfOf(
  settings: ClientSettings,
  { assertion, scopes, correlationId }: OnBehalfOfRequest,
): Promise<OnBehalfOfToken> {
  const client = openClient(settings, await settings.authority.metadata());
  const request = { oboAssertion: assertion, scopes: [...scopes], correlationId };
  const result = await client.acquireTokenOnBehalfOf(request).catch((error: unknown) => {
    // the API has no page for consent: its caller has one, and is told what is missing
    throw askingFor(scopes, fromMsal(error));
  });
  if (result === null) throw fromMsal(new Error('no result'));
  return { accessToken: result.accessToken, expiresAtMs: result.expiresOn?.getTime() ?? 0 };
}
