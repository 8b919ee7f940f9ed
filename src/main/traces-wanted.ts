import type { Environment } from '../config/index.ts';
import { ConfigurationError, systemCodeOf } from '../errors.ts';
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

function areTracesWanted(environment: Environment): boolean {
  const { OTEL_SDK_DISABLED, OTEL_TRACES_EXPORTER: exporter = '' } = environment;
  const address = of(environment, 'ENDPOINT');
  if (OTEL_SDK_DISABLED?.toLowerCase() === 'true' || exporter === 'none') return false;
  if (exporter === '' && address === '') return false;
  const sampler = environment.OTEL_TRACES_SAMPLER ?? '';
  const problems: readonly (readonly [boolean, string])[] = [
    [!/^(otlp)?$/.test(exporter), 'OTEL_TRACES_EXPORTER must be otlp or none'],
    [
      !/^(http\/protobuf)?$/.test(of(environment, 'PROTOCOL')),
      'OTEL_EXPORTER_OTLP_PROTOCOL must be http/protobuf',
    ],
    [
      !/^(https?:\/\/[^/].*)?$/i.test(address),
      'OTEL_EXPORTER_OTLP_ENDPOINT must be the address of a collector, such as http://localhost:4318',
    ],
    [
      sampler !== '' && !SAMPLERS.test(sampler),
      'OTEL_TRACES_SAMPLER must be always_on, always_off or traceidratio, or one of them after parentbased_',
    ],
  ];
  const wrong = problems.filter(([isWrong]) => isWrong).map(([, sentence]) => sentence);
  if (wrong.length > 0) throw new ConfigurationError(wrong);
  return true;
}

/** The variable for traces, or else that for everything. */
function of(environment: Environment, name: 'ENDPOINT' | 'PROTOCOL'): string {
  const values = ['TRACES_', ''].map((kind) => environment[`OTEL_EXPORTER_OTLP_${kind}${name}`]?.trim());
  return values.find((value) => value) ?? '';
}
