import { aadstsError } from '../aadsts/index.ts';
import { USER_CODE_LENGTH } from '../tokens/index.ts';
import { authenticateClient } from './client-authentication.ts';
import { grantedTo } from './person-grant.ts';
import { requiredField, type TokenRequest } from './token-request.ts';
import type { TokenBody } from './token-response.ts';

/** The device grant, polled until somebody has answered (RFC 8628 section 3.4; wire reference F). */
export function deviceGrant(request: TokenRequest): TokenBody {
  const { world, registration, http } = request;
  const authentication = authenticateClient(http, registration, world);
  const code = requiredField(request, 'device_code');
  const device = world.deviceRequests.get(code.slice(0, USER_CODE_LENGTH));
  if (device?.deviceCode !== code || device.clientId !== registration.clientId) throw aadstsError(70018);
  if (world.now() >= device.expiresAtMs) throw aadstsError(70019);
  if (device.outcome === 'pending') throw aadstsError(70016);
  if (device.outcome === 'declined') throw aadstsError(65004).with({ error: 'authorization_declined' });
  const body = grantedTo(device.outcome, request, authentication);
  world.deviceRequests.delete(device.userCode);
  return body;
}
