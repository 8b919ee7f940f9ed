import type { Environment } from '../config/index.ts';
import { ConfigurationError, systemCodeOf } from '../errors.ts';
import type { Traces } from './traces.ts';

/**
 * Begins with traces where OpenTelemetry's standard variables ask for them; the packages are loaded only then.
 * @throws ConfigurationError for what this app does not bring, and where the packages are not installed
 */
export async function openTracesWhereWanted(environment: Environment): Promise<Traces | undefined> {
  if (!areTracesWanted(environment)) return undefined;
  try {
    const { openTraces } = await import('./traces.ts');
    return openTraces();
  } catch (error) {
    if (systemCodeOf(error) !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new ConfigurationError([
      'OTEL_EXPORTER_OTLP_ENDPOINT is set, and traces need packages that are not there: npm install @opentelemetry/sdk-trace-node@2 @opentelemetry/exporter-trace-otlp-proto@0.223',
    ]);
  }
}

function areTracesWanted(environment: Environment): boolean {
  const { OTEL_SDK_DISABLED, OTEL_TRACES_EXPORTER: exporter = '' } = environment;
  const address = environment.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT || environment.OTEL_EXPORTER_OTLP_ENDPOINT;
  const protocol =
    environment.OTEL_EXPORTER_OTLP_TRACES_PROTOCOL ||
    environment.OTEL_EXPORTER_OTLP_PROTOCOL ||
    'http/protobuf';
  if (OTEL_SDK_DISABLED?.toLowerCase() === 'true' || exporter === 'none') return false;
  if (exporter === '' && !address) return false;
  if (exporter !== '' && exporter !== 'otlp')
    throw new ConfigurationError(['OTEL_TRACES_EXPORTER must be otlp or none']);
  if (protocol !== 'http/protobuf')
    throw new ConfigurationError(['OTEL_EXPORTER_OTLP_PROTOCOL must be http/protobuf']);
  if (address && !/^https?:\/\/[^/]/i.test(address.trim()))
    throw new ConfigurationError([
      'OTEL_EXPORTER_OTLP_ENDPOINT must be the address of a collector, such as http://localhost:4318',
    ]);
  return true;
}
