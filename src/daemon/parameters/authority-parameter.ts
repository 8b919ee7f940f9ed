import { isPlaceholder, type ParameterReader } from './parameter-reader.ts';

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const DOMAIN = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*$/i;
/** The last one is the tenant of all personal accounts, by its id. */
const MANY_TENANTS = ['common', 'organizations', 'consumers', '9188040d-6c67-4c5b-b112-36a304b66dad'];
/** Other names of the platform, whose own documents name the one host that its endpoints have. */
const OLD_HOSTS = new Set(['login.windows.net', 'sts.windows.net', 'login.microsoft.com']);
const EXAMPLE = 'https://login.microsoftonline.com/YOUR_TENANT_ID';

/** Reads the tenant's address: `authority`, or `oidc_authority` where the file has that in its place. */
export function readAuthority(read: ParameterReader): string {
  const name =
    read.text('authority') === undefined && read.text('oidc_authority') ? 'oidc_authority' : 'authority';
  const given = read.text(name);
  const url = given !== undefined && URL.canParse(given) ? new URL(given) : undefined;
  const rule = given === undefined ? `is missing: such as ${EXAMPLE}` : ruleBrokenBy(given, url);
  if (rule !== undefined) read.problem(name, rule);
  if (url === undefined) return '';
  const path = url.pathname.replace(/\/+$/, '').replace(/\/v2\.0$/, '');
  if (rule === undefined && name === 'authority') checkTenant(read, url, path);
  return `${url.origin}${path}`;
}

function ruleBrokenBy(given: string, url: URL | undefined): string | undefined {
  if (isPlaceholder(given)) return 'still holds a placeholder: put your tenant id there';
  if (url?.protocol !== 'https:') return `must be an https address such as ${EXAMPLE}`;
  if (url.search || url.hash || url.username || url.password) {
    return 'must not hold a query, a fragment or a user name';
  }
  if (OLD_HOSTS.has(url.hostname)) return 'must use the host login.microsoftonline.com';
  return undefined;
}

function checkTenant(read: ParameterReader, url: URL, path: string): void {
  const [, tenant = '', ...more] = path.split('/');
  if (MANY_TENANTS.includes(tenant.toLowerCase())) {
    read.problem(
      'authority',
      'must end with one tenant: an app has an identity of its own in each tenant, and common, organizations and consumers name none',
    );
  } else if (!isTenant(tenant) && !(tenant === '' && url.hostname.endsWith('.ciamlogin.com'))) {
    read.problem('authority', 'must end with a tenant id or a tenant name such as contoso.onmicrosoft.com');
  } else if (more.length > 0 && !url.hostname.endsWith('.b2clogin.com')) {
    read.problem('authority', `must end with the tenant, as in ${EXAMPLE}`);
  }
}

function isTenant(segment: string): boolean {
  return GUID.test(segment) || DOMAIN.test(segment);
}
