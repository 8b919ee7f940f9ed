/** The parameters of a request that were given exactly once, as text. */
export type Parameters = Readonly<Record<string, string>>;

/** Reads the query: what is repeated, nested or empty counts as absent. */
export function singleParameters(query: object): Parameters {
  const single = Object.entries(query).filter(
    (pair): pair is [string, string] => typeof pair[1] === 'string' && pair[1] !== '',
  );
  return Object.fromEntries(single);
}
