import { createHash } from 'node:crypto';
import type { Writable } from 'node:stream';
import type { DaemonArguments } from '../arguments/index.ts';
import type { Source } from '../parameters/index.ts';
import { openFileOutput } from './file-output.ts';
import { openResumableOutput, type ResumableOutput } from './resumable-output.ts';
import { createStreamOutput } from './stream-output.ts';

/** Opens what the command line names. @throws ConfigurationError for a file that cannot be written */
export async function openOutput(
  given: DaemonArguments,
  source: Source,
  listPath: string,
  stdout: Writable,
): Promise<ResumableOutput> {
  if (given.output === undefined) return { output: createStreamOutput(stdout) };
  if (!given.resume) return { output: await openFileOutput(given.output) };
  return openResumableOutput(given.output, fingerprintOf(given, source, listPath));
}

/** What has to be the same for one output to be gone on with. */
function fingerprintOf(given: DaemonArguments, { parameters }: Source, listPath: string): string {
  const { authority, clientId, endpoint } = parameters;
  const query = [authority, clientId, endpoint.origin, listPath, given.format];
  return createHash('sha256').update(JSON.stringify(query)).digest('base64url');
}
