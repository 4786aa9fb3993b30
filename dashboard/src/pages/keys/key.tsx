/** How a key is shown: the part that is no secret, its state, its rights. */
import type { ApiKey } from '../../api/types.ts';
import { plural } from '../../lib/time.ts';
import { Badge, type Tone } from '../../ui/badge.tsx';

/** All of a key that is not secret. */
export function shownKey(key: Pick<ApiKey, 'prefix'>): string {
  return `${key.prefix}…`;
}

const STATES: Readonly<Record<ApiKey['state'], Tone | null>> = {
  active: null,
  retiring: 'warn',
  quarantined: 'bad',
  expired: 'neutral',
  revoked: 'neutral',
};

/** Nothing for a key that simply works. */
export function KeyState({ apiKey }: { apiKey: ApiKey }) {
  const tone = STATES[apiKey.state];
  return (
    <>
      {tone && <Badge tone={tone}>{apiKey.state}</Badge>}
      {apiKey.canary && <Badge tone="warn">canary</Badge>}
      {apiKey.agent && <Badge>agent</Badge>}
    </>
  );
}

export function EnvironmentBadge({ apiKey }: { apiKey: ApiKey }) {
  return <Badge tone={apiKey.environment === 'test' ? 'warn' : 'accent'}>{apiKey.environment}</Badge>;
}

export function Scopes({ apiKey }: { apiKey: ApiKey }) {
  const [first, ...rest] = apiKey.scopes;
  return (
    <>
      {apiKey.full_access ? (
        <Badge tone="bad">full access</Badge>
      ) : (
        <Badge title={apiKey.scopes.join('\n')}>
          {rest.length === 0 ? (first ?? 'none') : plural(apiKey.scopes.length, 'scope')}
        </Badge>
      )}
      {apiKey.may_send && <Badge tone="accent">may send</Badge>}
    </>
  );
}
