/** Dialogs: a form, a confirmation, and a side panel that leaves the page behind it usable. */
import { X } from 'lucide-react';
import { AlertDialog as RadixAlert, Dialog as RadixDialog } from 'radix-ui';
import { type ReactNode, useRef, useState } from 'react';
import { cx } from '../lib/cx.ts';
import { Button, IconButton } from './button.tsx';
import { InlineError } from './state.tsx';

const OVERLAY = 'fixed inset-0 z-40 animate-fade bg-[oklch(0.15_0.02_235/0.45)]';
const BOX = cx(
  'fixed z-50 flex animate-rise flex-col border bg-panel shadow-float outline-none',
  'inset-x-0 bottom-0 max-h-[92dvh] rounded-t-xl',
  'sm:inset-x-auto sm:top-[8vh] sm:bottom-auto sm:left-1/2 sm:max-h-[84vh] sm:w-[calc(100vw-3rem)] sm:-translate-x-1/2 sm:rounded-xl',
);

/**
 * Dialogs here are opened by state, not by a trigger that Radix knows: when one closes, the focus goes back to where it
 * was, or to the page when that is gone.
 */
function useFocusReturn() {
  const origin = useRef<Element | null>(null);
  return {
    /** Somebody used the page behind: that is where they go on afterwards. */
    remember: (target: unknown) => {
      const used = target instanceof Element ? target.closest('a, button, input') : null;
      if (used) origin.current = used;
    },
    handlers: {
      onOpenAutoFocus: () => {
        origin.current = document.activeElement;
      },
      onCloseAutoFocus: (event: Event) => {
        event.preventDefault();
        const target = origin.current?.isConnected && origin.current !== document.body ? origin.current : null;
        const back = target ?? document.getElementById('main');
        if (back instanceof HTMLElement) back.focus({ preventScroll: true });
      },
    },
  };
}

interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  wide?: boolean;
  /** A click outside or Escape does not close it: something in it is shown only once. */
  sticky?: boolean;
  footer?: ReactNode;
  children: ReactNode;
}

export function Dialog({ open, onOpenChange, title, description, wide, sticky, footer, children }: DialogProps) {
  const focus = useFocusReturn();
  const stay = sticky ? (event: Event) => event.preventDefault() : undefined;
  return (
    <RadixDialog.Root open={open} onOpenChange={onOpenChange}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className={OVERLAY} />
        <RadixDialog.Content
          className={cx(BOX, wide ? 'sm:max-w-2xl' : 'sm:max-w-lg')}
          {...focus.handlers}
          {...(!description && { 'aria-describedby': undefined })}
          {...(stay && { onEscapeKeyDown: stay, onPointerDownOutside: stay, onInteractOutside: stay })}
        >
          <header className="pt-4 pr-14 pb-3 pl-5">
            <RadixDialog.Title className="font-semibold text-base">{title}</RadixDialog.Title>
            {description && (
              <RadixDialog.Description className="mt-0.5 text-muted">{description}</RadixDialog.Description>
            )}
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-5">{children}</div>
          {footer && <footer className="flex flex-wrap justify-end gap-2 border-t px-5 py-3">{footer}</footer>}
          {/* Last, so that the focus starts in the form. */}
          {!sticky && (
            <RadixDialog.Close asChild>
              <IconButton label="Close" className="absolute! top-3 right-3">
                <X aria-hidden />
              </IconButton>
            </RadixDialog.Close>
          )}
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}

interface ConfirmProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** What will happen, plainly. */
  children: ReactNode;
  action: string;
  /** The dialog closes when it is done and shows the error when it fails. */
  onConfirm: () => Promise<unknown>;
}

export function ConfirmDialog({ open, onOpenChange, title, children, action, onConfirm }: ConfirmProps) {
  const focus = useFocusReturn();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const change = (next: boolean) => {
    if (!next) setError(null);
    onOpenChange(next);
  };
  const confirm = async () => {
    setBusy(true);
    setError(null);
    try {
      await onConfirm();
      change(false);
    } catch (cause) {
      setError(cause);
    } finally {
      setBusy(false);
    }
  };
  return (
    <RadixAlert.Root open={open} onOpenChange={change}>
      <RadixAlert.Portal>
        <RadixAlert.Overlay className={OVERLAY} />
        <RadixAlert.Content {...focus.handlers} className={cx(BOX, 'sm:top-[18vh] sm:max-w-md')}>
          <div className="flex flex-col gap-2 overflow-y-auto px-5 pt-4 pb-5">
            <RadixAlert.Title className="font-semibold text-base">{title}</RadixAlert.Title>
            <RadixAlert.Description asChild>
              <div className="text-muted">{children}</div>
            </RadixAlert.Description>
            <InlineError error={error} />
          </div>
          <footer className="flex justify-end gap-2 border-t px-5 py-3">
            <RadixAlert.Cancel asChild>
              <Button>Cancel</Button>
            </RadixAlert.Cancel>
            <Button
              variant="danger"
              className="border-transparent bg-bad! text-on-accent! hover:opacity-90"
              busy={busy}
              onClick={confirm}
            >
              {action}
            </Button>
          </footer>
        </RadixAlert.Content>
      </RadixAlert.Portal>
    </RadixAlert.Root>
  );
}

interface SidePanelProps {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  /** Read out when the title is not plain text. */
  label: string;
  children: ReactNode;
}

/** Not modal: a click on another row of the list behind it changes what it shows. */
export function SidePanel({ open, onClose, title, label, children }: SidePanelProps) {
  const focus = useFocusReturn();
  return (
    <RadixDialog.Root open={open} modal={false} onOpenChange={(next) => !next && onClose()}>
      <RadixDialog.Portal>
        <RadixDialog.Content
          aria-describedby={undefined}
          aria-label={label}
          {...focus.handlers}
          onInteractOutside={(event) => {
            event.preventDefault();
            focus.remember(event.detail.originalEvent.target);
          }}
          className="fixed inset-y-0 right-0 z-30 flex w-full animate-slide flex-col border-l bg-panel shadow-float outline-none sm:w-[34rem]"
        >
          <header className="flex h-12 shrink-0 items-center gap-3 border-b pr-2 pl-5">
            <RadixDialog.Title className="min-w-0 flex-1 truncate font-semibold">{title}</RadixDialog.Title>
            <RadixDialog.Close asChild>
              <IconButton label="Close panel">
                <X aria-hidden />
              </IconButton>
            </RadixDialog.Close>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto p-5">{children}</div>
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}
