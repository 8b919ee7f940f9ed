import type { IncomingMessage, RequestListener } from 'node:http';
import {
  context,
  DiagLogLevel,
  diag,
  propagation,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { inTime } from '../deadline.ts';
import { hourly } from '../hourly.ts';
import type { Say } from './streams/index.ts';

/** Tells an OpenTelemetry collector of requests and of those that they cause. */
export interface Traces {
  /** The same app, each of whose requests is a span, which goes on with the trace that the request belongs to. */
  around(app: RequestListener): RequestListener;
  /** A response is over. No path, query, header or person is told. */
  onAnswered(answered: { route: string; method: string; status: number }, request: IncomingMessage): void;
  /** What Microsoft Graph is told of the trace. */
  headers(): Record<string, string>;
  /** A call within a request is over. @param status 0 where there was no response */
  onCall(name: string, call: { status: number; durationMs: number }): void;
  /** Sends what waits. */
  close(): Promise<void>;
}

const NAME = 'ms-identity-typescript-webapp';

/** A collector that is away may not hold up the end of the process. */
const LAST_TRACES_MS = 1_000;

/** Each batch that is lost is an error. OpenTelemetry's own words may hold what it sends, headers with passwords too. */
function sayTrouble(say: Say): void {
  const once = hourly(say);
  const error = () =>
    once(
      'The OpenTelemetry collector at OTEL_EXPORTER_OTLP_ENDPOINT does not take the traces: is it there, and does it take HTTP with protocol buffers? The app goes on without.',
    );
  const nothing = () => undefined;
  diag.setLogger(
    { error, warn: nothing, info: nothing, debug: nothing, verbose: nothing },
    DiagLogLevel.ERROR,
  );
}

/**
 * Begins with it, by the standard variables, which the packages read: the collector's address and headers, the sampler,
 * the name of the service.
 */
export function openTraces(say: Say): Traces {
  sayTrouble(say);
  const provider = new NodeTracerProvider({
    resource: defaultResource()
      .merge(resourceFromAttributes({ 'service.name': NAME }))
      .merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  provider.register();
  const tracer = trace.getTracer(NAME);
  const spans = new WeakMap<IncomingMessage, Span>();
  return {
    around: (app) => (request, response) => {
      const parent = propagation.extract(context.active(), request.headers);
      const span = tracer.startSpan('request', { kind: SpanKind.SERVER }, parent);
      spans.set(request, span);
      // after those who tell of the response when it is over
      response.once('close', () => setImmediate(() => span.end()));
      context.with(trace.setSpan(parent, span), () => app(request, response));
    },
    onAnswered({ route, method, status }, request) {
      const span = spans.get(request);
      span?.updateName(`${method} ${route}`);
      tell(span, { 'http.request.method': method, 'http.route': route }, status);
    },
    headers() {
      const carrier: Record<string, string> = {};
      propagation.inject(context.active(), carrier);
      return carrier;
    },
    onCall(name, { status, durationMs }) {
      const startTime = Date.now() - durationMs;
      const span = tracer.startSpan(name, { kind: SpanKind.CLIENT, startTime });
      tell(span, {}, status);
      span.end();
    },
    close: () => inTime(provider.shutdown(), LAST_TRACES_MS, () => new Error('no collector in time')),
  };
}

function tell(span: Span | undefined, attributes: Record<string, string>, status: number): void {
  span?.setAttributes({ ...attributes, 'http.response.status_code': status });
  if (status === 0 || status >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
}
