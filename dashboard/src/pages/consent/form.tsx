/** The question itself: workspace, environment, scopes, sending; Allow and Deny. */
import { ShieldAlert } from 'lucide-react';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import type { ConsentQuestion, Environment } from '../../api/types.ts';
import { signOut } from '../../app/session.ts';
import { plural } from '../../lib/time.ts';
import { webAddress } from '../../lib/url.ts';
import { Button } from '../../ui/button.tsx';
import { SwitchField } from '../../ui/form.tsx';
import { Select } from '../../ui/menu.tsx';
import { InlineError } from '../../ui/state.tsx';
import { Segmented } from '../../ui/tabs.tsx';
import { ConsentScopes } from './scopes.tsx';

export interface Answer {
  workspace_id: string;
  environment: Environment;
  scopes: string[];
  may_send: boolean;
}

interface ConsentFormProps {
  question: ConsentQuestion;
  busy: boolean;
  error: unknown;
  /** null: no. */
  onAnswer: (answer: Answer | null) => void;
}

export function ConsentForm({ question, busy, error, onAnswer }: ConsentFormProps) {
  const { workspaces, environments } = question;
  const [workspaceId, setWorkspaceId] = useState(() => best(workspaces)?.id ?? '');
  const [environment, setEnvironment] = useState<Environment>(environments[0] ?? 'test');
  const [refused, setRefused] = useState<ReadonlySet<string>>(new Set());
  const [maySend, setMaySend] = useState(false);
  const workspace = workspaces.find(({ id }) => id === workspaceId);
  const given = question.scopes.map(({ name }) => name).filter((name) => workspace?.scopes.includes(name));
  const scopes = given.filter((name) => !refused.has(name));
  const sends = maySend && (workspace?.may_send ?? false);
  const ready = workspace !== undefined && !workspace.second_factor_missing && scopes.length > 0;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) onAnswer({ workspace_id: workspace.id, environment, scopes, may_send: sends });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-5">
      <Asker question={question} />
      {workspaces.length === 0 && <Notice>You are in no workspace, so there is nothing you could let it at.</Notice>}
      {workspace && (
        <div className="grid gap-4 sm:grid-cols-2">
          <Choice label="Workspace">
            {(id) =>
              workspaces.length > 1 ? (
                <Select
                  id={id}
                  label="Workspace"
                  value={workspaceId}
                  onChange={setWorkspaceId}
                  options={workspaces.map(({ id: value, name, role }) => ({ value, label: `${name} (${role})` }))}
                />
              ) : (
                <span className="break-words py-1.5">
                  {workspace.name} <span className="text-muted">({workspace.role})</span>
                </span>
              )
            }
          </Choice>
          <Choice label="Environment">
            {() =>
              environments.length > 1 ? (
                <Segmented
                  label="Environment"
                  className="self-start"
                  value={environment}
                  onChange={setEnvironment}
                  options={[
                    { value: 'live', label: 'Live' },
                    { value: 'test', label: 'Test' },
                  ]}
                />
              ) : (
                <span className="py-1.5">Test only</span>
              )
            }
          </Choice>
          <p className="text-[13px] text-muted sm:col-span-2">
            {environment === 'live'
              ? 'It gets at the real people and events of this workspace.'
              : 'It gets at the sandbox alone: nothing it does leaves the server.'}
          </p>
        </div>
      )}
      {workspace?.second_factor_missing && (
        <Notice>
          This workspace asks for a second factor, and you signed in without one. Sign in again with it, then this page
          comes back.
          <Button size="sm" className="mt-2 flex" onClick={() => void signOut()}>
            Sign in again
          </Button>
        </Notice>
      )}
      {workspace && (
        <ConsentScopes
          scopes={question.scopes}
          given={given}
          refused={refused}
          onChange={setRefused}
          workspace={workspace.name}
        />
      )}
      {workspace?.may_send && (
        <div className="rounded-md border border-warn bg-warn-soft p-3">
          <SwitchField
            label="Let it send"
            checked={maySend}
            onChange={setMaySend}
            hint={
              environment === 'live'
                ? 'Messages it sends go to real people in your name, and cannot be taken back. Leave this off unless sending is what the app is for.'
                : 'In the test environment messages are captured and reach nobody.'
            }
          />
        </div>
      )}
      <InlineError error={error} />
      <footer className="flex flex-col gap-3 border-t pt-4">
        <p className="text-[13px] text-muted">
          {ready
            ? `It gets ${plural(scopes.length, 'scope')}${sends ? ' and may send' : ''}, for a year or until an owner or admin revokes it under Settings → OAuth apps.`
            : 'There is nothing you can allow here.'}
        </p>
        <div className="flex flex-wrap justify-end gap-2 max-sm:[&>*]:flex-1">
          <Button disabled={busy} onClick={() => onAnswer(null)}>
            Deny
          </Button>
          <Button type="submit" variant="primary" busy={busy} disabled={!ready}>
            Allow
          </Button>
        </div>
      </footer>
    </form>
  );
}

function Asker({ question: { client, redirect_uri } }: { question: ConsentQuestion }) {
  const homepage = webAddress(client.homepage);
  const back = webAddress(redirect_uri);
  return (
    <header>
      <h1 className="text-pretty break-words font-semibold text-xl tracking-tight">
        {client.name} asks for access to your workspace
      </h1>
      <p className="mt-1 break-words text-muted">
        Registered by <strong className="font-medium text-ink">{client.registered_by}</strong>
        {homepage && (
          <>
            {', home page '}
            <a
              href={homepage.href}
              target="_blank"
              rel="noopener noreferrer"
              className="underline underline-offset-2 hover:text-ink"
            >
              {homepage.host}
            </a>
          </>
        )}
        . The name is the registrant's word. Your answer goes to{' '}
        <strong className="break-words font-medium text-ink">{back?.host ?? redirect_uri}</strong>: deny it if you do
        not know who that is.
      </p>
    </header>
  );
}

/** Where the person can give the most of what is asked, and nothing else is missing. */
function best(workspaces: ConsentQuestion['workspaces']) {
  return [...workspaces].sort(
    (a, b) => Number(a.second_factor_missing) - Number(b.second_factor_missing) || b.scopes.length - a.scopes.length,
  )[0];
}

function Choice({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <span className="font-medium">{label}</span>
      {children(id)}
    </div>
  );
}

function Notice({ children }: { children: ReactNode }) {
  return (
    <div role="alert" className="flex gap-3 rounded-md border border-warn bg-warn-soft p-3">
      <ShieldAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
      <div className="min-w-0">{children}</div>
    </div>
  );
}
