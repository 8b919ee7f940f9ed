import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import { failureText, type Language, languageOf } from '../failures/index.ts';
import { publicPath } from '../http/index.ts';
import type { Failure } from './failure.ts';

const LABELS: Readonly<
  Record<
    Language,
    { signIn: string; back: string; home: string; consent: string; missing: string; facts: string }
  >
> = {
  en: {
    signIn: 'Sign in again',
    back: 'Go back',
    home: 'Go to the home page',
    consent: 'Give permission as an administrator',
    missing: 'Needed:',
    facts: 'Technical details',
  },
  nl: {
    signIn: 'Opnieuw aanmelden',
    back: 'Ga terug',
    home: 'Naar de startpagina',
    consent: 'Als beheerder toestemming geven',
    missing: 'Nodig:',
    facts: 'Technische gegevens',
  },
  de: {
    signIn: 'Erneut anmelden',
    back: 'Zurück',
    home: 'Zur Startseite',
    consent: 'Als Administrator zustimmen',
    missing: 'Nötig:',
    facts: 'Technische Angaben',
  },
};

const STYLE = `:root{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif}body{margin:0 auto;max-width:40rem;padding:2rem 1rem}h1{font-size:1.5rem;line-height:1.25}a{margin-inline-end:1rem}code{overflow-wrap:anywhere}`;

/** The page needs nothing but itself, runs nothing and is framed by nobody. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** A plain page in the visitor's language, for a host that has none of its own. */
export function sendFailurePage(
  failure: Failure,
  request: Request,
  response: Response,
  redirectUri: string,
): void {
  const language = languageOf(request);
  const { upstreamCode } = failure;
  const words = failureText(language, failure.code, { upstreamCode, redirectUri });
  response
    .set({
      'Content-Security-Policy': POLICY,
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
    })
    .type('html')
    .vary('Accept-Language')
    .send(pageOf(language, words, failure, publicPath(request, '/')));
}

function pageOf(
  language: Language,
  words: ReturnType<typeof failureText>,
  failure: Failure,
  home: string,
): string {
  const labels = LABELS[language];
  const facts = [failure.upstreamCode, failure.code, failure.correlationId, failure.upstreamCorrelationId]
    .filter((fact) => fact !== undefined)
    .map((fact) => `<code>${escaped(fact)}</code>`);
  const [next, label] =
    failure.remedy.actions[0] === 'goBack'
      ? [failure.returnTo, labels.back]
      : [failure.signInUrl, labels.signIn];
  const missing = failure.missing.map((name) => `<code>${escaped(name)}</code>`).join(' ');
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(words.heading)}</title><style>${STYLE}</style></head>
<body><main><h1>${escaped(words.heading)}</h1>
<p>${escaped(words.what)}</p>
<p>${escaped(words.next)}</p>
${missing === '' ? '' : `<p>${labels.missing} ${missing}</p>`}
<p>${consentLink(failure, labels.consent)}<a href="${escaped(next)}">${label}</a><a href="${escaped(home)}">${labels.home}</a></p>
<h2>${labels.facts}</h2>
<p>${facts.join('<br>')}</p></main></body></html>`;
}

function consentLink({ adminConsentUrl }: Failure, label: string): string {
  return adminConsentUrl === undefined ? '' : `<a href="${escaped(adminConsentUrl)}">${label}</a>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
