/** Sessions, one below the other: which browser, from where, since when. */
import type { Session } from '../../api/types.ts';
import { describeAgent } from '../../lib/agent.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Time } from '../../ui/time.tsx';

const FACTORS: Readonly<Record<string, string>> = {
  totp: 'with a code',
  recovery_code: 'with a recovery code',
  passkey: 'with a passkey',
};

interface SessionRowsProps {
  sessions: readonly Session[];
  /** The id of the one that is being ended. */
  ending: string | undefined;
  onEnd: (session: Session) => void;
}

export function SessionRows({ sessions, ending, onEnd }: SessionRowsProps) {
  return (
    <ul className="divide-y">
      {sessions.map((session) => (
        <li key={session.id} className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2.5">
          <div className="min-w-0 flex-1 basis-48">
            <p className="flex flex-wrap items-center gap-2">
              <span className="line-clamp-2 min-w-0 break-all font-medium" title={session.user_agent ?? undefined}>
                {describeAgent(session.user_agent)}
              </span>
              {session.current && <Badge tone="ok">this one</Badge>}
            </p>
            <p className="text-[13px] text-muted">
              {session.ip ?? 'unknown address'} · used <Time value={session.last_used_at} /> · signed in{' '}
              <Time value={session.created_at} /> {FACTORS[session.second_factor ?? ''] ?? 'without a second factor'}
            </p>
          </div>
          {!session.current && (
            <Button
              size="sm"
              variant="danger"
              busy={ending === session.id}
              aria-label={`End the session of ${describeAgent(session.user_agent)}`}
              onClick={() => onEnd(session)}
            >
              End
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
