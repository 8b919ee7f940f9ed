import { Agent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

export interface Answer {
  status: number;
  location: string | undefined;
  cookies: string[];
  bytes: number;
}

const agents = {
  http: new Agent({ keepAlive: true }),
  https: new HttpsAgent({ keepAlive: true, rejectUnauthorized: false }),
};

/** A connection of one visitor's own, kept over their requests; `destroy()` ends it. */
export const connectionOfOneVisitor = (): Agent => new Agent({ keepAlive: true, maxSockets: 1 });

/** One GET with the given cookies, no redirect followed; over the connection that all share, unless told otherwise. */
export function get(url: string, cookie: string, connection = agents.http): Promise<Answer> {
  const secure = url.startsWith('https:');
  const options = {
    agent: secure ? agents.https : connection,
    headers: cookie === '' ? {} : { Cookie: cookie },
  };
  return new Promise((resolve, reject) => {
    const request = (secure ? httpsRequest : httpRequest)(url, options, (response) => {
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      response.on('error', reject);
      response.on('end', () => {
        const cookies = (response.headers['set-cookie'] ?? []).filter((line) => !/max-age=0\b/i.test(line));
        resolve({
          status: response.statusCode ?? 0,
          location: response.headers.location,
          cookies: cookies.map((line) => line.split(';', 1)[0] ?? ''),
          bytes,
        });
      });
    });
    request.on('error', reject);
    request.end();
  });
}
