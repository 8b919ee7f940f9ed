/**
 * Lets a program go on, and hear signals, while nobody reads its terminal (Ctrl-S, a stalled connection): Node makes
 * the whole process wait for a terminal. What is written meanwhile waits in the stream, as it does with a pipe.
 */
export function doNotWaitForTerminal(stream: NodeJS.WriteStream): void {
  const handle = '_handle' in stream ? stream._handle : undefined;
  if (stream.isTTY && hasBlocking(handle)) handle.setBlocking(false);
}

function hasBlocking(handle: unknown): handle is { setBlocking(isBlocking: boolean): void } {
  return (
    typeof handle === 'object' &&
    handle !== null &&
    'setBlocking' in handle &&
    typeof handle.setBlocking === 'function'
  );
}
