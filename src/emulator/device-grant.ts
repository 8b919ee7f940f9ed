import { asError, refusal } from './aadsts.ts';
import { authenticateClient } from './client-authentication.ts';
import { USER_CODE_LENGTH } from './lifetimes.ts';
import { grantedTo } from './person-grant.ts';
import type { TokenBody } from './token-answer.ts';
import { requiredField, type TokenRequest } from './token-request.ts';

/** The device grant, polled until somebody has answered (RFC 8628 section 3.4; wire reference F). */
export function deviceGrant(request: TokenRequest): TokenBody {
  const { world, registration, asked } = request;
  authenticateClient(asked, registration, world);
  const code = requiredField(request, 'device_code');
  const device = world.deviceRequests.get(code.slice(0, USER_CODE_LENGTH));
  if (device?.deviceCode !== code || device.clientId !== registration.clientId) throw refusal(70018);
  if (world.now() >= device.expiresAtMs) throw refusal(70019);
  if (device.outcome === 'pending') throw refusal(70016);
  if (device.outcome === 'declined') throw asError(refusal(65004), 'authorization_declined');
  const body = grantedTo(device.outcome, request);
  world.deviceRequests.delete(device.userCode);
  return body;
}
