/** OAuth apps of the workspace, and what its users agreed to. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { AppWindow, Plus } from 'lucide-react';
import { useState } from 'react';
import { useApi, useCan } from '../../api/client.ts';
import { Listing, listQuery } from '../../api/list.tsx';
import type { OAuthApp } from '../../api/types.ts';
import { Button } from '../../ui/button.tsx';
import { Page, Panel, STRETCH, Table, Td, Th, Tr } from '../../ui/page.tsx';
import { EmptyState } from '../../ui/state.tsx';
import { Time } from '../../ui/time.tsx';
import { AppBadges } from './app.tsx';
import { Grants } from './grants.tsx';
import { RegisterApp } from './register.tsx';

export function Apps() {
  const { client, environment } = useApi();
  const allowed = useCan('oauth:manage');
  const [registering, setRegistering] = useState(false);
  const query = useInfiniteQuery({
    ...listQuery<OAuthApp>([environment, 'oauth-apps'], (cursor) => client.oauthClients.list({ cursor, limit: 100 })),
    enabled: allowed,
  });
  const register = allowed && (
    <Button variant="primary" icon={<Plus aria-hidden />} onClick={() => setRegistering(true)}>
      Register app
    </Button>
  );
  return (
    <Page
      title="OAuth apps"
      documentTitle="OAuth apps"
      description="Apps that act for users who agreed to it, or for themselves, without anybody handing over a key."
      actions={query.data?.total ? register : undefined}
    >
      {allowed ? (
        <>
          <Panel title="Registered apps" flush>
            <Listing
              query={query}
              rows={3}
              empty={
                <EmptyState icon={<AppWindow />} title="No app is registered" action={register}>
                  Register an app, send its users to <code className="font-mono text-[13px]">/oauth/authorize</code>,
                  and it gets tokens that can be ended here at any time.
                </EmptyState>
              }
            >
              {(apps) => <List apps={apps} />}
            </Listing>
          </Panel>
          <Grants />
        </>
      ) : (
        <Panel>
          <EmptyState icon={<AppWindow />} title="Your role cannot manage OAuth apps">
            Owners and admins of the workspace can.
          </EmptyState>
        </Panel>
      )}
      <RegisterApp open={registering} onOpenChange={setRegistering} />
    </Page>
  );
}

function List({ apps }: { apps: OAuthApp[] }) {
  return (
    <Table label="OAuth apps">
      <thead className="max-md:head-hidden">
        <tr>
          <Th>Name</Th>
          <Th className="max-md:hidden">May ask for</Th>
          <Th className="text-right max-md:hidden">Registered</Th>
        </tr>
      </thead>
      <tbody>
        {apps.map((app) => (
          <Tr key={app.id}>
            <Td>
              <Link to="/settings/apps/$appId" params={{ appId: app.id }} className={`${STRETCH} break-words`}>
                {app.name}
              </Link>
              <br />
              <code className="break-all font-mono text-muted text-xs">{app.id}</code>
              <div className="mt-1 flex flex-wrap gap-1.5 md:hidden">
                <AppBadges app={app} />
              </div>
            </Td>
            <Td className="max-md:hidden">
              <span className="flex flex-wrap gap-1.5">
                <AppBadges app={app} />
              </span>
            </Td>
            <Td className="max-w-56 text-right max-md:hidden">
              <div className="truncate">{app.created_by}</div>
              <Time value={app.created_at} className="text-muted text-xs" />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
