import type { Part } from './faults.ts';

/** What runs a client's driver, and where the versions of its packages are pinned. */
export type Language = 'Node' | 'Chromium' | 'Python' | 'azure-cli' | 'Go' | 'Java';

/** A client that nobody here wrote, with a driver that uses it as its documentation shows. */
export interface Client {
  readonly name: string;
  readonly language: Language;
  /** Below `drivers/`: a file, a package or a class. */
  readonly driver: string;
  /** Whose version the table shows, as it stands where it is pinned. */
  readonly packageName: string;
  /** What it does besides getting a token. */
  readonly parts: readonly Part[];
  /** What the driver says when all went well. */
  readonly good: string;
  /** After that, what has not ended is ended; for those that take their time in any case. */
  readonly limitMs?: number;
  /** Of a sample: where it lies, its version, and where it is sent back to. */
  readonly sample?: { readonly folder: string; readonly version: string; readonly redirectUri: string };
}

const ADELE = 'adele.vance@contoso.example';
const SIGNS_IN = { parts: ['sign-in', 'renewal'], good: ADELE } as const;
const ASKS_GRAPH = { parts: ['Graph'], good: '3 people' } as const;

/** Add one here, with its driver, and every fault meets it. */
export const CLIENTS: readonly Client[] = [
  { name: 'MSAL Node', language: 'Node', driver: 'msal-node', packageName: '@azure/msal-node', ...SIGNS_IN },
  {
    name: 'openid-client',
    language: 'Node',
    driver: 'openid-client',
    packageName: 'openid-client',
    ...SIGNS_IN,
  },
  { name: 'MSAL Python', language: 'Python', driver: 'msal_flow', packageName: 'msal', ...SIGNS_IN },
  {
    ...{ name: 'MSAL Go', language: 'Go', driver: 'msal', parts: ['sign-in'], good: ADELE },
    packageName: 'github.com/AzureAD/microsoft-authentication-library-for-go',
  },
  { name: 'MSAL4J', language: 'Java', driver: 'MsalFlow', packageName: 'msal4j', ...SIGNS_IN },
  {
    ...{ name: 'MSAL Browser', language: 'Chromium', driver: 'msal-browser', ...SIGNS_IN },
    packageName: '@azure/msal-browser',
  },
  {
    ...{ name: 'express-openid-connect', language: 'Node', driver: 'express-openid-connect', ...SIGNS_IN },
    packageName: 'express-openid-connect',
  },
  {
    ...{ name: 'Spring Security', language: 'Java', driver: 'SpringFlow', parts: ['sign-in'], good: ADELE },
    limitMs: 60_000,
    packageName: 'spring-boot-starter-oauth2-client',
  },
  {
    ...{ name: 'azure-identity (JavaScript)', language: 'Node', driver: 'azure-identity', ...ASKS_GRAPH },
    packageName: '@azure/identity',
  },
  {
    ...{ name: 'azure-identity (Python)', language: 'Python', driver: 'azure_identity_flow', ...ASKS_GRAPH },
    packageName: 'azure-identity',
  },
  {
    ...{ name: 'azidentity (Go)', language: 'Go', driver: 'azidentity', ...ASKS_GRAPH },
    packageName: 'github.com/Azure/azure-sdk-for-go/sdk/azidentity',
  },
  {
    ...{ name: 'Graph client (JavaScript)', language: 'Node', driver: 'graph-client', ...ASKS_GRAPH },
    packageName: '@microsoft/microsoft-graph-client',
  },
  {
    ...{ name: 'Graph SDK (JavaScript)', language: 'Node', driver: 'graph-sdk', ...ASKS_GRAPH },
    packageName: '@microsoft/msgraph-sdk',
  },
  {
    ...{ name: 'Graph SDK (Python)', language: 'Python', driver: 'graph_sdk_flow', ...ASKS_GRAPH },
    packageName: 'msgraph-sdk',
  },
  {
    ...{ name: 'azure-cli', language: 'azure-cli', driver: 'az_flow', ...ASKS_GRAPH },
    limitMs: 60_000,
    packageName: 'azure-cli',
  },
  {
    ...{
      name: 'CLI for Microsoft 365',
      language: 'Node',
      driver: 'm365',
      parts: ['Graph'],
      good: 'everybody',
    },
    packageName: '@pnp/cli-microsoft365',
  },
];
