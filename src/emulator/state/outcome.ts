import { type HttpResponse, headerOf, unescaped } from '../http/index.ts';

/** What a response says that its status does not. */
export interface Outcome {
  /** Why it was refused, in the platform's words. */
  readonly reason?: string;
  /** The authorization code that goes to the app. */
  readonly code?: string;
}

const NOTHING: Outcome = {};
const MAX_LENGTH = 500;

/** Reads it; of the many responses that refuse nothing it costs nothing. */
export function outcomeOf(response: HttpResponse): Outcome {
  const { status, body } = response;
  const location = headerOf(response, 'Location');
  if (location !== '') return ofRedirect(location);
  if (typeof body !== 'string') return NOTHING;
  if (headerOf(response, 'Content-Type').startsWith('text/html')) return ofPage(body);
  return status >= 400 ? ofJson(body) : NOTHING;
}

function ofRedirect(location: string): Outcome {
  if (!/[?#&](code|error)=/.test(location)) return NOTHING;
  const fields = new URLSearchParams(location.replace(/^[^?#]*[?#]/, '').replace('#', '&'));
  const [code, error] = [fields.get('code'), fields.get('error')];
  if (code !== null) return { code };
  return error === null ? NOTHING : { reason: firstLine(fields.get('error_description') ?? error) };
}

/** The emulator's own pages: one for an error, one for a lack of rights, and the form that posts itself. */
function ofPage(page: string): Outcome {
  const [, code] = /<input type="hidden" name="code" value="([^"]*)"/.exec(page) ?? [];
  if (code !== undefined) return { code: unescaped(code) };
  if (page.includes('<h1>Need admin approval</h1>'))
    return { reason: 'An administrator has to consent to that.' };
  const [error] = /AADSTS\d+: [^<"]*/.exec(page) ?? [];
  return error === undefined ? NOTHING : { reason: firstLine(unescaped(error)) };
}

function ofJson(body: string): Outcome {
  try {
    const { error, error_description: description } = JSON.parse(body);
    if (typeof description === 'string') return { reason: firstLine(description) };
    const words = [error?.code, error?.message].filter((one) => typeof one === 'string' && one !== '');
    if (words.length > 0) return { reason: firstLine(words.join(': ')) };
    return typeof error === 'string' ? { reason: firstLine(error) } : NOTHING;
  } catch {
    return NOTHING;
  }
}

function firstLine(text: string): string {
  return (text.split(/[\r\n]/)[0] ?? '').replace(/ (Trace ID|Correlation ID): .*$/, '').slice(0, MAX_LENGTH);
}
