/** Keys that nobody used for three months: each is a way in that nobody would miss. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Hourglass } from 'lucide-react';
import { useApi, useCan } from '../../api/client.ts';
import type { UnusedKey } from '../../api/types.ts';
import { plural } from '../../lib/time.ts';
import { Button } from '../../ui/button.tsx';
import { Time } from '../../ui/time.tsx';

const DAYS = 90;

export function UnusedKeys({ onRevoke }: { onRevoke: (key: UnusedKey) => void }) {
  const { client, environment } = useApi();
  const allowed = useCan('usage:read');
  const query = useQuery({
    // Under the keys' own name: a key that is revoked leaves this list, too.
    queryKey: [environment, 'api-keys', 'unused'],
    queryFn: () => client.usage.unusedKeys({ days: DAYS }),
    enabled: allowed,
    staleTime: 60_000,
  });
  const keys = query.data?.items ?? [];
  // A hint: while it loads or fails there is nothing to say.
  if (keys.length === 0) return null;
  return (
    <details className="rounded-lg border border-warn bg-warn-soft">
      <summary className="cursor-pointer rounded-lg px-4 py-2.5">
        <Hourglass aria-hidden className="mr-2 inline size-4 align-[-3px] text-warn" />
        <strong className="font-medium">
          {plural(keys.length, 'key')} not used for {DAYS} days.
        </strong>{' '}
        Revoke what nobody needs.
      </summary>
      <ul aria-label="Unused keys" className="max-h-96 divide-y overflow-y-auto border-t bg-panel">
        {keys.map((key) => (
          <li key={key.id} className="flex items-center gap-3 px-4 py-2">
            <div className="min-w-0 flex-1">
              <Link
                to="/settings/api-keys/$keyId"
                params={{ keyId: key.id }}
                className="break-words font-medium hover:text-accent-strong hover:underline"
              >
                {key.name}
              </Link>{' '}
              <code className="font-mono text-muted text-xs">{key.public_id}</code>
              <div className="text-[13px] text-muted">
                {key.environment}, made <Time value={key.created_at} />, last used <Time value={key.last_used_at} />
              </div>
            </div>
            <Button
              size="sm"
              variant="danger"
              onClick={() => onRevoke(key)}
              aria-label={`Revoke ${key.name}, which is not used`}
            >
              Revoke
            </Button>
          </li>
        ))}
      </ul>
    </details>
  );
}
