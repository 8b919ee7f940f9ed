import { createHash } from 'node:crypto';
import type { Writable } from 'node:stream';
import { readNextLink } from '../../graph/index.ts';
import type { DaemonArguments } from '../arguments/index.ts';
import type { Messages } from '../messages/index.ts';
import type { Source } from '../parameters/index.ts';
import { openFileOutput } from './file-output.ts';
import { openResumableOutput, type ResumableOutput } from './resumable-output.ts';
import { createStreamOutput } from './stream-output.ts';

interface OpeningSurroundings {
  given: DaemonArguments;
  messages: Messages;
  stdout: Writable;
  umask: number;
}

/**
 * Opens what the command line names.
 * @param listPath of the first page
 * @throws ConfigurationError for a file that cannot be written
 */
export async function openOutput(
  source: Source,
  listPath: string,
  { given, messages, stdout, umask }: OpeningSurroundings,
): Promise<ResumableOutput> {
  const { output: file, resume } = given;
  if (file === undefined) return { output: createStreamOutput(stdout) };
  const around = { umask, onNote: messages.note };
  if (!resume) return { output: await openFileOutput(file, around) };
  const { origin } = source.parameters.endpoint;
  const { pathname } = new URL(listPath, origin);
  return openResumableOutput({
    ...around,
    file,
    fingerprint: fingerprintOf(given, source, listPath),
    isPage: (path) => readNextLink(`${origin}${path}`, origin, pathname) !== undefined,
  });
}

/** What has to be the same for one output to be gone on with. */
function fingerprintOf({ format }: DaemonArguments, { parameters }: Source, listPath: string): string {
  const { authority, clientId, endpoint } = parameters;
  const query = [authority, clientId, endpoint.origin, listPath, format];
  return createHash('sha256').update(JSON.stringify(query)).digest('base64url');
}
