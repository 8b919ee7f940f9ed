import { ConfigurationError } from '../../errors.ts';
import { adminConsentUrl } from '../../identity/index.ts';
import { readProxies } from '../../proxies.ts';
import type { DaemonArguments } from '../arguments/index.ts';
import type { DaemonParameters } from './parameters.ts';
import { type ReadingSurroundings, readParametersFile } from './parameters-file.ts';

/** The tenant that a run is about, or the emulator in its place. */
export interface Source {
  parameters: DaemonParameters;
  authorityMetadata?: string;
  /** The address where an administrator consents. */
  consentUrl(response?: { redirectUri: string; state: string }): string;
  close(): Promise<void>;
}

/** Parameters that lead to the emulator, and the way to stop it. */
export interface EmulatorRun {
  parameters: DaemonParameters;
  /** In place of discovery. */
  authorityMetadata: string;
  /** Where the emulator's pages for the tenant are. */
  pages: string;
  close(): Promise<void>;
}

interface SourceSurroundings extends ReadingSurroundings {
  /** @throws ConfigurationError where made-up users would be taken for real ones */
  startEmulator(): Promise<EmulatorRun>;
}

/** Opens what the command line names. @throws ConfigurationError */
export async function openSource(given: DaemonArguments, around: SourceSurroundings): Promise<Source> {
  const { parametersFile, consentEndpoint } = given;
  const consentUrlOf =
    ({ clientId, scope }: DaemonParameters, authority: string): Source['consentUrl'] =>
    (response = undefined) =>
      adminConsentUrl({ authority, clientId, scopes: [scope], endpoint: consentEndpoint, ...response });
  if (parametersFile !== undefined) {
    const parameters = readParametersFile(parametersFile, given, around);
    const { problems } = readProxies(around.environment);
    if (problems.length > 0) throw new ConfigurationError(problems);
    const consentUrl = consentUrlOf(parameters, parameters.authority);
    return { parameters, consentUrl, close: async () => undefined };
  }
  const { parameters, authorityMetadata, pages, close } = await around.startEmulator();
  around.messages.note('No parameters file: these are made-up users of a local emulator, not of Microsoft.');
  return { parameters, authorityMetadata, consentUrl: consentUrlOf(parameters, pages), close };
}
