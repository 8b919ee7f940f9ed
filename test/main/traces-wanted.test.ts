import { expect, test } from '@jest/globals';
import { openTracesWhereWanted } from '../../src/main/traces-wanted.ts';

test.each([
  [{ OTEL_TRACES_EXPORTER: 'zipkin' }, 'OTEL_TRACES_EXPORTER must be otlp or none'],
  [{ OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }, 'OTEL_EXPORTER_OTLP_PROTOCOL must be http/protobuf'],
  [{ OTEL_TRACES_SAMPLER: 'sometimes' }, 'OTEL_TRACES_SAMPLER must be always_on'],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' }, 'OTEL_EXPORTER_OTLP_ENDPOINT must be the address'],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://a b:4318' }, 'OTEL_EXPORTER_OTLP_ENDPOINT must be the address'],
  [
    { OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '10%' },
    'OTEL_TRACES_SAMPLER_ARG must be a part from 0 to 1',
  ],
  [{ OTEL_EXPORTER_OTLP_HEADERS: 'x-key=CANARY\nx: y' }, 'OTEL_EXPORTER_OTLP_HEADERS must be name=value'],
  [{ OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'CANARY' }, 'OTEL_EXPORTER_OTLP_TRACES_HEADERS must be name=value'],
  [{ OTEL_RESOURCE_ATTRIBUTES: 'team=a=b' }, 'OTEL_RESOURCE_ATTRIBUTES must be name=value'],
  [{ OTEL_RESOURCE_ATTRIBUTES: 'team=100%' }, 'OTEL_RESOURCE_ATTRIBUTES must be name=value'],
  [{ OTEL_BSP_MAX_QUEUE_SIZE: '-1' }, 'OTEL_BSP_MAX_QUEUE_SIZE must be a whole number'],
  [{ OTEL_EXPORTER_OTLP_TIMEOUT: '10s' }, 'OTEL_EXPORTER_OTLP_TIMEOUT must be a whole number'],
])('%j is refused, and no value is said', async (environment, sentence) => {
  const given = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4318', ...environment };
  const refused = openTracesWhereWanted(given, () => undefined);
  await expect(refused).rejects.toThrow(sentence);
  await expect(refused).rejects.not.toThrow('CANARY');
});

test.each([
  [{ OTEL_SDK_DISABLED: 'TRUE' }],
  [{ OTEL_TRACES_EXPORTER: ' None ' }],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: ' ' }],
])('with %j nothing is looked at', async (environment) => {
  const given = { OTEL_EXPORTER_OTLP_ENDPOINT: 'rubbish', OTEL_BSP_MAX_QUEUE_SIZE: 'x', ...environment };
  expect(await openTracesWhereWanted(given, () => undefined)).toBeUndefined();
});
