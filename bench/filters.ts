/**
 * (i) Destination filters: what ten filters cost an event, decided in memory before its delivery is made, next to the
 * vendor's evaluator for browsers (@segment/tsub) with the same statements and actions on the same events.
 */
import { matches, transform } from '@segment/tsub';
import type { FilterAction } from '../server/src/connections/filters/actions.ts';
import { applyFilters, filterRule } from '../server/src/connections/filters/apply.ts';
import { matchesGlob } from '../server/src/connections/filters/fql/glob.ts';
import { type Node, parse } from '../server/src/connections/filters/fql/parse.ts';
import { median, print } from './lib/report.ts';

const EVENTS = 200_000;
const RUNS = 7;

/** None of them is about the events of the first row; the last changes those of the second; the first drops those of the third. */
const CONDITIONS = [
  "type = 'track' and match(event, 'Test *')",
  "contains(properties.email, '@example.test')",
  "type = 'identify' and traits.plan = 'internal'",
  "event in ['Heartbeat', 'Ping', 'Debug']",
  'properties.total < 0 or properties.total > 100000',
  "match(context.page.url, 'https://staging.*')",
  "lowercase(properties.country) = 'zz'",
  '!properties.consent and properties.tracked = false',
  "context.app.version = '0.0.1' and (type = 'screen' or type = 'page')",
  "type = 'track' and properties.order_id != null",
];
const DROP: FilterAction[] = [{ type: 'DROP' }];
const LAST: FilterAction[] = [{ type: 'DROP_PROPERTIES', fields: { properties: ['email', 'phone'], context: ['ip'] } }];

const EVENT = {
  type: 'track',
  event: 'Product Viewed',
  messageId: 'm',
  userId: 'u-1',
  timestamp: '2026-01-01T00:00:00.000Z',
  properties: {
    total: 42,
    country: 'FR',
    email: 'mila@example.org',
    phone: '1',
    consent: true,
    items: [{ sku: 'a' }, { sku: 'b' }],
  },
  context: { ip: '203.0.113.7', page: { url: 'https://example.org/shop', title: 'Shop' }, app: { version: '4.2.0' } },
};
const CASES = {
  'none is about the event': EVENT,
  'one removes three fields': { ...EVENT, properties: { ...EVENT.properties, order_id: 7 } },
  'the first drops it': { ...EVENT, event: 'Test run' },
};

export async function benchFilters(): Promise<void> {
  print('### Ten destination filters\n');
  print(`| event | here, µs an event | @segment/tsub, µs an event |`);
  print('| --- | --- | --- |');
  const rules = CONDITIONS.map((condition, n) => {
    return filterRule({ id: `${n}`, title: '', condition, actions: n === CONDITIONS.length - 1 ? LAST : DROP });
  });
  for (const [name, event] of Object.entries(CASES)) {
    const here = measured(() => applyFilters(rules, event));
    const theirs = measured(() => vendor(event));
    print(`| ${name} | ${here.toFixed(2)} | ${theirs.toFixed(2)} |`);
  }
  print('');
  print('| glob made to be slow, 30,000 characters | here, ms | @segment/tsub, ms |');
  print('| --- | --- | --- |');
  const text = 'a'.repeat(30_000);
  for (const [name, pattern] of [
    ['`*a` 15 times, then `*b`', `${'*a'.repeat(15)}*b`],
    ['`*`, 500 `a`, `b*`', `*${'a'.repeat(500)}b*`],
  ] as const) {
    const ir = JSON.stringify(['match', { value: text }, { value: pattern }]);
    const here = once(() => matchesGlob(pattern, text));
    const theirs = once(() => matches({}, { type: 'fql', ir }));
    print(`| ${name} | ${here.toFixed(1)} | ${theirs.toFixed(1)} |`);
  }
  print('');
}

function measured(work: () => unknown): number {
  const runs = Array.from({ length: RUNS + 1 }, () =>
    once(() => {
      for (let n = 0; n < EVENTS; n++) work();
    }),
  );
  // The first one is compiled while it runs.
  return (median(runs.slice(1)) * 1_000) / EVENTS;
}

/** In ms. */
function once(work: () => unknown): number {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
}

const MATCHERS = CONDITIONS.map((condition) => ({ type: 'fql', ir: JSON.stringify(irOf(parse(condition))) }));
const NO_FIELDS = { type: 'drop_properties', config: { drop: { properties: ['email', 'phone'], context: ['ip'] } } };

/** Its transformers change the event they are given, so it is copied for them as here. */
function vendor(event: object): object | null {
  let payload: object | null = event;
  for (const [n, matcher] of MATCHERS.entries()) {
    if (!matches(payload ?? {}, matcher)) continue;
    if (n < MATCHERS.length - 1) return transform(payload, [{ type: 'drop' }]);
    payload = transform(structuredClone(payload), [NO_FIELDS]);
  }
  return payload;
}

/** The compiled form that browsers get (contract segment-public-api §4.8). */
function irOf(node: Node): unknown {
  switch (node.op) {
    case 'literal':
      return { value: Array.isArray(node.value) ? node.value.map((value) => ({ value })) : node.value };
    case 'path':
      return node.segments.join('.');
    case 'call':
      return [node.name, ...node.args.map(irOf)];
    case 'compare':
      return [node.by, irOf(node.left), irOf(node.right)];
    case 'not':
      return ['!', irOf(node.of)];
    default:
      return [node.op, ...node.all.map(irOf)];
  }
}
