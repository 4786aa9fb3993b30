/** One warehouse: its settings, whether it can be reached, and the sources that feed it. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { PlugZap } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useApi, useCan } from '../../api/client.ts';
import { sourcesQuery } from '../../api/sources.ts';
import type { CatalogDetail, Warehouse } from '../../api/types.ts';
import { Initials } from '../../catalog/initials.tsx';
import { typeQuery } from '../../catalog/queries.ts';
import { changesOf, fieldErrors, SettingsForm, type Values } from '../../catalog/settings-form.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { SwitchField, TextField } from '../../ui/form.tsx';
import { Page, Panel } from '../../ui/page.tsx';
import { ErrorState, InlineError, Skeleton } from '../../ui/state.tsx';
import { toastDone, toastError } from '../../ui/toast.tsx';
import { feedingQuery } from './queries.ts';

const route = getRouteApi('/shell/warehouses/$warehouseId');

export function WarehouseDetail() {
  const { warehouseId } = route.useParams();
  const api = useApi();
  const query = useQuery({
    queryKey: [api.environment, 'warehouse', warehouseId],
    queryFn: () => api.client.warehouses.get({ id: warehouseId }),
  });
  const warehouse = query.data;
  const type = useQuery({
    ...typeQuery(api, 'warehouses', warehouse?.type.id ?? ''),
    enabled: warehouse !== undefined,
  });
  const name = warehouse?.name ?? warehouse?.type.name;
  return (
    <Page
      title={
        warehouse ? (
          <span className="flex items-center gap-3">
            <Initials name={warehouse.type.name} /> {name}
          </span>
        ) : (
          <Skeleton className="h-8 w-48" />
        )
      }
      documentTitle={name ?? 'Warehouse'}
      back={
        <Link to="/warehouses" className="hover:text-ink hover:underline">
          ← Warehouses
        </Link>
      }
    >
      {(query.isError || type.isError) && (
        <Panel>
          <ErrorState error={query.error ?? type.error} onRetry={() => void query.refetch()} />
        </Panel>
      )}
      {(query.isPending || type.isPending) && !query.isError && <Skeleton className="h-80 w-full" />}
      {warehouse && type.data && (
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
          <Settings key={warehouse.updated_at} warehouse={warehouse} type={type.data} />
          <div className="flex min-w-0 flex-col gap-4">
            <Connection warehouse={warehouse} />
            <Feeding warehouseId={warehouse.id} />
          </div>
        </div>
      )}
    </Page>
  );
}

function Settings({ warehouse, type }: { warehouse: Warehouse; type: CatalogDetail }) {
  const { client, environment } = useApi();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const allowed = useCan('destinations:write');
  const [name, setName] = useState(warehouse.name ?? '');
  // Secrets are never shown: their fields are empty until something new is typed.
  const secrets = type.settings.filter((setting) => setting.secret).map((setting) => setting.name);
  const before: Values = Object.fromEntries(
    Object.entries(warehouse.settings).filter(([key]) => !secrets.includes(key)),
  );
  const [values, setValues] = useState<Values>(before);
  const [deleting, setDeleting] = useState(false);
  const changes = changesOf(values, before);
  const renamed = name.trim() !== (warehouse.name ?? '');
  const update = useMutation({
    mutationFn: (change: { enabled?: boolean; name?: string | null; settings?: Record<string, unknown> }) =>
      client.warehouses.update({ id: warehouse.id, ...change }),
    onSuccess: (updated) => {
      queries.setQueryData([environment, 'warehouse', warehouse.id], updated);
      void queries.invalidateQueries({ queryKey: [environment, 'warehouses'] });
      toastDone('Saved.');
    },
  });
  const save = (event: FormEvent) => {
    event.preventDefault();
    update.mutate({
      ...(renamed && { name: name.trim() === '' ? null : name.trim() }),
      ...(Object.keys(changes).length > 0 && { settings: changes }),
    });
  };
  const remove = async () => {
    await client.warehouses.delete({ id: warehouse.id });
    toastDone('The warehouse is deleted.');
    void queries.invalidateQueries({ queryKey: [environment, 'warehouses'] });
    await navigate({ to: '/warehouses' });
  };
  return (
    <Panel title="Settings">
      <form onSubmit={save} className="flex flex-col gap-4">
        <TextField label="Name" maxLength={200} disabled={!allowed} value={name} onChange={setName} />
        <SettingsForm
          settings={type.settings}
          values={values}
          stored={secrets}
          errors={fieldErrors(update.error)}
          disabled={!allowed}
          onChange={setValues}
        />
        <SwitchField
          label="Enabled"
          checked={update.isPending ? (update.variables.enabled ?? warehouse.enabled) : warehouse.enabled}
          disabled={!allowed}
          onChange={(enabled) => update.mutate({ enabled }, { onError: toastError })}
        />
        <InlineError error={update.error} />
        {allowed && (
          <div className="flex flex-wrap justify-between gap-2 border-t pt-4">
            <Button
              type="submit"
              variant="primary"
              busy={update.isPending}
              disabled={!renamed && Object.keys(changes).length === 0}
            >
              Save
            </Button>
            <Button variant="danger" onClick={() => setDeleting(true)}>
              Delete warehouse
            </Button>
          </div>
        )}
      </form>
      <ConfirmDialog
        open={deleting}
        onOpenChange={setDeleting}
        title="Delete this warehouse?"
        action="Delete warehouse"
        onConfirm={remove}
      >
        Its settings and connections are forgotten. What is in the database itself stays. This cannot be undone.
      </ConfirmDialog>
    </Panel>
  );
}

function Connection({ warehouse }: { warehouse: Warehouse }) {
  const { client } = useApi();
  const allowed = useCan('destinations:write');
  const attempt = useMutation({ mutationFn: () => client.warehouses.try({ id: warehouse.id }) });
  return (
    <Panel title="Connection">
      <div className="flex flex-col gap-3">
        <p className="text-muted">Connects with the stored settings, now. It may take up to ten seconds.</p>
        <div className="flex flex-wrap items-center gap-3">
          <Button
            icon={<PlugZap aria-hidden />}
            busy={attempt.isPending}
            disabled={!allowed}
            onClick={() => attempt.mutate()}
          >
            Try it
          </Button>
          <span role="status">
            {attempt.data && (
              <Badge tone={attempt.data.state === 'CONNECTED' ? 'ok' : 'bad'}>
                {attempt.data.state === 'CONNECTED' ? 'It works' : 'It cannot be reached'}
              </Badge>
            )}
          </span>
        </div>
        <InlineError error={attempt.error} />
      </div>
    </Panel>
  );
}

function Feeding({ warehouseId }: { warehouseId: string }) {
  const api = useApi();
  const { client, environment } = api;
  const queries = useQueryClient();
  const allowed = useCan('destinations:write');
  const sources = useInfiniteQuery(sourcesQuery(api));
  const feeding = useInfiniteQuery(feedingQuery(api, warehouseId));
  const connected = new Set((feeding.data?.items ?? []).map(({ id }) => id));
  const change = useMutation({
    mutationFn: ({ sourceId, on }: { sourceId: string; on: boolean }) =>
      on
        ? client.warehouses.connect({ id: warehouseId, source_id: sourceId })
        : client.warehouses.disconnect({ id: warehouseId, source_id: sourceId }),
    onSettled: () => queries.invalidateQueries({ queryKey: [environment, 'warehouse', warehouseId, 'sources'] }),
    onError: toastError,
  });
  return (
    <Panel title="Sources that feed it">
      {(sources.isPending || feeding.isPending) && <Skeleton className="h-5 w-32" />}
      {(sources.isError || feeding.isError) && <InlineError error={sources.error ?? feeding.error} />}
      {sources.data?.total === 0 && <p className="text-muted">There is no source yet.</p>}
      <div className="flex flex-col gap-3">
        {feeding.data &&
          sources.data?.items.map((source) => (
            <SwitchField
              key={source.id}
              label={source.name}
              checked={
                change.isPending && change.variables.sourceId === source.id
                  ? change.variables.on
                  : connected.has(source.id)
              }
              disabled={!allowed}
              onChange={(on) => change.mutate({ sourceId: source.id, on })}
            />
          ))}
      </div>
    </Panel>
  );
}
