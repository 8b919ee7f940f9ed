import { type HttpResponse, NO_STORE } from '../http/index.ts';
import { html, type Markup } from './markup.ts';

/** A page of the emulator, before the frame around it. */
interface Page {
  readonly title: string;
  readonly content: Markup;
  readonly status?: number;
  /** Origins that a form on the page leads to in the end, as Content-Security-Policy sources. */
  readonly formTargets?: readonly string[];
  /** Origins shown in frames. */
  readonly frames?: readonly string[];
  /** Path of a script that the emulator serves. */
  readonly script?: string;
  /** For pages with a lot on them. */
  readonly isWide?: true;
  readonly headers?: HttpResponse['headers'];
}

/** The words that tell everybody where they are. */
export const NOTICE = 'Local emulator, not Microsoft';

/** A page as a response: framed, never stored, with a policy that allows nothing inline. */
export function pageResponse(page: Page): HttpResponse {
  const script =
    page.script === undefined ? undefined : html`<script type="module" src="${page.script}"></script>`;
  const whole = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title} – ${NOTICE}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/_emulator/style.css">
</head>
<body${page.isWide === true ? html` class="wide"` : undefined}>
<header class="band"><span>${NOTICE}</span></header>
<main>
<h1>${page.title}</h1>
${page.content}
</main>
${script}
</body>
</html>
`;
  return {
    status: page.status ?? 200,
    headers: {
      ...NO_STORE,
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': policyOf(page),
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'same-origin',
      ...page.headers,
    },
    body: whole.markup,
  };
}

function policyOf(page: Page): string {
  return [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self' data:",
    `script-src ${page.script === undefined ? "'none'" : "'self'"}`,
    `form-action ${["'self'", ...(page.formTargets ?? [])].join(' ')}`,
    `frame-src ${page.frames?.length ? page.frames.join(' ') : "'none'"}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
}

/** The source expression for a target URI: its origin, or its scheme where it has no origin. */
export function policySource(uri: string): string {
  const url = new URL(uri);
  return url.origin === 'null' ? url.protocol : url.origin;
}
