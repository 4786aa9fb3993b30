/** What became of an event at a destination: the badge, and every attempt behind it. */
import { useQuery } from '@tanstack/react-query';
import { Beaker, Check, Clock, RotateCw, X } from 'lucide-react';
import { useApi } from '../../api/client.ts';
import type { Attempt, EventDelivery } from '../../api/types.ts';
import { duration, plural } from '../../lib/time.ts';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { ErrorState, Skeleton } from '../../ui/state.tsx';
import { Time } from '../../ui/time.tsx';

type Summary = Pick<EventDelivery, 'state' | 'attempts' | 'last_status' | 'last_error'>;

export function deliveryTone({ state, attempts }: Pick<Summary, 'state' | 'attempts'>): Tone {
  if (state === 'delivered') return 'ok';
  if (state === 'failed') return 'bad';
  if (state === 'captured') return 'accent';
  return attempts > 0 ? 'warn' : 'neutral';
}

export function deliveryWord({ state, attempts }: Pick<Summary, 'state' | 'attempts'>): string {
  return state === 'pending' && attempts > 0 ? 'retrying' : state;
}

const ICONS: Partial<Record<string, typeof Check>> = { delivered: Check, failed: X, captured: Beaker };

const SHOWN = 3;

/** One badge a destination; more than three end in a count that looks as bad as the worst of them. */
export function DeliveryBadges({ deliveries }: { deliveries: readonly EventDelivery[] }) {
  if (deliveries.length === 0) return <span className="text-muted">–</span>;
  const shown = deliveries.length > SHOWN ? deliveries.slice(0, SHOWN - 1) : deliveries;
  const rest = deliveries.slice(shown.length);
  return (
    <span className="flex gap-1">
      {shown.map((delivery) => (
        <DeliveryBadge key={delivery.id} delivery={delivery} />
      ))}
      {rest.length > 0 && (
        <Badge tone={worst(rest)} className="shrink-0" title={rest.map(described).join('\n')}>
          +{rest.length}
        </Badge>
      )}
    </span>
  );
}

function worst(deliveries: readonly EventDelivery[]): Tone {
  const tones = deliveries.map(deliveryTone);
  return (['bad', 'warn', 'neutral', 'accent'] as const).find((tone) => tones.includes(tone)) ?? 'ok';
}

/** The destination's name with the state's icon; the title says all of it. */
function DeliveryBadge({ delivery }: { delivery: EventDelivery }) {
  const word = deliveryWord(delivery);
  const Icon = word === 'retrying' ? RotateCw : (ICONS[delivery.state] ?? Clock);
  return (
    <Badge
      tone={deliveryTone(delivery)}
      title={described(delivery)}
      icon={<Icon aria-hidden className="size-3 shrink-0" strokeWidth={2.5} />}
      className="min-w-6"
    >
      {delivery.destination_name}
      <span className="sr-only"> {word}</span>
    </Badge>
  );
}

function described(delivery: EventDelivery): string {
  return `${delivery.destination_name}: ${deliveryWord(delivery)}${lastText(delivery)}`;
}

export function StateBadge({ delivery }: { delivery: Pick<Summary, 'state' | 'attempts'> }) {
  return (
    <Badge tone={deliveryTone(delivery)} dot>
      {deliveryWord(delivery)}
    </Badge>
  );
}

function lastText({ attempts, last_status: status, last_error: error }: Summary): string {
  if (attempts === 0) return '';
  const last = status !== null ? `, last answer ${status}` : error ? `, ${error}` : '';
  return ` after ${plural(attempts, 'attempt')}${last}`;
}

/** Every attempt of one delivery. `changed` names its state, so that a change loads it again. */
export function Attempts({ deliveryId, changed }: { deliveryId: string; changed: string }) {
  const { client, environment } = useApi();
  const query = useQuery({
    queryKey: [environment, 'delivery', deliveryId, changed],
    queryFn: () => client.deliveries.get({ id: deliveryId }),
    placeholderData: (before) => before,
  });
  if (query.isPending) return <Skeleton className="h-4 w-40" />;
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  const { attempts, state, next_attempt_at: next } = query.data;
  return (
    <div className="flex flex-col gap-2">
      {attempts.length === 0 && state === 'pending' && <p className="text-muted">Waiting for the first attempt.</p>}
      {attempts.length > 0 && (
        <ol className="flex flex-col">
          {attempts.map((attempt) => (
            <AttemptRow key={attempt.attempt} attempt={attempt} />
          ))}
        </ol>
      )}
      {state === 'captured' && (
        <p className="text-muted">Test environment: the call was captured in the Sandbox, nothing left.</p>
      )}
      {state === 'pending' && attempts.length > 0 && next && (
        <p className="text-[13px] text-muted">
          Next attempt <Time value={next} />
        </p>
      )}
    </div>
  );
}

function AttemptRow({ attempt }: { attempt: Attempt }) {
  const good = attempt.status !== null && attempt.status >= 200 && attempt.status < 300;
  return (
    <li className="relative border-l pb-2.5 pl-4 last:pb-0">
      <span aria-hidden className={`absolute top-1.5 -left-[4.5px] size-2 rounded-full ${good ? 'bg-ok' : 'bg-bad'}`} />
      <div className="flex flex-wrap items-baseline gap-x-3 text-[13px]">
        <span className="font-medium">
          {attempt.status ?? 'No answer'}
          <span className="sr-only">, attempt {attempt.attempt}</span>
        </span>
        <span className="text-muted">{duration(attempt.duration_ms)}</span>
        <Time value={attempt.started_at} className="ml-auto text-muted" />
      </div>
      {attempt.error && <p className="break-words text-[13px] text-bad">{attempt.error}</p>}
      {attempt.response && (
        <details className="mt-0.5">
          <summary className="text-[13px] text-muted">Response</summary>
          <pre className="mt-1 max-h-40 overflow-auto whitespace-pre-wrap break-words rounded bg-sunken p-2 font-mono text-xs">
            {attempt.response}
          </pre>
        </details>
      )}
    </li>
  );
}
