import { type INetworkModule, ManagedIdentityApplication } from '@azure/msal-node';
import type { ManagedIdentity } from '../../config/index.ts';
import { inTime } from '../../deadline.ts';
import { UpstreamError } from '../../errors.ts';
import { fromMsal } from '../msal-error.ts';
import { createIdentityNetwork } from '../network.ts';

/** Why the token at hand will not do. */
interface Wishes {
  claims?: string;
  forceRefresh?: boolean;
}

/** `b64token` of RFC 6750, which goes into a header. */
const TOKEN = /^[\w.~+/-]+=*$/;
/** With what MSAL tries again: an endpoint on the same machine answers soon or not at all. */
const MOST_MS = 8_000;
const WHAT_TO_DO =
  'Check that the identity is assigned to this app or machine, that CLIENT_MANAGED_IDENTITY names it, and that IDENTITY_ENDPOINT or 169.254.169.254 can be reached from here.';

/**
 * Tokens of a managed identity, kept until shortly before they end. MSAL finds the endpoint by the variables that Azure
 * sets (`IDENTITY_ENDPOINT` and others), or asks a virtual machine's own (169.254.169.254).
 * @returns a function of the resource that a token is for
 * @throws (as a rejection) UpstreamError `credential_unusable`
 */
export function createManagedIdentity({
  clientId,
}: ManagedIdentity): (resource: string, wishes?: Wishes) => Promise<string> {
  const identity = new ManagedIdentityApplication({
    ...(clientId === undefined ? {} : { managedIdentityIdParams: { userAssignedClientId: clientId } }),
    system: { networkClient: ENDPOINT.network },
  });
  return async (resource, { claims, forceRefresh = false } = {}) => {
    const request = { resource, forceRefresh, ...(claims === undefined ? {} : { claims }) };
    ENDPOINT.forget();
    try {
      const tooLate = () => new UpstreamError('authority_timeout', 504, 'no token in time');
      const { accessToken } = await inTime(identity.acquireToken(request), MOST_MS, tooLate);
      if (TOKEN.test(accessToken)) return accessToken;
      throw new UpstreamError('token_answer_refused', 502, 'no token in the response');
    } catch (error) {
      throw unusable(error, ENDPOINT.status());
    }
  };
}

/** What answers for Azure, and with which status it did last, which MSAL keeps to itself. */
function createEndpoint() {
  const network = createIdentityNetwork();
  const networkOf = (url: string) => network.forMsal(new URL(url).origin);
  let status: number | undefined;
  const noted = <Response extends { status: number }>(response: Response): Response => {
    ({ status } = response);
    return response;
  };
  const module: INetworkModule = {
    sendGetRequestAsync: async (url, options) =>
      noted(await networkOf(url).sendGetRequestAsync(url, options)),
    sendPostRequestAsync: async (url, options) =>
      noted(await networkOf(url).sendPostRequestAsync(url, options)),
  };
  const forget = () => {
    status = undefined;
  };
  return { network: module, status: () => status, forget };
}

/** MSAL goes on with the first that it is given, for the whole process. */
const ENDPOINT = createEndpoint();

function unusable(error: unknown, noted: number | undefined): UpstreamError {
  const { detail, message, explanation, upstream } = fromMsal(error);
  const status = noted ?? upstream.status;
  return new UpstreamError('credential_unusable', 503, 'The managed identity of this app gives no token.', {
    detail: detail ?? message,
    explanation: [explanation, ...wordsOf(status)].filter((part) => part !== undefined).join(' '),
  });
}

/** By what Microsoft's page on the endpoint of virtual machines says of each status. */
function wordsOf(status: number | undefined): string[] {
  if (status === undefined) return [WHAT_TO_DO];
  const answered = `Its endpoint answered ${status}`;
  if (status === 410 || status === 429 || status >= 500)
    return [`${answered}: it is busy or being updated. Try again in a minute.`];
  return status === 200 ? [`${answered} without a token.`, WHAT_TO_DO] : [`${answered}.`, WHAT_TO_DO];
}
