/** Short messages that something was done or failed; read out politely, gone after a few seconds. */
import { CircleAlert, CircleCheck } from 'lucide-react';
import { Cancelled } from '../lib/cancelled.ts';
import { createStore, useStore } from '../lib/store.ts';
import { errorText } from './state.tsx';

interface Toast {
  id: number;
  text: string;
  failed: boolean;
}

const toasts = createStore<readonly Toast[]>([]);
let nextId = 1;

function show(text: string, failed: boolean): void {
  const id = nextId++;
  toasts.set([...toasts.get().slice(-2), { id, text, failed }]);
  setTimeout(() => toasts.set(toasts.get().filter((toast) => toast.id !== id)), failed ? 8_000 : 3_500);
}

export function toastDone(text: string): void {
  show(text, false);
}

export function toastError(error: unknown): void {
  if (!(error instanceof Cancelled)) show(errorText(error), true);
}

export function Toasts() {
  const list = useStore(toasts);
  return (
    <div
      aria-live="polite"
      className="pointer-events-none fixed inset-x-3 bottom-3 z-50 flex flex-col items-center gap-2 sm:items-end"
    >
      {list.map((toast) => (
        <div
          key={toast.id}
          className="pointer-events-auto flex max-w-md animate-rise items-start gap-2 rounded-lg border bg-panel px-3 py-2 shadow-float"
        >
          {toast.failed ? (
            <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />
          ) : (
            <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-ok" />
          )}
          <span className="min-w-0 break-words">{toast.text}</span>
        </div>
      ))}
    </div>
  );
}
