export { type AuthoritySetting, readAuthority, UNKNOWN_AUTHORITY } from './authority.ts';
export { cloudOfGraph, GLOBAL_GRAPH } from './clouds.ts';
export { graphOriginsOf, graphRuleBrokenBy, resourceOf, usualGraphOf } from './graph.ts';
