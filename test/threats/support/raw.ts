import { connect } from 'node:net';

/** An HTTP answer as it came over the wire. */
export interface RawAnswer {
  status: number;
  head: string;
  body: string;
  header(name: string): string | undefined;
}

/** Sends these bytes to a server and reads until it closes: `fetch` and its like would rewrite hostile requests. */
export function sendRaw(url: string, lines: readonly string[], body = ''): Promise<RawAnswer> {
  const bytes = Buffer.from(`${lines.join('\r\n')}\r\nConnection: close\r\n\r\n${body}`, 'latin1');
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(bytes));
    socket.setTimeout(15_000, () => socket.destroy(new Error('no answer over the raw socket')));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', reject);
    socket.on('close', () => resolve(readResponse(Buffer.concat(chunks).toString('utf8'))));
  });
}

function readResponse(text: string): RawAnswer {
  const end = text.indexOf('\r\n\r\n');
  const head = end < 0 ? text : text.slice(0, end);
  return {
    status: Number(head.match(/^HTTP\/1\.1 (\d{3})/)?.[1] ?? 0),
    head,
    body: end < 0 ? '' : text.slice(end + 4),
    header: (name) => head.match(new RegExp(`^${name}: *(.*)$`, 'im'))?.[1]?.trim(),
  };
}
