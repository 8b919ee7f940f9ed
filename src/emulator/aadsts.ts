import { AADSTS_ROWS, type AadstsRow } from './aadsts-rows.ts';

/** The numbers the stand-in can refuse with. */
export type AadstsCode = keyof typeof AADSTS_ROWS;

/** A refusal by the identity platform, before it is a page, a redirect or a JSON body. */
export class AadstsError extends Error {
  readonly code: number;
  readonly error: string;
  readonly status: number;
  readonly suberror: string | undefined;

  constructor(code: number, row: AadstsRow, text: string) {
    super(text);
    this.code = code;
    this.error = row.error;
    this.status = row.status ?? 400;
    this.suberror = row.suberror;
  }
}

/** Makes the refusal with this number; `details` fills the marks of its text. */
export function refusal(code: AadstsCode, details: Readonly<Record<string, string>> = {}): AadstsError {
  const row: AadstsRow = AADSTS_ROWS[code];
  return new AadstsError(
    code,
    row,
    row.text.replace(/\{(\w+)\}/g, (mark, name: string) => details[name] ?? mark),
  );
}

/** The same refusal under another OAuth error: some numbers come with different ones at different endpoints. */
export function asError(refused: AadstsError, error: string): AadstsError {
  return new AadstsError(refused.code, { ...refused, error, text: refused.message }, refused.message);
}

/** When and under which ids something was refused. */
export interface Incident {
  readonly timeMs: number;
  readonly traceId: string;
  readonly correlationId: string;
}

/** Error time stamps have the form `yyyy-MM-dd HH:mm:ssZ` (wire reference C6). */
export function errorTime(timeMs: number): string {
  return new Date(timeMs).toISOString().replace('T', ' ').replace(/\.\d+/, '');
}

/** The description in a redirect has lines, in a JSON body spaces (wire reference B5, C6). */
export function describeRefusal(refused: AadstsError, incident: Incident, separator: '\r\n' | ' '): string {
  return [
    `AADSTS${refused.code}: ${refused.message}`,
    `Trace ID: ${incident.traceId}`,
    `Correlation ID: ${incident.correlationId}`,
    `Timestamp: ${errorTime(incident.timeMs)}`,
  ].join(separator);
}

/** Where the real platform explains a number. */
export function errorUri(code: number): string {
  return `https://login.microsoftonline.com/error?code=${code}`;
}

/** The JSON body of a refusal (wire reference C6). */
export function refusalBody(refused: AadstsError, incident: Incident): Record<string, unknown> {
  return {
    error: refused.error,
    error_description: describeRefusal(refused, incident, ' '),
    error_codes: [refused.code],
    timestamp: errorTime(incident.timeMs),
    trace_id: incident.traceId,
    correlation_id: incident.correlationId,
    error_uri: errorUri(refused.code),
    ...(refused.suberror === undefined ? {} : { suberror: refused.suberror }),
  };
}
