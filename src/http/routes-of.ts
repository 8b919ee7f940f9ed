import type { Express, IRouter } from 'express';

/** The routes of a router and of those in it; each with its path, as none of them is mounted elsewhere than at the root. */
export function routesOf(router: IRouter): [path: string, method: string][] {
  return router.stack.flatMap(({ route, handle }) => {
    if (route === undefined) return 'stack' in handle ? routesOf(handle as IRouter) : [];
    return route.stack.map(({ method }): [string, string] => [route.path, method.toUpperCase()]);
  });
}

/** Every path that an app has a route for. */
export function pathsOf({ router }: Pick<Express, 'router'>): string[] {
  return [...new Set(routesOf(router).map(([path]) => path))];
}
