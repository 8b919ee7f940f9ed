import { ManagedIdentityApplication } from '@azure/msal-node';
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
  const network = createIdentityNetwork();
  const networkOf = (url: string) => network.forMsal(new URL(url).origin);
  const identity = new ManagedIdentityApplication({
    ...(clientId === undefined ? {} : { managedIdentityIdParams: { userAssignedClientId: clientId } }),
    system: {
      networkClient: {
        sendGetRequestAsync: (url, options) => networkOf(url).sendGetRequestAsync(url, options),
        sendPostRequestAsync: (url, options) => networkOf(url).sendPostRequestAsync(url, options),
      },
    },
  });
  return async (resource, { claims, forceRefresh = false } = {}) => {
    const request = { resource, forceRefresh, ...(claims === undefined ? {} : { claims }) };
    try {
      const tooLate = () => new UpstreamError('authority_timeout', 504, 'no token in time');
      const { accessToken } = await inTime(identity.acquireToken(request), MOST_MS, tooLate);
      return accessToken;
    } catch (error) {
      throw unusable(error);
    }
  };
}

function unusable(error: unknown): UpstreamError {
  const { detail, message, explanation } = fromMsal(error);
  return new UpstreamError('credential_unusable', 503, 'The managed identity of this app gives no token.', {
    detail: detail ?? message,
    explanation: [explanation, WHAT_TO_DO].filter((part) => part !== undefined).join(' '),
  });
}
