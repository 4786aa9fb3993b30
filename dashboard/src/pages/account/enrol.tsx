/** All that is open to somebody whose workspace requires a second factor, until they have one. */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Me } from '../../api/types.ts';
import { signOut } from '../../app/session.ts';
import { passkeysWork } from '../../lib/passkey.ts';
import { Button } from '../../ui/button.tsx';
import { Page, Panel } from '../../ui/page.tsx';
import { AddPasskey } from './passkeys.tsx';
import { TotpSetup } from './totp-setup.tsx';

export function Enrol({ me }: { me: Me }) {
  const queries = useQueryClient();
  const [open, setOpen] = useState<'totp' | 'passkey' | null>(null);
  // What was refused until now is asked for again, this page's own reason to be first.
  const done = () => void queries.resetQueries();
  // Somebody who has one signed in before they had it, or by a way that asks for none: the next sign-in asks for it.
  const has = me.second_factor && (me.second_factor.totp || me.second_factor.passkeys > 0);
  return (
    <Page
      title="Set up a second factor"
      documentTitle="Second factor"
      description={`${me.workspace.name} requires one of all its members. Until you have it, nothing else is open to you.`}
    >
      <Panel className="max-w-xl">
        {has ? (
          <div className="flex flex-col items-start gap-3">
            <p>You have one, but this session was made without it. Sign in again.</p>
            <Button variant="primary" onClick={() => void signOut()}>
              Sign out
            </Button>
          </div>
        ) : (
          <div className="flex flex-col gap-3">
            <p className="text-muted">Choose how you prove that it is you, besides the password:</p>
            <div className="flex flex-wrap gap-2">
              <Button variant="primary" onClick={() => setOpen('totp')}>
                Authenticator app
              </Button>
              {passkeysWork() && <Button onClick={() => setOpen('passkey')}>Passkey</Button>}
              <Button variant="ghost" onClick={() => void signOut()}>
                Sign out
              </Button>
            </div>
          </div>
        )}
      </Panel>
      <TotpSetup open={open === 'totp'} onClose={() => setOpen(null)} onDone={done} />
      <AddPasskey open={open === 'passkey'} onClose={() => setOpen(null)} onDone={done} />
    </Page>
  );
}
