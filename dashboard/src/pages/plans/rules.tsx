/** The rules of a plan: a list of events to choose from, the chosen one's editor, and one Save for all of them. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ListChecks, Plus } from 'lucide-react';
import { useState } from 'react';
import { useApi, useCan } from '../../api/client.ts';
import type { PlanRule, WholePlan } from '../../api/types.ts';
import { fieldErrors } from '../../catalog/settings-form.tsx';
import { cx } from '../../lib/cx.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { Panel } from '../../ui/page.tsx';
import { EmptyState, InlineError } from '../../ui/state.tsx';
import { toastDone } from '../../ui/toast.tsx';
import { RuleEditor } from './rule-editor.tsx';

export type Draft = Pick<PlanRule, 'type' | 'key' | 'version' | 'description' | 'schema'>;

const ADD: readonly { type: Draft['type']; label: string }[] = [
  { type: 'TRACK', label: 'An event (track)' },
  { type: 'PAGE', label: 'A page' },
  { type: 'SCREEN', label: 'A screen' },
  { type: 'IDENTIFY', label: 'Traits of people (identify)' },
  { type: 'GROUP', label: 'Traits of groups (group)' },
  { type: 'COMMON', label: 'Every call' },
];

export function Rules({ plan }: { plan: WholePlan }) {
  const { client, environment } = useApi();
  const queries = useQueryClient();
  const allowed = useCan('workspace');
  const [drafts, setDrafts] = useState<readonly Draft[]>(() => plan.rules.map(draftOf));
  const [chosen, setChosen] = useState(0);
  const current = drafts[chosen];
  const changed = JSON.stringify(drafts) !== JSON.stringify(plan.rules.map(draftOf));
  const save = useMutation({
    mutationFn: () => client.trackingPlans.replaceRules({ id: plan.id, rules: [...drafts] }),
    onSuccess: (saved) => {
      // As it is stored: fields of a schema may stand in another order than they were typed in.
      queries.setQueryData([environment, 'plan', plan.id], saved);
      void queries.invalidateQueries({ queryKey: [environment, 'plan', plan.id, 'schema'] });
      const place = saved.rules.findIndex(({ type, key }) => type === current?.type && key === current.key);
      setDrafts(saved.rules.map(draftOf));
      setChosen(Math.max(0, place));
      toastDone('Saved. The rules are in force.');
    },
  });
  const errors = fieldErrors(save.error);
  const add = (type: Draft['type']) => {
    const key = type === 'TRACK' || type === 'PAGE' || type === 'SCREEN' ? '' : null;
    setDrafts([...drafts, { type, key, version: 1, description: null, schema: {} }]);
    setChosen(drafts.length);
  };
  const addMenu = allowed && (
    <Menu
      trigger={
        <Button size="sm" icon={<Plus aria-hidden />}>
          Add rule
        </Button>
      }
    >
      {ADD.map(({ type, label }) => (
        <MenuItem key={type} onSelect={() => add(type)}>
          {label}
        </MenuItem>
      ))}
    </Menu>
  );
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[18rem_minmax(0,1fr)]">
      <Panel title="Rules" flush actions={addMenu}>
        {drafts.length === 0 ? (
          <p className="p-4 text-muted">No rule yet: every event is unplanned.</p>
        ) : (
          <ul className="max-h-[32rem] overflow-auto p-1.5">
            {drafts.map((draft, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a rule is known by its place while its name is typed.
              <li key={index}>
                <button
                  type="button"
                  aria-current={index === chosen}
                  onClick={() => setChosen(index)}
                  className={cx(
                    'flex w-full items-center gap-2 rounded-md px-2 py-1.5 text-left hover:bg-sunken max-sm:py-2.5',
                    index === chosen && 'bg-accent-soft text-accent-strong',
                  )}
                >
                  <span className="min-w-0 flex-1 truncate">{draft.key ?? draft.type.toLowerCase()}</span>
                  {hasError(errors, index) && <Badge tone="bad">wrong</Badge>}
                  <span className="text-muted text-xs">{draft.type.toLowerCase()}</span>
                </button>
              </li>
            ))}
          </ul>
        )}
      </Panel>
      <Panel
        title={current ? current.key || current.type.toLowerCase() : 'Rule'}
        actions={
          allowed && (
            <Button variant="primary" size="sm" busy={save.isPending} disabled={!changed} onClick={() => save.mutate()}>
              Save plan
            </Button>
          )
        }
      >
        <div className="flex min-w-0 flex-col gap-4">
          <InlineError error={save.error} />
          {current ? (
            <RuleEditor
              key={chosen}
              draft={current}
              disabled={!allowed || save.isPending}
              errors={errorsOf(errors, chosen)}
              onChange={(draft) => setDrafts(drafts.map((one, index) => (index === chosen ? draft : one)))}
              onRemove={() => {
                setDrafts(drafts.filter((_, index) => index !== chosen));
                setChosen(Math.max(0, chosen - 1));
              }}
            />
          ) : (
            <EmptyState icon={<ListChecks />} title="No rule is chosen">
              Add one for each event that matters.
            </EmptyState>
          )}
        </div>
      </Panel>
    </div>
  );
}

function draftOf({ type, key, version, description, schema }: PlanRule): Draft {
  return { type, key, version, description, schema };
}

function errorsOf(errors: Readonly<Record<string, string>>, index: number): [field: string, message: string][] {
  const prefix = `rules.${index}`;
  return Object.entries(errors)
    .filter(([field]) => field === prefix || field.startsWith(`${prefix}.`))
    .map(([field, message]) => [field.slice(prefix.length + 1), message]);
}

function hasError(errors: Readonly<Record<string, string>>, index: number): boolean {
  return errorsOf(errors, index).length > 0;
}
