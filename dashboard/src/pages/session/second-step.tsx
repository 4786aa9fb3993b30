/** The second step of signing in: a code, a passkey, or a recovery code. */
import { KeyRound } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { giveSecondFactor, type SecondStep } from '../../app/session.ts';
import { passkeysWork, signWithPasskey } from '../../lib/passkey.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/form.tsx';
import { InlineError } from '../../ui/state.tsx';

type Way = 'totp' | 'passkey' | 'recovery_code';

const WAYS: Readonly<Record<Way, string>> = {
  totp: 'Use a code from your authenticator app',
  passkey: 'Use a passkey',
  recovery_code: 'Use a recovery code',
};

export function SecondStepForm({ step, onBack }: { step: SecondStep; onBack: () => void }) {
  const ways = (['totp', 'passkey', 'recovery_code'] as const).filter(
    (way) => step.methods.includes(way) && (way !== 'passkey' || passkeysWork()),
  );
  const [way, setWay] = useState<Way>(ways[0] ?? 'totp');
  const [text, setText] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);

  const give = async () => {
    setBusy(true);
    setError(null);
    try {
      if (way === 'passkey') await giveSecondFactor(step, { passkey: await signWithPasskey(step.passkeyOptions) });
      else if (way === 'totp') await giveSecondFactor(step, { code: text.replace(/\s/g, '') });
      else await giveSecondFactor(step, { recovery_code: text.trim() });
    } catch (cause) {
      setError(cause);
      setText('');
    } finally {
      setBusy(false);
    }
  };
  const change = (next: Way) => {
    setWay(next);
    setText('');
    setError(null);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void give();
  };

  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <p className="text-muted">
        The password is right. This account also asks for {way === 'passkey' ? 'a passkey' : 'a code'}.
      </p>
      {way === 'totp' && (
        <TextField
          key="totp"
          label="Code"
          name="code"
          autoComplete="one-time-code"
          inputMode="numeric"
          pattern="[0-9 ]{6,7}"
          title="Six digits"
          maxLength={7}
          required
          autoFocus
          hint="Six digits, as your authenticator app shows them now."
          value={text}
          onChange={setText}
          className="font-mono"
        />
      )}
      {way === 'recovery_code' && (
        <TextField
          key="recovery"
          label="Recovery code"
          name="recovery-code"
          spellCheck={false}
          autoCapitalize="none"
          maxLength={40}
          required
          autoFocus
          hint="One of the ten you kept. It is used up by this."
          value={text}
          onChange={setText}
        />
      )}
      <InlineError error={error} />
      <Button
        type="submit"
        variant="primary"
        busy={busy}
        autoFocus={way === 'passkey'}
        className="h-9.5"
        icon={way === 'passkey' ? <KeyRound aria-hidden /> : undefined}
      >
        {way === 'passkey' ? 'Use passkey' : 'Sign in'}
      </Button>
      <div className="flex flex-col items-start gap-1">
        {ways
          .filter((other) => other !== way)
          .map((other) => (
            <Button key={other} variant="ghost" size="sm" className="-ml-2.5" onClick={() => change(other)}>
              {WAYS[other]}
            </Button>
          ))}
        <Button variant="ghost" size="sm" className="-ml-2.5" onClick={onBack}>
          Begin again
        </Button>
      </div>
    </form>
  );
}
