export { type AuthoritySetting, isOneOrganisation, readAuthority, UNKNOWN_AUTHORITY } from './authority.ts';
export { graphOriginsOf, graphRuleBrokenBy, resourceOf, usualGraphOf } from './graph.ts';
