/** A shorter wait would be hammering. */
const SHORTEST_WAIT_MS = 500;

/**
 * Reads a Retry-After header (RFC 9110, section 10.2.3): seconds, which Graph may write as decimals, or a date.
 * @returns milliseconds to wait; `undefined` for an absent header or junk
 */
export function retryAfterMs(header: string | undefined, nowMs: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d{1,9}(\.\d{1,3})?$/.test(header)) return Math.max(Number(header) * 1000, SHORTEST_WAIT_MS);
  const date = Date.parse(header);
  return /[a-z]/i.test(header) && Number.isFinite(date)
    ? Math.max(date - nowMs, SHORTEST_WAIT_MS)
    : undefined;
}
