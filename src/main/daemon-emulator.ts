import { randomUUID } from 'node:crypto';
import { AZURE_VARIABLES } from '../config/index.ts';
import type { EmulatorRun } from '../daemon/index.ts';
import { ConfigurationError } from '../errors.ts';

const CLIENT_ID = '22222222-2222-4222-8222-222222222222';
const SCOPE = 'https://graph.microsoft.com/.default';

/**
 * Starts the emulator for this run, on a free port, with this program registered and consented to. Its code is loaded
 * here and only when it is wanted.
 * @throws ConfigurationError in production, where made-up users would be taken for real ones
 */
export async function startEmulatorRun(): Promise<EmulatorRun> {
  if (process.env.NODE_ENV === 'production') {
    throw new ConfigurationError([
      'parameters.json is missing: NODE_ENV is production, where the local emulator is not used',
    ]);
  }
  const azure = AZURE_VARIABLES.filter((name) => process.env[name]);
  if (azure.length > 0) {
    throw new ConfigurationError([
      `parameters.json is missing: ${azure.join(', ')} ${azure.length > 1 ? 'are' : 'is'} set, where the local emulator is not used`,
    ]);
  }
  const { readSeed, startEmulator } = await import('../emulator/index.ts');
  const secret = randomUUID();
  const seed = readSeed({ registrations: [registration(secret)] });
  const emulator = await startEmulator({ port: 0, seed, strictRegistrations: true });
  const tenantId = emulator.tenants[0]?.id ?? '';
  return {
    parameters: {
      authority: `https://login.microsoftonline.com/${tenantId}`,
      clientId: CLIENT_ID,
      scope: SCOPE,
      endpoint: { origin: emulator.baseUrl, path: '/v1.0/users' },
      credential: { kind: 'secret', secret, isInFile: false },
    },
    authorityMetadata: JSON.stringify(emulator.openidConfiguration(tenantId)),
    pages: `${emulator.baseUrl}/${tenantId}`,
    close: () => emulator.close(),
  };
}

function registration(secret: string) {
  return {
    clientId: CLIENT_ID,
    name: 'The console program on this machine',
    secrets: [{ value: secret }],
    applicationPermissions: ['User.Read.All'],
    adminConsented: true,
  };
}
