/** Transformations of everything a source feeds: they change its events before anything else is done with them. */
import { refusalOf } from '../../events/refusal.ts';
import type { RefusedEvent, Stage, TrackedEvent } from '../../events/types.ts';
import { applyTransformations } from './apply.ts';
import type { Transformations } from './transformations.ts';

export function transformationsStage(transformations: Pick<Transformations, 'ofSource'>): Stage {
  return {
    name: 'transformations',
    async run(_tx, batch) {
      const events: TrackedEvent[] = [];
      for (const event of batch.events) {
        const rules = transformations.ofSource(event.sourceId);
        const { payload, droppedBy, tooLarge } = applyTransformations(rules, event.payload);
        if (droppedBy) batch.refused.push(refusalOf(event, droppedByOne(droppedBy.name, tooLarge)));
        else events.push(payload === event.payload ? event : changed(event, payload));
      }
      batch.events = events;
    },
  };
}

/** Transformations reach properties, traits, context and a track event's name; ids and times stay. */
function changed(event: TrackedEvent, payload: TrackedEvent['payload']): TrackedEvent {
  const name = payload['event'];
  return { ...event, payload, ...(event.type === 'track' && typeof name === 'string' && { name }) };
}

function droppedByOne(name: string, tooLarge: boolean): Pick<RefusedEvent, 'outcome' | 'code' | 'reason' | 'filtered'> {
  return {
    outcome: 'rejected',
    code: 'dropped_by_transformation',
    reason: `The transformation "${name}" ${tooLarge ? 'makes this event too large' : 'drops this event'}.`,
    filtered: true,
  };
}
