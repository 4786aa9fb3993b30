/** The kinds of functions: their names, the code each begins with, and an event to try it on. */
import type { FunctionKind } from '../../api/types.ts';

interface Kind {
  readonly value: FunctionKind;
  readonly label: string;
  readonly hint: string;
  readonly code: string;
  readonly event: unknown;
}

const TRACK = { type: 'track', event: 'Order Completed', userId: 'ada', properties: { total: 12.5 } };

const INSERT = `// Gets each event before its destination does, and says what becomes of it.
async function onTrack(event, settings) {
  event.properties.checked = true;
  return event;
}
`;

export const KINDS: readonly Kind[] = [
  {
    value: 'insert_destination',
    label: 'Insert, destination',
    hint: 'Changes events on their way to one destination.',
    code: INSERT,
    event: TRACK,
  },
  {
    value: 'destination',
    label: 'Destination',
    hint: 'Is a destination itself: sends events wherever its code says.',
    code: `// Runs once for each event.
async function onTrack(event, settings) {
  await fetch('https://example.com/in', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(event),
  });
}
`,
    event: TRACK,
  },
  {
    value: 'source',
    label: 'Source',
    hint: 'Makes events of requests that other systems send.',
    code: `// Runs once for each request.
async function onRequest(request, settings) {
  const body = request.json();
  Segment.track({ event: 'Order Completed', userId: body.customer, properties: { total: body.total } });
}
`,
    event: { body: { customer: 'ada', total: 12.5 }, headers: {}, queryParameters: {} },
  },
  {
    value: 'insert_source',
    label: 'Insert, source',
    hint: 'Changes events of one source.',
    code: INSERT,
    event: TRACK,
  },
  {
    value: 'insert_transformation',
    label: 'Insert, transformation',
    hint: 'Changes events as a transformation does.',
    code: INSERT,
    event: TRACK,
  },
];

export function kindOf(value: FunctionKind): Kind {
  const found = KINDS.find((kind) => kind.value === value);
  if (!found) throw new Error(`There is no kind ${value}.`);
  return found;
}
