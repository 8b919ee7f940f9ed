import type { IncomingMessage } from 'node:http';

const MAX_BYTES = 1024 * 1024;

/** A request whose body is not read. */
export class BodyError extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`a body that is not read (${status})`);
    this.status = status;
  }
}

/**
 * The body of a request as text, of 1 MiB at most; undefined where it has none.
 * @throws BodyError, and rejects with one
 */
export function readBodyText(request: IncomingMessage): Promise<string> | undefined {
  const {
    'content-length': length,
    'transfer-encoding': chunked,
    'content-encoding': packed,
  } = request.headers;
  if (chunked === undefined && Number(length ?? 0) === 0) return undefined;
  if (packed !== undefined && packed !== 'identity') throw new BodyError(415);
  if (Number(length ?? 0) > MAX_BYTES) throw new BodyError(413);
  return collected(request);
}

function collected(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  return new Promise((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MAX_BYTES) chunks.push(chunk);
      else reject(new BodyError(413));
    });
    request.on('end', () => resolve(Buffer.concat(chunks).toString()));
    request.on('error', () => reject(new BodyError(400)));
  });
}
