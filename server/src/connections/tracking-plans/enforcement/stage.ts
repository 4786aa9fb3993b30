/**
 * The pipeline's step between dedupe and identity: holds each event of a source that follows a tracking plan against it,
 * and sends what was blocked or found wrong to the sources that are named for it. What is sent so is never sent on: two
 * sources that name each other would do it for ever.
 */
import { createHash } from 'node:crypto';
import type { Environment, Scope, Tx } from '../../../db/tx.ts';
import { refusalOf } from '../../../events/refusal.ts';
import type { Batch, ForwardedEvent, Stage, TrackedEvent } from '../../../events/types.ts';
import { objectIn } from '../json.ts';
import { type Judgement, judge } from './judge.ts';
import type { Plans } from './plans.ts';
import type { FollowedPlan, PlannedSource } from './sources.ts';

export interface PlanStageParts {
  readonly plans: Plans;
  /** Answers from memory; null: unknown or deleted. */
  readonly sourceOf: (id: string) => PlannedSource | null;
  /** Appends to the log, as part of the transaction. */
  readonly forward: (tx: Tx, events: readonly ForwardedEvent[]) => Promise<void>;
  /** As other doors show the id. */
  readonly shownId: (uuid: string) => string;
}

export function createPlanStage({ plans, sourceOf, forward, shownId }: PlanStageParts): Stage {
  function targetOf(id: string | null, scope: Scope): PlannedSource | null {
    const target = id === null ? null : sourceOf(id);
    return target?.enabled && sameScope(target.scope, scope) ? target : null;
  }

  function forwarded(
    event: TrackedEvent,
    source: PlannedSource,
    plan: FollowedPlan,
    made: Judgement,
  ): ForwardedEvent[] {
    if (event.forwarded) return [];
    const sent: ForwardedEvent[] = [];
    const blockedTo = made.blocked && targetOf(source.schema.forwardBlockedTo, event.scope);
    if (blockedTo) sent.push(blockedEvent(event, source, made.payload, blockedTo.id));
    const violationsTo = targetOf(source.schema.forwardViolationsTo, event.scope);
    if (violationsTo) {
      for (const n of made.violations.keys()) sent.push(violationEvent(event, source, plan, made, n, violationsTo.id));
    }
    return sent;
  }

  function blockedEvent(
    event: TrackedEvent,
    source: PlannedSource,
    payload: Judgement['payload'],
    to: string,
  ): ForwardedEvent {
    const context = objectIn(payload, 'context') ?? {};
    const protocols = { ...objectIn(context, 'protocols'), sourceId: shownId(source.id), sourceName: source.name };
    return { event, sourceId: to, type: event.type, payload: { ...payload, context: { ...context, protocols } } };
  }

  /** As Segment writes it. */
  function violationEvent(
    event: TrackedEvent,
    source: PlannedSource,
    plan: FollowedPlan,
    { violations }: Judgement,
    n: number,
    to: string,
  ): ForwardedEvent {
    const violation = violations[n];
    const context = objectIn(event.payload, 'context');
    const version = objectIn(context, 'app')?.['version'];
    const text = (value: unknown) => (typeof value === 'string' ? value : '');
    const hash = createHash('sha256')
      .update(JSON.stringify([event.sourceId, event.messageId, n]))
      .digest('base64url');
    return {
      event,
      sourceId: to,
      type: 'track',
      payload: {
        type: 'track',
        event: 'Violation Generated',
        userId: 'schema-violations',
        messageId: `sch-${hash}`,
        timestamp: event.receivedAt.toISOString(),
        context: { app: context?.['app'] ?? null, library: context?.['library'] ?? null },
        integrations: {},
        properties: {
          appVersion: text(version),
          eventMessageID: event.messageId,
          eventName: event.name ?? '',
          eventSentAt: text(event.payload['sentAt']),
          eventTimestamp: event.occurredAt.toISOString(),
          eventType: event.type,
          sourceID: shownId(source.id),
          sourceName: source.name,
          sourceSlug: source.slug,
          trackingPlanID: `tp_${shownId(plan.id)}`,
          trackingPlanName: plan.name,
          violationDescription: violation?.description ?? '',
          violationField: violation?.field ?? '',
          violationType: violation?.type ?? '',
        },
      },
    };
  }

  async function run(tx: Tx, batch: Batch): Promise<void> {
    const wanted = new Map<string, FollowedPlan>();
    for (const { sourceId } of batch.events) {
      const plan = sourceOf(sourceId)?.plan;
      if (plan) wanted.set(plan.id, plan);
    }
    if (wanted.size === 0) return;
    const loaded = await plans.load(tx, wanted.values());
    const passed: TrackedEvent[] = [];
    const sent: ForwardedEvent[] = [];
    for (const event of batch.events) {
      const source = sourceOf(event.sourceId);
      const plan = source?.plan;
      const compiled = plan && loaded.get(plan.id);
      if (!source || !plan || !compiled) {
        passed.push(event);
        continue;
      }
      const made = judge(event, compiled, source.schema);
      sent.push(...forwarded(event, source, plan, made));
      const judged = made.payload === event.payload ? event : { ...event, payload: made.payload };
      if (made.blocked) batch.refused.push(refusalOf(judged, { outcome: 'rejected', filtered: true, ...made.blocked }));
      else passed.push(judged);
    }
    batch.events = passed;
    if (sent.length > 0) await forward(tx, sent);
  }

  return { name: 'tracking plans', run };
}

function sameScope(a: Scope, b: { workspaceId: string; environment: Environment }): boolean {
  return a.workspaceId === b.workspaceId && a.environment === b.environment;
}
