const destinations = new WeakMap<object, string>();

/** Remembers where a person was going whose sign-in comes back with this request. */
export function rememberDestination(request: object, path: string): void {
  destinations.set(request, path);
}

/** Where somebody was going: undefined for a request that is no response of the identity platform. */
export function destinationOf(request: object): string | undefined {
  return destinations.get(request);
}
