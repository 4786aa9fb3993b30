/** API Keys: all keys of the workspace, live and test together. */
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { KeyRound, Plus, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { useApi, useCan } from '../../api/client.ts';
import { Listing, listQuery } from '../../api/list.tsx';
import type { ApiKey } from '../../api/types.ts';
import { cx } from '../../lib/cx.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { Page, Panel, STRETCH, Table, Td, Th, Tr } from '../../ui/page.tsx';
import { EmptyState } from '../../ui/state.tsx';
import { Time } from '../../ui/time.tsx';
import { toastDone } from '../../ui/toast.tsx';
import { CreateKey } from './create.tsx';
import { EnvironmentBadge, KeyState, Scopes, shownKey } from './key.tsx';
import { UnusedKeys } from './unused.tsx';

/** What the question before a revoke shows. */
type Revocable = Pick<ApiKey, 'id' | 'name' | 'public_id' | 'last_used_at'>;

export function ApiKeys() {
  const { client, environment } = useApi();
  const queries = useQueryClient();
  const allowed = useCan('api-keys:manage');
  const [creating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<Revocable | null>(null);
  const query = useInfiniteQuery({
    ...listQuery<ApiKey>([environment, 'api-keys'], (cursor) => client.apiKeys.list({ cursor, limit: 100 })),
    enabled: allowed,
  });
  const revoke = async () => {
    if (!revoking) return;
    await client.apiKeys.revoke({ id: revoking.id });
    await queries.invalidateQueries({ queryKey: [environment, 'api-keys'] });
    toastDone(`${revoking.name} is revoked.`);
  };
  const create = allowed && (
    <Button variant="primary" icon={<Plus aria-hidden />} onClick={() => setCreating(true)}>
      Create key
    </Button>
  );
  return (
    <Page
      title="API Keys"
      documentTitle="API Keys"
      description="Keys for servers and scripts. Each belongs to one environment and can do what its scopes name."
      actions={
        <>
          <Link to="/settings/api-keys/policy" className={buttonClass()}>
            <ShieldCheck aria-hidden />
            Policy
          </Link>
          {query.data?.total ? create : undefined}
        </>
      }
    >
      {allowed && <UnusedKeys onRevoke={setRevoking} />}
      <Panel flush>
        {allowed ? (
          <Listing
            query={query}
            empty={
              <EmptyState icon={<KeyRound />} title="No API key yet" action={create}>
                A key lets a server or a script use the API: read events and people, manage templates, send email.
              </EmptyState>
            }
          >
            {(keys) => <Keys keys={keys} onRevoke={setRevoking} />}
          </Listing>
        ) : (
          <EmptyState icon={<KeyRound />} title="Your role cannot manage API keys">
            Owners and admins of the workspace can. Ask one of them for a key.
          </EmptyState>
        )}
      </Panel>
      <CreateKey open={creating} onOpenChange={setCreating} />
      <ConfirmDialog
        open={revoking !== null}
        onOpenChange={(open) => !open && setRevoking(null)}
        title={`Revoke ${revoking?.name ?? 'this key'}?`}
        action="Revoke key"
        onConfirm={revoke}
      >
        <p>
          Every request with the key <code className="font-mono text-[13px]">{revoking?.public_id}</code> gets a 401
          from this moment on. A revoked key cannot be brought back.
        </p>
        {revoking && (
          <p className="mt-2">
            {revoking.last_used_at ? (
              <>
                It was last used <Time value={revoking.last_used_at} className="font-medium text-ink" />.
              </>
            ) : (
              'It was never used.'
            )}
          </p>
        )}
      </ConfirmDialog>
    </Page>
  );
}

function Keys({ keys, onRevoke }: { keys: ApiKey[]; onRevoke: (key: ApiKey) => void }) {
  return (
    <Table label="API keys">
      <thead className="max-md:head-hidden">
        <tr>
          <Th>Label</Th>
          <Th className="max-md:hidden">Environment</Th>
          <Th className="max-md:hidden">Scopes</Th>
          <Th className="max-lg:hidden">Created by</Th>
          <Th className="max-md:hidden">Last used</Th>
          <Th>
            <span className="sr-only">Revoke</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => (
          <Tr key={key.id} className={cx(key.revoked_at && 'text-muted')}>
            <Td className="align-top">
              <Link
                to="/settings/api-keys/$keyId"
                params={{ keyId: key.id }}
                className={cx(STRETCH, 'break-words', key.revoked_at && 'line-through')}
              >
                {key.name}
              </Link>
              <br />
              <code className="font-mono text-muted text-xs">{shownKey(key)}</code>
              <div className="mt-1 flex flex-wrap gap-1.5 md:hidden">
                <EnvironmentBadge apiKey={key} />
                <Scopes apiKey={key} />
                <KeyState apiKey={key} />
              </div>
            </Td>
            <Td className="align-top max-md:hidden">
              <EnvironmentBadge apiKey={key} />
            </Td>
            <Td className="align-top max-md:hidden">
              <span className="flex flex-wrap gap-1.5">
                <Scopes apiKey={key} />
                <KeyState apiKey={key} />
              </span>
            </Td>
            <Td className="max-w-56 align-top max-lg:hidden">
              <div className="truncate">{key.created_by ?? '–'}</div>
              <Time value={key.created_at} className="text-muted text-xs" />
            </Td>
            <Td className="align-top text-muted max-md:hidden">
              <Time value={key.last_used_at} />
            </Td>
            <Td className="text-right align-top">
              {key.revoked_at ? (
                <span className="whitespace-nowrap text-[13px]">
                  Revoked <Time value={key.revoked_at} />
                </span>
              ) : (
                <Button
                  size="sm"
                  variant="danger"
                  className="relative"
                  onClick={() => onRevoke(key)}
                  aria-label={`Revoke ${key.name}`}
                >
                  Revoke
                </Button>
              )}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
