// CLI for Microsoft 365: signs in with a secret, then lists people.
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { perform } from '../../../../emulator/clients/talk.mjs';

const { AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_CLIENT_SECRET } = process.env;
const { resolve } = createRequire(import.meta.url);
const program = join(dirname(resolve('@pnp/cli-microsoft365')), 'index.js');
const run = promisify(execFile);

async function m365(...words) {
  try {
    return JSON.parse(
      (await run(process.execPath, [program, ...words, '--output', 'json'])).stdout || 'null',
    );
  } catch ({ stdout, stderr, message }) {
    throw new Error(`${stderr} ${stdout}`.trim() || message);
  }
}

await perform({
  async flow() {
    const credential = [
      '--appId',
      AZURE_CLIENT_ID,
      '--tenant',
      AZURE_TENANT_ID,
      '--secret',
      AZURE_CLIENT_SECRET,
    ];
    await m365('login', '--authType', 'secret', ...credential);
    const people = await m365('entra', 'user', 'list', '--properties', 'displayName');
    return people.length > 200 ? 'everybody' : `${people.length} people`;
  },
});
