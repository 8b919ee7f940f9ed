import { GRAPH_APP_ID } from './resources.ts';

/** Everything up to the last slash names the API; a slash more belongs to its name (wire reference K1). */
export function splitScope(scope: string): { identifier: string; name: string } {
  const slash = scope.lastIndexOf('/');
  return { identifier: scope.slice(0, Math.max(slash, 0)), name: scope.slice(slash + 1) };
}

/** A permission as consents know it: Microsoft Graph's by its name, another with its API's client id in front. */
export function permissionKey(appId: string, name: string): string {
  return appId === GRAPH_APP_ID ? name : `${appId}/${name}`;
}
