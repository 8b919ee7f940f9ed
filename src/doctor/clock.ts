import { EXIT } from '../exit-status.ts';
import { textHeaders } from '../network/index.ts';
import { type Finding, fault, unseen, warning, well } from './finding.ts';
import type { Reached } from './reach.ts';

/** Tokens and assertions are taken with so much difference (Microsoft's page on ID tokens: five minutes). */
const MOST_SECONDS = 300;
const MUCH_SECONDS = 60;
const SET_THE_CLOCK = 'Have the clock of this machine set from a time server (NTP).';

/** The clock of this machine beside that of the authority (`Date`, RFC 9110, section 6.6.1). */
export function clockFinding({ response, atMs }: Reached): Finding {
  const theirsMs = Date.parse(textHeaders(response).date ?? '');
  if (Number.isNaN(theirsMs)) return unseen('clock', 'The authority did not say what time it is.');
  const seconds = Math.round((atMs - theirsMs) / 1_000);
  const [apart, way] = [Math.abs(seconds), seconds > 0 ? 'ahead of' : 'behind'];
  const what = `The clock of this machine is ${apart} s ${way} the authority’s.`;
  if (apart > MOST_SECONDS)
    return fault('clock', {
      what: `${what} More than ${MOST_SECONDS} s make tokens invalid.`,
      todo: SET_THE_CLOCK,
      exitStatus: EXIT.upstream,
    });
  if (apart > MUCH_SECONDS) return warning('clock', what, SET_THE_CLOCK);
  return well('clock', 'The clock of this machine agrees with the authority’s.');
}
