import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findOnPath } from './system-packages.ts';
import { until } from './until.ts';

/** A real nginx with the configuration of docs/nginx, on a port of its own. */
export interface Nginx {
  /** https://localhost and its port. */
  url: string;
  /** All that it logged: requests, and its own troubles. */
  logged(): string;
  stop(): Promise<void>;
}

export interface NginxSettings {
  port: number;
  /** Ports of the two processes behind it. */
  upstreams: readonly [number, number];
  certificateFile: string;
  privateKeyFile: string;
}

const CONFIGURATION = fileURLToPath(new URL('../../docs/nginx/app.conf', import.meta.url));
/** Debian keeps it out of the PATH of ordinary people. */
const NGINX = findOnPath('nginx', ['/usr/sbin']) ?? 'nginx';

export async function startNginx(settings: NginxSettings): Promise<Nginx> {
  const folder = mkdtempSync(join(tmpdir(), 'nginx-'));
  chmodSync(folder, 0o755); // its workers run as somebody else
  const log = join(folder, 'nginx.log');
  writeFileSync(join(folder, 'app.conf'), documentedConfiguration(settings, log));
  writeFileSync(join(folder, 'nginx.conf'), surroundings(folder, log));
  const child = spawn(NGINX, ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', log], {
    stdio: 'ignore',
  });
  const logged = () => readFileSync(log, 'utf8');
  await until(() => isListening(settings.port) || child.exitCode !== null);
  if (child.exitCode !== null) throw new Error(`nginx did not start: ${logged()}`);
  return {
    url: `https://localhost:${settings.port}`,
    logged,
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The very file that people are told to use; only ports, paths and the host's name are this machine's. */
function documentedConfiguration(
  { port, upstreams, certificateFile, privateKeyFile }: NginxSettings,
  log: string,
): string {
  const ours = {
    '127.0.0.1:5000': `127.0.0.1:${upstreams[0]}`,
    '127.0.0.1:5002': `127.0.0.1:${upstreams[1]}`,
    'listen 443 ssl': `listen 127.0.0.1:${port} ssl`,
    'server_name app.example': 'server_name localhost',
    '/etc/ssl/certs/app.example.pem': certificateFile,
    '/etc/ssl/private/app.example.key': privateKeyFile,
    '/var/log/nginx/app.access.log': log,
    '/var/log/nginx/app.error.log': log,
  };
  return Object.entries(ours).reduce(
    (text, [theirs, here]) => {
      if (text.split(theirs).length !== 2) throw new Error(`app.conf has to hold "${theirs}" once`);
      return text.replace(theirs, here);
    },
    readFileSync(CONFIGURATION, 'utf8'),
  );
}

/** What Debian's own nginx.conf has around a site. */
function surroundings(folder: string, log: string): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `${kind}_temp_path ${folder}/${kind};`,
  );
  return `daemon off;
pid ${folder}/nginx.pid;
error_log ${log} warn;
events { worker_connections 1024; }
http {
  access_log ${log};
  ${temporary.join('\n  ')}
  include ${folder}/app.conf;
}
`;
}

async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const listening = await once(socket, 'connect').then(
    () => true,
    () => false,
  );
  socket.destroy();
  return listening;
}
