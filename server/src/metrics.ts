/**
 * The counters, gauges and times that GET /metrics shows. One object a process, made by the composition root and
 * handed to the features that count.
 */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export interface Metrics {
  /** Events that got a 200 and are in the log. */
  readonly accepted: Counter;
  /** Events refused alone in a good request, by the refusal's code. */
  readonly rejected: Counter<'code'>;
  /** Events dropped because their source had sent the same message id. */
  readonly duplicates: Counter;
  /** Events in the log that the pipeline has not taken yet. Usually set by an `onScrape` function. */
  readonly lagEvents: Gauge;
  /** Age of the oldest of them, in seconds; 0 when there is none. */
  readonly lagSeconds: Gauge;
  /** Finished delivery attempts, by what came of them. */
  readonly deliveries: Counter<'outcome'>;
  /** Emails, by what became of them: sent, failed, captured. */
  readonly emails: Counter<'outcome'>;
  /** Answered requests. `route` is the pattern, never the URL. */
  readonly requestSeconds: Histogram<'door' | 'method' | 'route' | 'status'>;
  /** Runs before every scrape, to set gauges that would cost too much to keep current. A failing one is skipped. */
  onScrape(work: () => Promise<void>): void;
  /** The Prometheus text exposition. */
  render(): Promise<{ contentType: string; text: string }>;
}

/** @param options.process also measure memory, CPU, event loop and garbage collection; off where many apps share a process. */
export function createMetrics(options: { process: boolean }): Metrics {
  const registry = new Registry();
  const registers = [registry];
  if (options.process) collectDefaultMetrics({ register: registry });
  const beforeScrape: (() => Promise<void>)[] = [];
  return {
    accepted: new Counter({ name: 'headgate_events_accepted_total', help: 'Events accepted and durable', registers }),
    rejected: new Counter({
      name: 'headgate_events_rejected_total',
      help: 'Events refused, by code',
      labelNames: ['code'],
      registers,
    }),
    duplicates: new Counter({ name: 'headgate_events_duplicate_total', help: 'Events seen before', registers }),
    lagEvents: new Gauge({ name: 'headgate_log_lag_events', help: 'Events waiting for the pipeline', registers }),
    lagSeconds: new Gauge({ name: 'headgate_log_lag_seconds', help: 'Age of the oldest waiting event', registers }),
    deliveries: new Counter({
      name: 'headgate_deliveries_total',
      help: 'Delivery attempts by outcome: delivered, retried, failed, captured',
      labelNames: ['outcome'],
      registers,
    }),
    emails: new Counter({
      name: 'headgate_emails_total',
      help: 'Emails by outcome: sent, failed, captured',
      labelNames: ['outcome'],
      registers,
    }),
    requestSeconds: new Histogram({
      name: 'headgate_http_request_duration_seconds',
      help: 'Time from the request line to the end of the answer',
      labelNames: ['door', 'method', 'route', 'status'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers,
    }),
    onScrape(work) {
      beforeScrape.push(work);
    },
    async render() {
      // One broken gauge must not hide the others, so a refusal is dropped here.
      await Promise.allSettled(beforeScrape.map((work) => work()));
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
  };
}
