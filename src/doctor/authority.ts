import { EXIT } from '../exit-status.ts';
import { inWords, wordsOf } from '../failures/index.ts';
import type { ClientSettings } from '../identity/index.ts';
import { jsonObject } from '../json-object.ts';
import { type Finding, fault, well } from './finding.ts';
import type { Reached } from './reach.ts';

/** The authority's document, as its address answered, and the keys that it names. */
export async function lookAtAuthority(identity: ClientSettings, { response }: Reached): Promise<Finding[]> {
  const { url } = identity.authority;
  const document = jsonObject(response.data);
  if (response.status !== 200 || document === undefined)
    return [refusedDocument(response.status, document, url)];
  try {
    const { issuer } = await identity.authority.metadata();
    await identity.keys.warm();
    return [
      well(
        'authority',
        `${url} describes itself (issuer ${issuer.slice(0, 200)}), and its signing keys can be fetched.`,
      ),
    ];
  } catch (error) {
    return [fault('authority', inWords(error))];
  }
}

function refusedDocument(
  status: number,
  document: Record<string, unknown> | undefined,
  url: string,
): Finding {
  const [, code] = /\b(AADSTS\d{4,9})\b/.exec(String(document?.error_description ?? '')) ?? [];
  const exitStatus = status === 429 || status >= 500 ? EXIT.upstream : EXIT.refused;
  const other = {
    what: `${url} answered ${code ?? status} in place of its document.`,
    todo: 'Check AUTHORITY, and who answers at its host.',
  };
  return fault('authority', { ...(wordsOf(code, '') ?? other), exitStatus });
}
