import { createHash } from 'node:crypto';
import { openFileOutput } from '../../daemon/file-output.ts';
import { openResumableOutput, type ResumableOutput } from '../../daemon/resumable-output.ts';
import { createStreamOutput } from '../../daemon/stream-output.ts';
import type { DaemonArguments } from './arguments.ts';
import type { Source } from './source.ts';

/** Opens what the command line names. @throws ConfigurationError for a file that cannot be written */
export async function openOutput(
  given: DaemonArguments,
  source: Source,
  listPath: string,
): Promise<ResumableOutput> {
  if (given.output === undefined) return { output: createStreamOutput(process.stdout) };
  if (!given.resume) return { output: await openFileOutput(given.output) };
  return openResumableOutput(given.output, fingerprintOf(given, source, listPath));
}

/** What has to be the same for one output to be gone on with. */
function fingerprintOf(given: DaemonArguments, { parameters }: Source, listPath: string): string {
  const { authority, clientId, endpoint } = parameters;
  const query = [authority, clientId, endpoint.origin, listPath, given.format];
  return createHash('sha256').update(JSON.stringify(query)).digest('base64url');
}
