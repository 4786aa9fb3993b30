/** What users of the workspace agreed to: which app, in whose name, with which rights; each can be ended. */
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Handshake } from 'lucide-react';
import { useState } from 'react';
import { useApi } from '../../api/client.ts';
import { Listing, listQuery } from '../../api/list.tsx';
import type { OAuthGrant } from '../../api/types.ts';
import { plural } from '../../lib/time.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { Panel, Table, Td, Th, Tr } from '../../ui/page.tsx';
import { EmptyState } from '../../ui/state.tsx';
import { Time } from '../../ui/time.tsx';
import { toastDone } from '../../ui/toast.tsx';

export function Grants() {
  const { client, environment } = useApi();
  const queries = useQueryClient();
  const [ending, setEnding] = useState<OAuthGrant | null>(null);
  const query = useInfiniteQuery(
    listQuery<OAuthGrant>([environment, 'oauth-grants'], (cursor) => client.oauthGrants.list({ cursor, limit: 50 })),
  );
  const end = async () => {
    if (!ending) return;
    await client.oauthGrants.revoke({ id: ending.id });
    await queries.invalidateQueries({ queryKey: [environment, 'oauth-grants'] });
    toastDone(`${nameOf(ending)} is out.`);
  };
  return (
    <Panel title="What users agreed to" flush>
      <Listing
        query={query}
        rows={3}
        empty={
          <EmptyState icon={<Handshake />} title="Nobody has agreed to an app yet">
            Once a user of this workspace lets an app in, it stands here with what it may do.
          </EmptyState>
        }
      >
        {(grants) => (
          <Table label="Consents">
            <thead className="max-md:head-hidden">
              <tr>
                <Th>App</Th>
                <Th className="max-md:hidden">Acts for</Th>
                <Th className="max-md:hidden">May</Th>
                <Th>
                  <span className="sr-only">Revoke</span>
                </Th>
              </tr>
            </thead>
            <tbody>
              {grants.map((grant) => (
                <Tr key={grant.id}>
                  <Td className="align-top">
                    <span className="break-words font-medium">{nameOf(grant)}</span>
                    <div className="text-muted text-xs">
                      since <Time value={grant.created_at} />
                    </div>
                    <div className="mt-1 break-all text-[13px] md:hidden">{grant.user_email}</div>
                    <div className="mt-1 flex flex-wrap gap-1.5 md:hidden">
                      <Rights grant={grant} />
                    </div>
                  </Td>
                  <Td className="max-w-56 break-words align-top max-md:hidden">{grant.user_email}</Td>
                  <Td className="align-top max-md:hidden">
                    <span className="flex flex-wrap gap-1.5">
                      <Rights grant={grant} />
                    </span>
                  </Td>
                  <Td className="text-right align-top">
                    <Button
                      size="sm"
                      variant="danger"
                      aria-label={`Revoke ${nameOf(grant)} for ${grant.user_email}`}
                      onClick={() => setEnding(grant)}
                    >
                      Revoke
                    </Button>
                  </Td>
                </Tr>
              ))}
            </tbody>
          </Table>
        )}
      </Listing>
      <ConfirmDialog
        open={ending !== null}
        onOpenChange={(open) => !open && setEnding(null)}
        title={`Revoke ${ending ? nameOf(ending) : 'this consent'}?`}
        action="Revoke consent"
        onConfirm={end}
      >
        It acted for {ending?.user_email}. Its tokens are refused from the next request on; to come back it has to ask
        again.
      </ConfirmDialog>
    </Panel>
  );
}

/** An app that is gone has no name any more. */
function nameOf(grant: OAuthGrant): string {
  return grant.client_name || 'An app that was deleted';
}

function Rights({ grant }: { grant: OAuthGrant }) {
  return (
    <>
      <Badge tone={grant.environment === 'test' ? 'warn' : 'accent'}>{grant.environment}</Badge>
      <Badge title={grant.scopes.join('\n')}>
        {grant.scopes.length === 1 ? grant.scopes[0] : plural(grant.scopes.length, 'scope')}
      </Badge>
      {grant.may_send && <Badge tone="accent">may send</Badge>}
    </>
  );
}
