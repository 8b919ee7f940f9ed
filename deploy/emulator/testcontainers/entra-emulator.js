import { GenericContainer, Wait } from 'testcontainers';

const PORT = 5001;

/**
 * The emulator for tests that use Testcontainers. Build its image first, from the root of the repository:
 *
 *     docker build -f deploy/emulator/Dockerfile -t entra-emulator .
 */
export class EntraEmulatorContainer {
  #container;

  constructor(image = 'entra-emulator') {
    this.#container = new GenericContainer(image)
      .withExposedPorts(PORT)
      .withWaitStrategy(Wait.forHttp('/_emulator/health', PORT));
    this.withFlags([]);
  }

  /** Other flags of the emulator: `['--allow-host', 'login.test']` for a name besides localhost. */
  withFlags(flags) {
    this.#container.withCommand(['--allow-host', 'emulator', ...flags]);
    return this;
  }

  /** Puts it into a network, where other containers find it as `emulator`. */
  withNetwork(network) {
    this.#container.withNetwork(network).withNetworkAliases('emulator');
    return this;
  }

  /** Accounts, registrations and the rest, as docs/emulator.md tells. */
  async start(seed) {
    const started = await this.#container.start();
    const url = `http://${started.getHost()}:${started.getMappedPort(PORT)}`;
    const emulator = { url, control: (path, body) => control(url, path, body), stop: () => started.stop() };
    if (seed !== undefined) await emulator.control('state', seed);
    return emulator;
  }
}

/** POST /_emulator/{path} with a JSON body: `faults`, `tokens`, `clock`, `accounts`, `registrations`, `state`, `reset`. */
async function control(url, path, body = {}) {
  const response = await fetch(`${url}/_emulator/${path}`, { method: 'POST', body: JSON.stringify(body) });
  const text = await response.text();
  if (!response.ok) throw new Error(`the emulator refused ${path}: ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}
