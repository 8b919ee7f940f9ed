/** Names the route of a path, without what a visitor put into it. */
export type RouteNames = (path: string) => string;

/** More steps say nothing more. */
const MAX_STEPS = 5;

/**
 * A path is named by the pattern of its route, such as `/users/:id`. Of what is no route the words of routes are left,
 * and a star stands for each other step: `/users/*\/*`. Somebody who looks for a wrong prefix or a scanner sees the form,
 * and what somebody typed or pasted there is nobody's to keep.
 * @param patterns steps that begin with a colon stand for any text
 */
export function createRouteNames(patterns: readonly string[]): RouteNames {
  const routes = patterns.map((pattern) => ({ pattern, steps: stepsOf(pattern) }));
  const words = new Map(
    patterns.flatMap((pattern) => pattern.slice(1).split('/')).map((word) => [word.toLowerCase(), word]),
  );
  return (path) => {
    const steps = stepsOf(path);
    const route = routes.find((known) => isRouteOf(steps, known.steps));
    return route?.pattern ?? formOf(path, words);
  };
}

/** Routes are found in any case, with slashes at the end or without. */
function stepsOf(path: string): string[] {
  const steps = path.toLowerCase().split('/');
  while (steps.length > 1 && steps.at(-1) === '') steps.pop();
  return steps;
}

function isRouteOf(steps: readonly string[], pattern: readonly string[]): boolean {
  if (steps.length !== pattern.length) return false;
  return pattern.every((step, index) => (step.startsWith(':') ? steps[index] !== '' : step === steps[index]));
}

function formOf(path: string, words: ReadonlyMap<string, string>): string {
  const steps = path.slice(1).split('/', MAX_STEPS + 1);
  const named = steps.slice(0, MAX_STEPS).map((step) => (step === '' ? '' : nameOf(step, words)));
  return `/${named.join('/')}${steps.length > MAX_STEPS ? '/…' : ''}`;
}

function nameOf(step: string, words: ReadonlyMap<string, string>): string {
  const word = words.get(step.toLowerCase());
  return word === undefined || word.startsWith(':') ? '*' : word;
}
