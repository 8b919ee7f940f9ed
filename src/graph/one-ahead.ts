import { setImmediate as turn } from 'node:timers/promises';

/**
 * The same values, each one asked for while the one before is used: so the next page comes over the network while this
 * one is written, and one page more is in memory. A failure is thrown where its value would have come.
 */
export async function* oneAhead<Value>(
  values: AsyncGenerator<Value, void, undefined>,
): AsyncGenerator<Value, void, undefined> {
  const ask = () => {
    const asked = values.next();
    asked.catch(ignore); // whoever stops reading does not hear of it
    return asked;
  };
  let coming = ask();
  try {
    for (let result = await coming; result.done !== true; result = await coming) {
      coming = ask();
      await turn(); // the request is sent before the value is used, which may take all of this thread for a while
      yield result.value;
    }
  } finally {
    values.return().catch(ignore);
  }
}

const ignore = (): void => undefined;
