/** One type of the catalog: its settings, its actions with their fields, and where to set one up. */
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useApi } from '../../api/client.ts';
import type { CatalogDetail } from '../../api/types.ts';
import { Initials } from '../../catalog/initials.tsx';
import { type CatalogKind, typeQuery } from '../../catalog/queries.ts';
import { plural } from '../../lib/time.ts';
import { Badge } from '../../ui/badge.tsx';
import { buttonClass } from '../../ui/button.tsx';
import { Page, Panel, Table, Td, Th, Tr } from '../../ui/page.tsx';
import { ErrorState, Skeleton } from '../../ui/state.tsx';

const route = getRouteApi('/shell/catalog/$kind/$typeId');

export function CatalogType() {
  const { kind, typeId } = route.useParams();
  const query = useQuery(typeQuery(useApi(), kind as CatalogKind, typeId));
  const type = query.data;
  return (
    <Page
      title={
        type ? (
          <span className="flex items-center gap-3">
            <Initials name={type.name} />
            {type.name}
          </span>
        ) : (
          <Skeleton className="h-8 w-56" />
        )
      }
      documentTitle={type?.name ?? 'Catalog'}
      description={type?.description || type?.categories.join(', ')}
      back={
        <Link to="/catalog" search={{ kind: kind as CatalogKind }} className="hover:text-ink hover:underline">
          ← Catalog
        </Link>
      }
      actions={type && <SetUp kind={kind as CatalogKind} type={type} />}
    >
      {query.isError && (
        <Panel>
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        </Panel>
      )}
      {query.isPending && <Skeleton className="h-80 w-full" />}
      {type && <Settings type={type} />}
      {type?.action_types.map((action) => (
        <Action key={action.id} action={action} />
      ))}
    </Page>
  );
}

function SetUp({ kind, type }: { kind: CatalogKind; type: CatalogDetail }) {
  if (kind === 'sources') {
    return (
      <Link to="/sources" search={{ setup: type.slug }} className={buttonClass('primary')}>
        <Plus aria-hidden /> Set up
      </Link>
    );
  }
  return (
    <Link
      to={kind === 'warehouses' ? '/warehouses/new' : '/destinations/new'}
      search={{ setup: type.slug }}
      className={buttonClass('primary')}
    >
      <Plus aria-hidden /> Set up
    </Link>
  );
}

function Settings({ type }: { type: CatalogDetail }) {
  return (
    <Panel title="Settings" flush={type.settings.length > 0}>
      {type.settings.length === 0 ? (
        <p className="text-muted">It has none.</p>
      ) : (
        <Table label="Settings">
          <thead>
            <tr>
              <Th>Name</Th>
              <Th>Type</Th>
              <Th className="max-sm:hidden">Description</Th>
            </tr>
          </thead>
          <tbody>
            {type.settings.map((setting) => (
              <Tr key={setting.name}>
                <Td className="break-words">
                  <code className="font-mono text-[13px]">{setting.name}</code>
                  {setting.required && <Badge className="ml-2">required</Badge>}
                </Td>
                <Td className="text-muted">{setting.type}</Td>
                <Td className="text-muted max-sm:hidden">{setting.description || setting.label}</Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      )}
    </Panel>
  );
}

function Action({ action }: { action: CatalogDetail['action_types'][number] }) {
  return (
    <details className="min-w-0 rounded-lg border bg-panel">
      <summary className="flex min-h-11 cursor-pointer flex-wrap items-center gap-x-3 gap-y-1 px-4 py-1.5">
        <span className="font-semibold">{action.name}</span>
        {action.default_trigger && (
          <code className="min-w-0 break-words font-mono text-[13px] text-muted">{action.default_trigger}</code>
        )}
        <span className="ml-auto text-[13px] text-muted">{plural(action.fields.length, 'field')}</span>
      </summary>
      <Table label={`Fields of ${action.name}`}>
        <tbody className="border-t">
          {action.fields.map((field) => (
            <Tr key={field.key}>
              <Td className="break-words">
                <code className="font-mono text-[13px]">{field.key}</code>
                {field.required && <Badge className="ml-2">required</Badge>}
              </Td>
              <Td className="text-muted">{field.type.toLowerCase()}</Td>
              <Td className="text-muted max-sm:hidden">{field.label}</Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </details>
  );
}
