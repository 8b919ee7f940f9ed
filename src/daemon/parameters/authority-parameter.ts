import { type AuthoritySetting, readAuthority, UNKNOWN_AUTHORITY } from '../../config/index.ts';
import type { ParameterReader } from './parameter-reader.ts';

const EXAMPLE = 'https://login.microsoftonline.com/YOUR_TENANT_ID';
/** The address of tokens has it; an authority does not. */
const VERSION = /\/v2\.0\/?$/;

/**
 * Reads the tenant's address: `authority`, or `oidc_authority` where the file has that in its place, which is an External
 * ID tenant with a domain of its own.
 */
export function readTenantAuthority(read: ParameterReader, production: boolean): AuthoritySetting {
  const isOwnDomain = read.text('authority') === undefined && read.text('oidc_authority') !== undefined;
  const name = isOwnDomain ? 'oidc_authority' : 'authority';
  const given = read.text(name);
  if (given === undefined) {
    read.problem(name, `is missing: such as ${EXAMPLE}`);
    return UNKNOWN_AUTHORITY;
  }
  return readAuthority(read, given.replace(VERSION, ''), {
    name,
    tenants: isOwnDomain ? 'unjudged' : 'one',
    isCustomDomain: isOwnDomain,
    customDomain: 'a domain of your own stands in oidc_authority, with authority null',
    production,
    example: EXAMPLE,
  });
}
