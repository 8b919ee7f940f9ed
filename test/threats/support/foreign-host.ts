import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A host that nobody may ever talk to: it keeps what it is sent. */
export interface ForeignHost {
  url: string;
  host: string;
  requests: string[];
  close(): Promise<void>;
}

export async function openForeignHost(): Promise<ForeignHost> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)}`);
    response.end('{"value":[]}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    requests,
    async close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
