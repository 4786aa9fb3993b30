/** The sandbox: what the test environment would have sent, captured whole. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Beaker, Mail, Webhook } from 'lucide-react';
import { useApi } from '../../api/client.ts';
import { Listing, listQuery } from '../../api/list.tsx';
import type { SandboxItem } from '../../api/types.ts';
import { Badge } from '../../ui/badge.tsx';
import { buttonClass } from '../../ui/button.tsx';
import { Page, Panel, STRETCH, Table, Td, Th, Tr } from '../../ui/page.tsx';
import { EmptyState } from '../../ui/state.tsx';
import { Segmented } from '../../ui/tabs.tsx';
import { Time } from '../../ui/time.tsx';

const route = getRouteApi('/shell/sandbox');
const REFRESH_MS = 4_000;

export function Sandbox() {
  const { kind } = route.useSearch();
  const navigate = route.useNavigate();
  const { client, environment } = useApi();
  const test = environment === 'test';
  const query = useInfiniteQuery({
    ...listQuery<SandboxItem>([environment, 'sandbox', { kind }], (cursor) =>
      client.sandbox.list({ kind, cursor, limit: 50 }),
    ),
    refetchInterval: REFRESH_MS,
    enabled: test,
  });
  return (
    <Page
      title="Sandbox"
      documentTitle="Sandbox"
      description="In the test environment nothing leaves. What would have left stands here, whole."
      actions={
        test && (
          <Segmented
            label="Kind"
            value={kind ?? 'all'}
            onChange={(next) => void navigate({ search: { kind: next === 'all' ? undefined : next }, replace: true })}
            options={[
              { value: 'all' as const, label: 'All' },
              { value: 'email' as const, label: 'Email' },
              { value: 'http' as const, label: 'HTTP' },
            ]}
          />
        )
      }
    >
      <Panel flush>
        {test ? (
          <Listing
            query={query}
            empty={
              <EmptyState
                icon={<Beaker />}
                title="Nothing captured yet"
                action={
                  <>
                    <Link to="/templates" className={buttonClass()}>
                      Send a template
                    </Link>
                    <Link to="/destinations" className={buttonClass()}>
                      Add a test webhook
                    </Link>
                  </>
                }
              >
                Send an email with a test key, or an event to a test source that has a webhook.
              </EmptyState>
            }
          >
            {(items) => <Items items={items} />}
          </Listing>
        ) : (
          <EmptyState
            icon={<Beaker />}
            title="The sandbox belongs to the test environment"
            action={
              <Link to="/sandbox" search={{ env: 'test' }} className={buttonClass('primary')}>
                Switch to test
              </Link>
            }
          >
            In live, email and webhook calls really leave. In test they are captured here instead.
          </EmptyState>
        )}
      </Panel>
    </Page>
  );
}

function Items({ items }: { items: SandboxItem[] }) {
  return (
    <Table label="Captured messages" fixed>
      <thead className="head-hidden">
        <tr>
          <Th className="w-24">Kind</Th>
          <Th>Summary</Th>
          <Th className="w-28 max-sm:w-22">Captured</Th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <Tr key={item.id}>
            <Td className="w-24">
              <Badge
                tone={item.kind === 'email' ? 'accent' : 'neutral'}
                icon={
                  item.kind === 'email' ? (
                    <Mail aria-hidden className="size-3" />
                  ) : (
                    <Webhook aria-hidden className="size-3" />
                  )
                }
              >
                {item.kind === 'email' ? 'Email' : 'HTTP'}
              </Badge>
            </Td>
            <Td className="truncate max-sm:whitespace-normal max-sm:break-words">
              <Link to="/sandbox/$itemId" params={{ itemId: item.id }} className={STRETCH} title={item.summary}>
                {item.summary}
              </Link>
            </Td>
            <Td className="w-28 text-right text-muted max-sm:w-22">
              <Time value={item.created_at} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
