import { adminConsentUrl } from '../../daemon/admin-consent.ts';
import type { Parameters } from '../../daemon/parameters.ts';
import type { DaemonArguments } from './arguments.ts';
import type { Console } from './console.ts';
import { readParametersFile } from './parameters-file.ts';
import { startStandInRun } from './stand-in.ts';

/** The tenant that a run is about, or the stand-in in its place. */
export interface Source {
  parameters: Parameters;
  authorityMetadata?: string;
  /** The address where an administrator consents. */
  consentUrl(answer?: { redirectUri: string; state: string }): string;
  close(): Promise<void>;
}

/** Opens what the command line names. @throws ConfigurationError */
export async function openSource(given: DaemonArguments, console: Console): Promise<Source> {
  const { parametersFile, consentEndpoint } = given;
  const consentUrlOf =
    ({ clientId, scope }: Parameters, authority: string): Source['consentUrl'] =>
    (answer = undefined) =>
      adminConsentUrl({ authority, clientId, scope, endpoint: consentEndpoint, ...answer });
  if (parametersFile !== undefined) {
    const parameters = readParametersFile(parametersFile, given, console);
    const consentUrl = consentUrlOf(parameters, parameters.authority);
    return { parameters, consentUrl, close: async () => undefined };
  }
  const { parameters, authorityMetadata, pages, close } = await startStandInRun();
  console.note('No parameters file: these are made-up users of a local stand-in, not of Microsoft.');
  return { parameters, authorityMetadata, consentUrl: consentUrlOf(parameters, pages), close };
}
