/** Adding a warehouse: choose its type, then fill in the form that the type asks for. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useApi } from '../../api/client.ts';
import type { CatalogDetail } from '../../api/types.ts';
import { Initials } from '../../catalog/initials.tsx';
import { typeQuery } from '../../catalog/queries.ts';
import { changesOf, defaultsOf, fieldErrors, SettingsForm, type Values } from '../../catalog/settings-form.tsx';
import { Types } from '../../catalog/types.tsx';
import { Button } from '../../ui/button.tsx';
import { SearchBox, SwitchField, TextField } from '../../ui/form.tsx';
import { Page, Panel, STRETCH } from '../../ui/page.tsx';
import { ErrorState, InlineError, Skeleton } from '../../ui/state.tsx';

const route = getRouteApi('/shell/warehouses/new');

export function NewWarehouse() {
  const { setup: type } = route.useSearch();
  const [q, setQ] = useState('');
  const chosen = useQuery({ ...typeQuery(useApi(), 'warehouses', type ?? ''), enabled: type !== undefined });
  return (
    <Page
      title="Add a warehouse"
      documentTitle="Add a warehouse"
      description={type ? undefined : 'Which kind of database is it?'}
      back={
        <Link to="/warehouses" className="hover:text-ink hover:underline">
          ← Warehouses
        </Link>
      }
    >
      {type === undefined && (
        <>
          <SearchBox label="Search warehouses" placeholder="Name" value={q} onChange={setQ} />
          <Panel flush className="overflow-hidden">
            <Types
              kind="warehouses"
              q={q}
              renderName={({ slug, name }) => (
                <Link to="/warehouses/new" search={{ setup: slug }} className={STRETCH}>
                  {name}
                </Link>
              )}
            />
          </Panel>
        </>
      )}
      {type !== undefined && chosen.isPending && <Skeleton className="h-80 w-full" />}
      {chosen.isError && (
        <Panel>
          <ErrorState error={chosen.error} onRetry={() => void chosen.refetch()} />
        </Panel>
      )}
      {type !== undefined && chosen.data && <Form key={chosen.data.id} type={chosen.data} />}
    </Page>
  );
}

function Form({ type }: { type: CatalogDetail }) {
  const { client, environment } = useApi();
  const queries = useQueryClient();
  const navigate = route.useNavigate();
  const [name, setName] = useState('');
  const [values, setValues] = useState<Values>(() => defaultsOf(type.settings));
  const [connect, setConnect] = useState(true);
  const create = useMutation({
    mutationFn: () =>
      client.warehouses.create({
        type: type.id,
        ...(name.trim() !== '' && { name: name.trim() }),
        settings: changesOf(values, {}),
        connect_sources: connect,
      }),
    onSuccess: (made) => {
      void queries.invalidateQueries({ queryKey: [environment, 'warehouses'] });
      void navigate({ to: '/warehouses/$warehouseId', params: { warehouseId: made.id } });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate();
  };
  return (
    <Panel
      title={
        <span className="flex items-center gap-3">
          <Initials name={type.name} className="size-6" /> {type.name}
        </span>
      }
      className="max-w-2xl"
      actions={
        <Link to="/warehouses/new" className="text-accent hover:underline">
          Another type
        </Link>
      }
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        <TextField label="Name" maxLength={200} value={name} onChange={setName} placeholder="Production" />
        <SettingsForm
          settings={type.settings}
          values={values}
          errors={fieldErrors(create.error)}
          onChange={setValues}
        />
        <SwitchField
          label="All sources feed it"
          hint="Those that are there now. Each can be taken out and put in later."
          checked={connect}
          onChange={setConnect}
        />
        <InlineError error={create.error} />
        <div>
          <Button type="submit" variant="primary" busy={create.isPending}>
            Add warehouse
          </Button>
        </div>
      </form>
    </Panel>
  );
}
