import type { Client } from './clients.ts';
import type { Ending } from './driver.ts';
import type { MatrixFault } from './faults.ts';
import type { Happening } from './inside.ts';

/** A client and a fault: what the client did, in short words, and whether it is what it should do. */
export interface Cell {
  readonly words: string;
  readonly isRight: boolean;
}

/** What to make of a happening, beside the one when all was well. */
export function cellOf(client: Client, fault: MatrixFault, happening: Happening, good: Happening): Cell {
  const { ending, elsewhere } = happening;
  const [asked, usual] = [happening, good].map(
    ({ paths }) => paths.filter((one) => fault.at.test(one)).length,
  );
  if (fault.faults.length > 0 && asked === 0 && 'ok' in ending) return { words: 'never asks', isRight: true };
  const again = Number(asked) > Number(usual) ? `, asked ${asked} times` : '';
  const leaked = elsewhere.includes(true);
  const strayed = elsewhere.length > 0 ? `, went there with${leaked ? ' the' : 'out a'} credential` : '';
  const words = `${wordsOf(ending, client)}${again}${strayed}`;
  return { words, isRight: isRight(ending, client, fault) && !leaked };
}

function isRight(ending: Ending, client: Client, { right }: MatrixFault): boolean {
  if ('fell' in ending) return false;
  if ('stillRan' in ending) return right === 'waits';
  if ('ok' in ending) return ending.ok === client.good && (right === 'works' || right === 'ends');
  if (right === 'works') return false;
  return right instanceof RegExp ? right.test(JSON.stringify(ending.error)) : true;
}

function wordsOf(ending: Ending, client: Client): string {
  if ('stillRan' in ending) return 'still waits when ended';
  if ('fell' in ending) return `fell: ${plain(ending.fell)}`;
  if ('ok' in ending) return ending.ok === client.good ? 'works' : `works, with ${plain(ending.ok)}`;
  return refusal(ending.error);
}

const MOST_LETTERS = 60;

/** The error's name, its code, and the number of the platform; where it has none, its first words. */
function refusal(error: Readonly<Record<string, unknown>>): string {
  const said = JSON.stringify(error);
  const [number] = /AADSTS\d+/.exec(said) ?? [];
  const [, azureCode] = /ERROR CODE: (\w+)/.exec(said) ?? [];
  const codes = [error.name, error.errorCode ?? error.code ?? azureCode, number].filter(Boolean);
  const names = [...new Set(codes.map(String))].join(' ').replaceAll('*', '');
  return codes.length > 1 ? names : `${names} ${plain(String(error.message))}`.trim();
}

/** In one line, without what is another one each time. */
function plain(text: string): string {
  return text
    .replace(/^.*To troubleshoot, visit \S+ /s, '')
    .replace(
      /ERROR: The command failed with an unexpected error\. Here is the traceback:.*/s,
      'falls, with a traceback',
    )
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '…')
    .replaceAll(/(?=\S*\d)(?=\S*[a-z])(?=\S*[A-Z])[\w-]{20,}/g, '…')
    .replaceAll(/( in JSON)?( at)? position \d+|:? ?\(?line \d+ column \d+|\(char \d+\)/g, '')
    .replaceAll(/[|<>`*_\\[\]\s]+/g, ' ')
    .slice(0, MOST_LETTERS)
    .trim();
}
