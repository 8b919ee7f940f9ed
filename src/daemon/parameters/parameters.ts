import { isPlaceholder } from '../../config/index.ts';
import { ConfigurationError } from '../../errors.ts';
import { isGuid } from '../../guid.ts';
import { readTenantAuthority } from './authority-parameter.ts';
import {
  type CredentialParameters,
  type CredentialSurroundings,
  readCredential,
} from './credential-parameters.ts';
import { type ListEndpoint, readEndpoint, readScope } from './endpoint-parameter.ts';
import { createParameterReader, type ParameterReader } from './parameter-reader.ts';

/** The content of a parameters file, checked. */
export interface DaemonParameters {
  /** `https://host/tenant`, without a trailing slash. */
  authority: string;
  clientId: string;
  /** `RESOURCE/.default`. */
  scope: string;
  endpoint: ListEndpoint;
  credential: CredentialParameters;
}

/** What the file's members are read with. */
interface ParameterSurroundings extends CredentialSurroundings {
  /** Nothing of an emulator is taken. */
  production?: boolean;
}

const KNOWN = new Set([
  'authority',
  'oidc_authority',
  'client_id',
  'scope',
  'secret',
  'thumbprint',
  'private_key_file',
  'certificate_file',
  'assertion_file',
  'endpoint',
]);
/** Members that say something to people only: the samples' own `note`, and what a name marks as one. */
const REMARK = /note|comment|^[_/]/i;

/**
 * Checks the members of a parameters file.
 * @throws ConfigurationError with one line per problem, naming the member and the rule and never the value
 */
export function readParameters(
  members: Readonly<Record<string, unknown>>,
  given: ParameterSurroundings,
): DaemonParameters {
  const problems: string[] = [];
  const read = createParameterReader(members, problems);
  const { production = false } = given;
  const authority = readTenantAuthority(read, production);
  const scope = readScope(read, authority);
  const parameters = {
    authority: authority.url,
    clientId: readClientId(read),
    scope,
    endpoint: readEndpoint(read, scope, { authority, production }),
    credential: readCredential(read, given),
  };
  if (problems.length > 0) throw new ConfigurationError([...new Set(problems)]);
  return parameters;
}

function readClientId(read: ParameterReader): string {
  const clientId = read.text('client_id') ?? '';
  if (isPlaceholder(clientId))
    read.problem('client_id', 'still holds a placeholder: put the Application (client) ID there');
  else if (!isGuid(clientId)) {
    read.problem('client_id', 'must be the Application (client) ID of the registration, a GUID');
  }
  return clientId.toLowerCase();
}

/** Members that mean nothing to this program: a misspelt name, most likely. */
export function unknownMembers(members: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(members).filter((name) => !KNOWN.has(name) && !REMARK.test(name));
}
