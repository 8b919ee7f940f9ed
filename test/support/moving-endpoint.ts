import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** An address of a service that leads to one server and later to another, as a cloud's or a load balancer's does. */
export interface MovingEndpoint {
  port: number;
  /** From here on new connections lead there; those that there are stay. */
  moveTo(port: number): void;
  close(): void;
}

/** Opens one. */
export async function openEndpoint(target: number): Promise<MovingEndpoint> {
  let to = target;
  const sockets = new Set<Socket>();
  const join = (from: Socket, into: Socket) => {
    sockets.add(from);
    from.pipe(into);
    from.on('error', () => undefined).on('close', () => into.destroy());
  };
  const server = createServer((near) => {
    const far = connect(to, '127.0.0.1');
    join(near, far);
    join(far, near);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    moveTo(port) {
      to = port;
    },
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
