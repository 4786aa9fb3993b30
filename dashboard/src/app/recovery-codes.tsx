/** The one look at recovery codes. It belongs to the shell: what made them may be gone from the page by then. */
import { Download } from 'lucide-react';
import { copyText } from '../lib/clipboard.ts';
import { createStore, useStore } from '../lib/store.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { toastDone, toastError } from '../ui/toast.tsx';

interface Shown {
  codes: readonly string[];
  closed: () => void;
}

const shown = createStore<Shown | null>(null);

/** @returns when the person says that they are kept. Nothing to show: at once. */
export async function showRecoveryCodes(codes: readonly string[] | null): Promise<void> {
  if (!codes || codes.length === 0) return;
  await new Promise<void>((closed) => shown.set({ codes, closed }));
}

/** Stands once in the shell. */
export function RecoveryCodes() {
  const now = useStore(shown);
  const text = `${(now?.codes ?? []).join('\n')}\n`;
  const close = () => {
    shown.set(null);
    now?.closed();
  };
  const copy = async () => {
    if (await copyText(text)) toastDone('The codes are copied.');
    else toastError(new Error('Select the codes and copy them by hand.'));
  };
  return (
    <Dialog
      open={now !== null}
      onOpenChange={(open) => !open && close()}
      sticky
      title="Keep your recovery codes now"
      description="Each signs you in once when your other second factors are out of reach. They are shown this once; earlier ones are void."
      footer={
        <>
          <Button onClick={() => void copy()}>Copy</Button>
          <Button icon={<Download aria-hidden />} onClick={() => download(text)}>
            Download
          </Button>
          <Button variant="primary" onClick={close}>
            I have kept them
          </Button>
        </>
      }
    >
      <ul
        aria-label="Recovery codes"
        className="grid grid-cols-2 gap-x-6 gap-y-1.5 rounded-md border bg-sunken px-4 py-3 font-mono text-sm"
      >
        {now?.codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
    </Dialog>
  );
}

function download(text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'headgate-recovery-codes.txt';
  link.click();
  URL.revokeObjectURL(url);
}
