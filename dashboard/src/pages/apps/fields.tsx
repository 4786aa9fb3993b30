/** The fields of an app that can be chosen when it is registered and changed later. */
import { useQuery } from '@tanstack/react-query';
import { meQuery, useApi } from '../../api/client.ts';
import type { OAuthApp } from '../../api/types.ts';
import { Field, SwitchField, Textarea, TextField } from '../../ui/form.tsx';
import { ScopePicker } from '../keys/scope-picker.tsx';

export interface AppDraft {
  name: string;
  homepage: string;
  /** One a line. */
  redirects: string;
  scopes: ReadonlySet<string>;
  maySend: boolean;
}

export function draftOf(app: OAuthApp): AppDraft {
  return {
    name: app.name,
    homepage: app.homepage ?? '',
    redirects: app.redirect_uris.join('\n'),
    scopes: new Set(app.scopes),
    maySend: app.may_send,
  };
}

export function redirectsOf(draft: AppDraft): string[] {
  return draft.redirects.split(/\s+/).filter((uri) => uri !== '');
}

interface AppFieldsProps {
  draft: AppDraft;
  set: (change: Partial<AppDraft>) => void;
  /** Whether users are sent back to it. */
  asksUsers: boolean;
}

export function NameFields({ draft, set }: Pick<AppFieldsProps, 'draft' | 'set'>) {
  return (
    <>
      <TextField
        label="Name"
        required
        maxLength={200}
        value={draft.name}
        onChange={(name) => set({ name })}
        placeholder="Reporting"
        hint="Users see it when the app asks for their consent."
      />
      <TextField
        label="Home page"
        type="url"
        maxLength={2_000}
        value={draft.homepage}
        onChange={(homepage) => set({ homepage })}
        placeholder="https://reports.example.com"
      />
    </>
  );
}

export function RightsFields({ draft, set, asksUsers }: AppFieldsProps) {
  const me = useQuery(meQuery(useApi()));
  const owner = me.data?.role === 'owner';
  return (
    <>
      {asksUsers && (
        <Field
          label="Redirect addresses"
          hint="One a line: https, or http on localhost. A request must name one of them to the letter."
        >
          {(ids) => (
            <Textarea
              {...ids}
              required
              rows={3}
              spellCheck={false}
              className="font-mono text-[13px]"
              placeholder="https://reports.example.com/callback"
              value={draft.redirects}
              onChange={(event) => set({ redirects: event.target.value })}
            />
          )}
        </Field>
      )}
      <SwitchField
        label="May send"
        checked={draft.maySend}
        disabled={!owner && !draft.maySend}
        onChange={(maySend) => set({ maySend })}
        hint={
          owner
            ? 'Separate from scopes: without it nothing the app does can make a message leave to people.'
            : 'Only an owner can switch this on.'
        }
      />
      <ScopePicker chosen={draft.scopes} onChange={(scopes) => set({ scopes })} without="Access" />
      <p className="text-[13px] text-muted">
        No app can manage access: keys, members and other apps would outlive it. What it may ask for is never more than
        what you may do.
      </p>
    </>
  );
}
