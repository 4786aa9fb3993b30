/** Signing in: email and password, then the second step where the account asks for it; or a passkey alone. */
import { KeyRound } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { type SecondStep, signIn, signInWithPasskey } from '../../app/session.ts';
import { passkeysWork } from '../../lib/passkey.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/form.tsx';
import { InlineError } from '../../ui/state.tsx';
import { SecondStepForm } from './second-step.tsx';

/** @param email of an invitation: only this account will do. */
export function SignInForm({ email: fixed }: { email?: string }) {
  const [email, setEmail] = useState(fixed ?? '');
  const [password, setPassword] = useState('');
  const [step, setStep] = useState<SecondStep | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState<'password' | 'passkey' | null>(null);

  const attempt = async (how: 'password' | 'passkey', work: () => Promise<SecondStep | null>) => {
    setBusy(how);
    setError(null);
    try {
      // Signed in: whoever shows this form notices the new session.
      setStep(await work());
    } catch (cause) {
      setError(cause);
    } finally {
      setPassword('');
      setBusy(null);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void attempt('password', () => signIn(email.trim(), password));
  };
  const byPasskey = () =>
    void attempt('passkey', async () => {
      await signInWithPasskey();
      return null;
    });

  if (step) return <SecondStepForm step={step} onBack={() => setStep(null)} />;
  return (
    <>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <TextField
          label="Email"
          type="email"
          name="email"
          autoComplete="username"
          required
          autoFocus={!fixed}
          readOnly={fixed !== undefined}
          value={email}
          onChange={setEmail}
        />
        <TextField
          label="Password"
          type="password"
          name="password"
          autoComplete="current-password"
          required
          autoFocus={fixed !== undefined}
          value={password}
          onChange={setPassword}
        />
        <InlineError error={error} />
        <Button type="submit" variant="primary" busy={busy === 'password'} className="h-9.5">
          Sign in
        </Button>
      </form>
      {passkeysWork() && (
        <Button
          className="mt-3 h-9.5"
          icon={<KeyRound aria-hidden />}
          busy={busy === 'passkey'}
          disabled={busy !== null}
          onClick={byPasskey}
        >
          Sign in with a passkey
        </Button>
      )}
    </>
  );
}
