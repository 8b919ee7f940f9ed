import type { Environment } from '../config/index.ts';
import { ConfigurationError, systemCodeOf } from '../errors.ts';
import { trimmed } from '../text-file.ts';
import type { Say } from './streams/index.ts';
import type { Traces } from './traces.ts';

/** Those that OpenTelemetry's package knows; it takes any other name for the first. */
const SAMPLERS = /^(parentbased_)?(always_on|always_off|traceidratio)$/;

/**
 * Begins with traces where OpenTelemetry's standard variables ask for them; the packages are loaded only then.
 * @throws ConfigurationError for what this app does not bring, and where the packages are not installed
 */
export async function openTracesWhereWanted(environment: Environment, say: Say): Promise<Traces | undefined> {
  if (!areTracesWanted(environment)) return undefined;
  try {
    const { openTraces } = await import('./traces.ts');
    return openTraces(say);
  } catch (error) {
    if (systemCodeOf(error) !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new ConfigurationError([
      'OTEL_EXPORTER_OTLP_ENDPOINT is set, and traces need packages that are not there: npm install @opentelemetry/sdk-trace-node@2 @opentelemetry/exporter-trace-otlp-proto@0.223',
    ]);
  }
}

/** @param given in the environment alone, as the packages read it */
function areTracesWanted(given: Environment): boolean {
  const text = (name: string) => trimmed(given[name] ?? '');
  const exporter = text('OTEL_TRACES_EXPORTER').toLowerCase();
  const address = of(text, 'ENDPOINT');
  if (text('OTEL_SDK_DISABLED').toLowerCase() === 'true' || exporter === 'none') return false;
  if (exporter === '' && address === '') return false;
  const problems: readonly (readonly [boolean, string])[] = [
    [!/^(otlp)?$/.test(exporter), 'OTEL_TRACES_EXPORTER must be otlp or none'],
    [!/^(http\/protobuf)?$/.test(of(text, 'PROTOCOL')), 'OTEL_EXPORTER_OTLP_PROTOCOL must be http/protobuf'],
    [
      address !== '' && !isAddress(address),
      'OTEL_EXPORTER_OTLP_ENDPOINT must be the address of a collector, such as http://localhost:4318',
    ],
    ...samplerProblems(given),
    ...Object.keys(given)
      .filter((name) => PAIRS.test(name))
      .map((name): [boolean, string] => [
        !arePairs(name, given[name] ?? ''),
        `${name} must be name=value, several with commas between and their signs percent-encoded`,
      ]),
    ...Object.keys(given)
      .filter((name) => NUMBERS.test(name))
      .map((name): [boolean, string] => [
        !/^([1-9]\d{0,8})?$/.test(text(name)),
        `${name} must be a whole number from 1 on`,
      ]),
  ];
  const wrong = problems.filter(([isWrong]) => isWrong).map(([, sentence]) => sentence);
  if (wrong.length > 0) throw new ConfigurationError(wrong);
  return true;
}

/** What the packages would leave out without a word: everything, where one pair is wrong. */
const PAIRS = /^OTEL_(EXPORTER_OTLP_(TRACES_)?HEADERS|RESOURCE_ATTRIBUTES)$/;
const HEADER = /^[\w!#$&'*+.^`|~-]+\s*=[\t -~]*$/;
const ATTRIBUTE = /^[^=]+=[^=]*$/;
/** With another number no trace would ever be sent. */
const NUMBERS = /^OTEL_(BSP_\w+|EXPORTER_OTLP_(TRACES_)?TIMEOUT)$/;

function arePairs(name: string, text: string): boolean {
  const pairs = text
    .split(',')
    .map((pair) => pair.trim())
    .filter((pair) => pair !== '');
  if (name.endsWith('ATTRIBUTES')) return pairs.every((pair) => ATTRIBUTE.test(pair) && decoded(pair) !== '');
  return pairs.every((pair) => HEADER.test(decoded(pair)));
}

/** @returns empty for what is not percent-encoded */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

function isAddress(address: string): boolean {
  return /^https?:\/\/[^/]/i.test(address) && URL.canParse(address);
}

function samplerProblems({
  OTEL_TRACES_SAMPLER: sampler = '',
  OTEL_TRACES_SAMPLER_ARG: part = '',
}: Environment): [boolean, string][] {
  return [
    [
      sampler !== '' && !SAMPLERS.test(sampler),
      'OTEL_TRACES_SAMPLER must be always_on, always_off or traceidratio, or one of them after parentbased_',
    ],
    [
      sampler.endsWith('traceidratio') && part !== '' && !/^(0|1|0?\.\d+|[01]\.0*)$/.test(part),
      'OTEL_TRACES_SAMPLER_ARG must be a part from 0 to 1, such as 0.1',
    ],
  ];
}

/** The variable for traces, or else that for everything. */
function of(text: (name: string) => string, name: 'ENDPOINT' | 'PROTOCOL'): string {
  return text(`OTEL_EXPORTER_OTLP_TRACES_${name}`) || text(`OTEL_EXPORTER_OTLP_${name}`);
}
