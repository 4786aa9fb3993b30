import { expect, test } from 'vitest';
import { createMetrics } from './metrics.ts';

test('a scrape shows what was counted, after the gauges were set', async () => {
  const metrics = createMetrics({ process: false });
  metrics.accepted.inc(3);
  metrics.rejected.inc({ code: 'event_too_large' });
  metrics.onScrape(async () => metrics.lagEvents.set(7));
  const { text, contentType } = await metrics.render();
  expect(contentType).toContain('text/plain');
  expect(text).toContain('headgate_events_accepted_total 3');
  expect(text).toContain('headgate_events_rejected_total{code="event_too_large"} 1');
  expect(text).toContain('headgate_log_lag_events 7');
});

test('a gauge that cannot be read hides no other number', async () => {
  const metrics = createMetrics({ process: false });
  metrics.duplicates.inc();
  metrics.onScrape(async () => {
    throw new Error('the database is away');
  });
  expect((await metrics.render()).text).toContain('headgate_events_duplicate_total 1');
});

test('two apps in one process count apart', async () => {
  const one = createMetrics({ process: false });
  const two = createMetrics({ process: false });
  one.accepted.inc();
  expect((await two.render()).text).toContain('headgate_events_accepted_total 0');
});
