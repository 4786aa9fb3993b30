/** Adding a destination of any type: choose it, then fill in the form that the type asks for. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useApi } from '../../api/client.ts';
import { sourcesQuery } from '../../api/sources.ts';
import type { CatalogDetail } from '../../api/types.ts';
import { Initials } from '../../catalog/initials.tsx';
import { typeQuery } from '../../catalog/queries.ts';
import { changesOf, defaultsOf, fieldErrors, SettingsForm, type Values } from '../../catalog/settings-form.tsx';
import { Types } from '../../catalog/types.tsx';
import { Button } from '../../ui/button.tsx';
import { Field, SearchBox, SwitchField, TextField } from '../../ui/form.tsx';
import { Select } from '../../ui/menu.tsx';
import { Page, Panel, STRETCH } from '../../ui/page.tsx';
import { ErrorState, InlineError, Skeleton } from '../../ui/state.tsx';

const route = getRouteApi('/shell/destinations/new');

export function NewDestination() {
  const { setup } = route.useSearch();
  const [q, setQ] = useState('');
  const chosen = useQuery({ ...typeQuery(useApi(), 'destinations', setup ?? ''), enabled: setup !== undefined });
  return (
    <Page
      title="Add a destination"
      documentTitle="Add a destination"
      description={
        setup ? undefined : 'Where shall the events go? “works” marks what Headgate delivers to; the rest is stored.'
      }
      back={
        <Link to="/destinations" className="hover:text-ink hover:underline">
          ← Destinations
        </Link>
      }
    >
      {setup === undefined && (
        <>
          <SearchBox label="Search destinations" placeholder="Name or category" value={q} onChange={setQ} />
          <Panel flush className="overflow-hidden">
            <Types
              kind="destinations"
              q={q}
              renderName={({ slug, name }) => (
                <Link to="/destinations/new" search={{ setup: slug }} className={STRETCH}>
                  {name}
                </Link>
              )}
            />
          </Panel>
        </>
      )}
      {setup !== undefined && chosen.isPending && <Skeleton className="h-80 w-full" />}
      {chosen.isError && (
        <Panel>
          <ErrorState error={chosen.error} onRetry={() => void chosen.refetch()} />
        </Panel>
      )}
      {setup !== undefined && chosen.data && <Form key={chosen.data.id} type={chosen.data} />}
    </Page>
  );
}

function Form({ type }: { type: CatalogDetail }) {
  const api = useApi();
  const { client, environment } = api;
  const queries = useQueryClient();
  const navigate = route.useNavigate();
  const sources = useInfiniteQuery(sourcesQuery(api));
  const [chosen, setChosen] = useState<string>();
  const [name, setName] = useState(type.name);
  const [values, setValues] = useState<Values>(() => defaultsOf(type.settings));
  const [enabled, setEnabled] = useState(true);
  const sourceId = chosen ?? sources.data?.items[0]?.id;
  const create = useMutation({
    mutationFn: () =>
      client.destinations.create({
        type: type.id,
        name: name.trim(),
        source_id: sourceId ?? '',
        enabled,
        settings: changesOf(values, {}),
      }),
    onSuccess: (made) => {
      void queries.invalidateQueries({ queryKey: [environment, 'destinations'] });
      void navigate({ to: '/destinations/$destinationId', params: { destinationId: made.id } });
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
        <Link to="/destinations/new" className="text-accent hover:underline">
          Another type
        </Link>
      }
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        {sources.data?.total === 0 ? (
          <p className="rounded-md bg-warn-soft px-3 py-2 text-warn">
            A destination gets the events of a source, and there is none yet.{' '}
            <Link to="/sources" className="underline">
              Create a source first
            </Link>
          </p>
        ) : (
          <Field label="Source" hint="Whose events it gets.">
            {({ id }) => (
              <Select
                id={id}
                value={sourceId ?? ''}
                onChange={setChosen}
                options={(sources.data?.items ?? []).map((source) => ({ value: source.id, label: source.name }))}
              />
            )}
          </Field>
        )}
        <TextField label="Name" required maxLength={200} value={name} onChange={setName} />
        <SettingsForm
          settings={type.settings}
          values={values}
          errors={fieldErrors(create.error)}
          onChange={setValues}
        />
        <SwitchField label="Enabled" checked={enabled} onChange={setEnabled} />
        {!type.delivers && (
          <p className="rounded-md bg-warn-soft px-3 py-2 text-warn">
            Headgate does not deliver to this type yet: it is stored as it is set up here, and no event is queued for
            it.
          </p>
        )}
        <InlineError error={create.error} />
        <div>
          <Button type="submit" variant="primary" busy={create.isPending} disabled={!name.trim() || !sourceId}>
            Add destination
          </Button>
        </div>
      </form>
    </Panel>
  );
}
