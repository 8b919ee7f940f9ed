const PATTERN = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const WHOLE = new RegExp(`^${PATTERN}$`, 'i');

/** Whether a value is the id of a tenant, an app or an object: 32 hexadecimal digits in five groups (RFC 9562). */
export function isGuid(value: unknown): value is string {
  return typeof value === 'string' && WHOLE.test(value);
}

/** The first such id within a text. */
export function guidIn(text: string): string | undefined {
  return new RegExp(PATTERN, 'i').exec(text)?.[0];
}
