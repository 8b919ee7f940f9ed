import { EXIT } from '../exit-status.ts';
import { proxyTo } from '../proxies.ts';
import { certificateFinding } from './certificate.ts';
import { clockFinding } from './clock.ts';
import { type Finding, fault, unseen, well } from './finding.ts';
import { type Reached, reach, Unreached } from './reach.ts';
import type { Surroundings } from './surroundings.ts';

/** What one request to the authority tells. */
interface Network {
  findings: Finding[];
  /** Absent where none came. */
  reached?: Reached;
}

const STAGES = ['proxy', 'connection', 'tls'] as const;

/** The way to the authority: through which proxy, who answers, by whose certificate, and what time it is there. */
export async function lookAtNetwork(address: string, around: Surroundings): Promise<Network> {
  const url = new URL(address);
  try {
    const reached = await reach(address, around);
    const findings = [
      well('proxy', proxyOn(url)),
      well('connection', `${url.host} answers.`),
      certificateFinding(url, reached.response),
      clockFinding(reached),
    ];
    return { findings, reached };
  } catch (error) {
    if (!(error instanceof Unreached)) throw error;
    return { findings: findingsUpTo(error, url) };
  }
}

/** Whatever comes before the stage that failed was passed. */
function findingsUpTo({ at, message }: Unreached, url: URL): Finding[] {
  return [...STAGES, 'clock'].map((stage, index) => {
    if (stage === at) return fault(stage, { what: message, exitStatus: EXIT.upstream });
    if (index > STAGES.indexOf(at)) return unseen(stage, 'Nothing answered.');
    return well(stage, stage === 'proxy' ? proxyOn(url) : `${url.host} can be connected to.`);
  });
}

function proxyOn(url: URL): string {
  const proxy = proxyTo(url);
  if (proxy !== undefined) return `${url.host} is reached through the proxy ${proxy.host}.`;
  return `${url.host} is reached directly (HTTPS_PROXY, NO_PROXY).`;
}
