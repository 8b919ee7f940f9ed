import type { Grant } from '../tokens/index.ts';

/** A device code's record (RFC 8628), kept under its user code; `outcome` stays pending until somebody answers. */
export interface DeviceRequest {
  readonly deviceCode: string;
  readonly userCode: string;
  readonly clientId: string;
  readonly scope: string;
  readonly claims: string | undefined;
  readonly tenant: string;
  readonly expiresAtMs: number;
  outcome: 'pending' | 'declined' | Grant;
}
