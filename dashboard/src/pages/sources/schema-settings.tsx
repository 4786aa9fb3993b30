/** What a source does with events that its tracking plan does not foresee, or that break it. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useApi, useCan } from '../../api/client.ts';
import { sourcesQuery } from '../../api/sources.ts';
import type { SchemaSettings as Settings, Source } from '../../api/types.ts';
import { Field, SwitchField } from '../../ui/form.tsx';
import { Select } from '../../ui/menu.tsx';
import { Panel } from '../../ui/page.tsx';
import { InlineError, Skeleton } from '../../ui/state.tsx';
import { toastError } from '../../ui/toast.tsx';

type Change = Parameters<ReturnType<typeof useApi>['client']['sources']['updateSchemaSettings']>[0];

export function SchemaSettings({ source }: { source: Source }) {
  const { client, environment } = useApi();
  const queries = useQueryClient();
  const allowed = useCan('sources:write');
  const key = [environment, 'source', source.id, 'schema settings'];
  const query = useQuery({ queryKey: key, queryFn: () => client.sources.schemaSettings({ id: source.id }) });
  const update = useMutation({
    mutationFn: (change: Omit<Change, 'id'>) => client.sources.updateSchemaSettings({ id: source.id, ...change }),
    onSuccess: (updated) => queries.setQueryData(key, updated),
    onError: toastError,
  });
  const settings = query.data;
  const change = (next: Omit<Change, 'id'>) => update.mutate(next);
  return (
    <Panel title="Schema">
      {query.isPending && <Skeleton className="h-24 w-full" />}
      <InlineError error={query.error} />
      {settings && (
        <fieldset disabled={!allowed || update.isPending} className="flex min-w-0 flex-col gap-5">
          {source.tracking_plan_id === null ? (
            <p className="text-muted">
              These hold once the source follows a{' '}
              <Link to="/plans" className="text-accent hover:underline">
                tracking plan
              </Link>
              .
            </p>
          ) : (
            <p className="text-muted">
              It follows a{' '}
              <Link
                to="/plans/$planId"
                params={{ planId: source.tracking_plan_id }}
                className="text-accent hover:underline"
              >
                tracking plan
              </Link>
              .
            </p>
          )}
          <Track settings={settings} onChange={change} />
          <Traits group="identify" label="Traits of people" settings={settings} onChange={change} />
          <Traits group="group" label="Traits of groups" settings={settings} onChange={change} />
          <Forwarding source={source} settings={settings} onChange={change} />
        </fieldset>
      )}
    </Panel>
  );
}

interface PartProps {
  settings: Settings;
  onChange: (change: Omit<Change, 'id'>) => void;
}

function Track({ settings: { track }, onChange }: PartProps) {
  return (
    <div className="flex flex-col gap-3">
      <h3 className="font-medium">Events</h3>
      <SwitchField
        label="Let unplanned events in"
        checked={track.allow_unplanned_events}
        onChange={(on) => onChange({ track: { allow_unplanned_events: on } })}
      />
      <SwitchField
        label="Keep unplanned properties"
        checked={track.allow_unplanned_event_properties}
        onChange={(on) => onChange({ track: { allow_unplanned_event_properties: on } })}
      />
      <SwitchField
        label="Let events in that break a rule"
        checked={track.allow_event_on_violations}
        onChange={(on) => onChange({ track: { allow_event_on_violations: on } })}
      />
      <SwitchField
        label="Keep properties that break a rule"
        checked={track.allow_properties_on_violations}
        onChange={(on) => onChange({ track: { allow_properties_on_violations: on } })}
      />
    </div>
  );
}

function Traits({ group, label, settings, onChange }: PartProps & { group: 'identify' | 'group'; label: string }) {
  const traits = settings[group];
  return (
    <div className="flex flex-col gap-3">
      <h3 className="font-medium">{label}</h3>
      <SwitchField
        label="Keep unplanned traits"
        checked={traits.allow_unplanned_traits}
        onChange={(on) => onChange({ [group]: { allow_unplanned_traits: on } })}
      />
      <SwitchField
        label="Keep traits that break a rule"
        checked={traits.allow_traits_on_violations}
        onChange={(on) => onChange({ [group]: { allow_traits_on_violations: on } })}
      />
    </div>
  );
}

const NOWHERE = 'nowhere';

function Forwarding({ source, settings, onChange }: PartProps & { source: Source }) {
  const sources = useInfiniteQuery(sourcesQuery(useApi()));
  const others = (sources.data?.items ?? []).filter(({ id }) => id !== source.id);
  const options = [{ value: NOWHERE, label: 'Nowhere' }, ...others.map(({ id, name }) => ({ value: id, label: name }))];
  const idOf = (value: string) => (value === NOWHERE ? null : value);
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Field label="Blocked events go to">
        {({ id }) => (
          <Select
            id={id}
            value={settings.forward_blocked_events_to ?? NOWHERE}
            onChange={(value) => onChange({ forward_blocked_events_to: idOf(value) })}
            options={options}
          />
        )}
      </Field>
      <Field label="Violations go to">
        {({ id }) => (
          <Select
            id={id}
            value={settings.forward_violations_to ?? NOWHERE}
            onChange={(value) => onChange({ forward_violations_to: idOf(value) })}
            options={options}
          />
        )}
      </Field>
    </div>
  );
}
