/** The dialog that registers an app, and the one look at its secret. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useApi } from '../../api/client.ts';
import type { Environment } from '../../api/types.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, Textarea } from '../../ui/form.tsx';
import { InlineError } from '../../ui/state.tsx';
import { Segmented } from '../../ui/tabs.tsx';
import { Credentials } from './app.tsx';
import { type AppDraft, NameFields, RightsFields, redirectsOf } from './fields.tsx';

interface Draft extends AppDraft {
  kind: 'server' | 'public' | 'machine';
  proof: 'client_secret_basic' | 'private_key_jwt';
  jwks: string;
  environment: Environment;
}

const KINDS: Readonly<Record<Draft['kind'], string>> = {
  server: 'Users agree to it in their browser, and a server of the app keeps its secret.',
  public: 'Users agree to it, but it runs where it can keep no secret: on a desktop, a phone, in a terminal.',
  machine: 'Nobody is asked: it acts for itself, in this workspace alone.',
};

interface RegisterAppProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Belongs to the page and not to a part of it that the first app makes disappear: the secret is shown only here. */
export function RegisterApp({ open, onOpenChange }: RegisterAppProps) {
  const { client, environment } = useApi();
  const queries = useQueryClient();
  const blank: Draft = {
    name: '',
    homepage: '',
    redirects: '',
    scopes: new Set(),
    maySend: false,
    kind: 'server',
    proof: 'client_secret_basic',
    jwks: '',
    environment,
  };
  const [draft, setDraft] = useState(blank);
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }));
  const register = useMutation({
    mutationFn: () =>
      client.oauthClients.create({
        name: draft.name.trim(),
        environment: draft.environment,
        scopes: [...draft.scopes],
        may_send: draft.maySend,
        auth_method: draft.kind === 'public' ? 'none' : draft.proof,
        ...(draft.homepage.trim() !== '' && { homepage: draft.homepage.trim() }),
        ...(draft.kind !== 'machine' && { redirect_uris: redirectsOf(draft) }),
        ...(withKeys && { jwks: keysOf(draft.jwks) }),
      }),
    // Kept by this dialog alone and only until it is closed.
    gcTime: 0,
    onSuccess: () => queries.invalidateQueries({ queryKey: [environment, 'oauth-apps'] }),
  });
  const withKeys = draft.kind !== 'public' && draft.proof === 'private_key_jwt';
  const ready =
    draft.name.trim() !== '' &&
    draft.scopes.size > 0 &&
    (draft.kind === 'machine' || redirectsOf(draft).length > 0) &&
    (!withKeys || draft.jwks.trim() !== '');
  const change = (next: boolean) => {
    onOpenChange(next);
    setDraft(blank);
    register.reset();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) register.mutate();
  };
  return (
    <>
      <Dialog
        open={open && !register.data}
        onOpenChange={change}
        wide
        title="Register an app"
        description="Give it only what it needs. A user who agrees gives it at most this, and never more than they have."
        footer={
          <>
            <Button onClick={() => change(false)}>Cancel</Button>
            <Button type="submit" form="register-app" variant="primary" busy={register.isPending} disabled={!ready}>
              Register app
            </Button>
          </>
        }
      >
        <form id="register-app" onSubmit={submit} className="flex flex-col gap-5">
          <NameFields draft={draft} set={set} />
          <Choice label="What it is" hint={KINDS[draft.kind]}>
            <Segmented
              label="What the app is"
              className="self-start"
              value={draft.kind}
              onChange={(kind) => set({ kind })}
              options={[
                { value: 'server', label: 'A website' },
                { value: 'public', label: 'An installed app' },
                { value: 'machine', label: 'A machine' },
              ]}
            />
          </Choice>
          {draft.kind !== 'public' && (
            <Choice label="It proves itself with">
              <Segmented
                label="How the app proves itself"
                className="self-start"
                value={draft.proof}
                onChange={(proof) => set({ proof })}
                options={[
                  { value: 'client_secret_basic', label: 'A secret' },
                  { value: 'private_key_jwt', label: 'A key of its own' },
                ]}
              />
            </Choice>
          )}
          {withKeys && (
            <Field label="Public keys" hint="A JWK set, as JSON. Public keys only.">
              {(ids) => (
                <Textarea
                  {...ids}
                  required
                  rows={4}
                  spellCheck={false}
                  className="font-mono text-[13px]"
                  placeholder={'{"keys": [{"kty": "EC", "crv": "P-256", "x": "…", "y": "…"}]}'}
                  value={draft.jwks}
                  onChange={(event) => set({ jwks: event.target.value })}
                />
              )}
            </Field>
          )}
          <Choice
            label="Environment"
            hint={
              draft.environment === 'live'
                ? 'A user who agrees chooses whether it gets at live or at test data.'
                : 'It never gets at live data.'
            }
          >
            <Segmented
              label="Environment of the app"
              className="self-start"
              value={draft.environment}
              onChange={(next) => set({ environment: next })}
              options={[
                { value: 'live', label: 'Live' },
                { value: 'test', label: 'Test' },
              ]}
            />
          </Choice>
          <RightsFields draft={draft} set={set} asksUsers={draft.kind !== 'machine'} />
          <InlineError error={register.error} />
        </form>
      </Dialog>
      <Credentials
        credentials={open && register.data ? register.data : null}
        title={register.data?.client_secret ? 'Store the secret now' : 'The app is registered'}
        onClose={() => change(false)}
      />
    </>
  );
}

function Choice({ label, hint, children }: { label: string; hint?: string; children: React.ReactNode }) {
  return (
    <div className="flex flex-col gap-1">
      <span className="font-medium">{label}</span>
      {children}
      {hint && <p className="text-[13px] text-muted">{hint}</p>}
    </div>
  );
}

/** @throws Error for what is no JWK set; the server looks at the keys themselves. */
function keysOf(text: string): { keys: Record<string, unknown>[] } {
  try {
    const value: unknown = JSON.parse(text);
    if (value && typeof value === 'object' && 'keys' in value && Array.isArray(value.keys)) return { keys: value.keys };
  } catch {
    // Told below, as for JSON that is something else.
  }
  throw new Error('The public keys are not a JWK set: JSON with a list named "keys".');
}
