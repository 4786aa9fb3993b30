/** The one look at a key that was just made. */
import type { ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';
import { CodeBlock, CopyField } from '../../ui/code.tsx';
import { Dialog } from '../../ui/dialog.tsx';

interface ShownOnceProps {
  /** null: closed. */
  text: string | null;
  onClose: () => void;
  title?: string;
  children?: ReactNode;
}

/** Stays until it is closed by its button: there is no second look. */
export function ShownOnce({ text, onClose, title = 'Store the key now', children }: ShownOnceProps) {
  return (
    <Dialog
      open={text !== null}
      onOpenChange={(open) => !open && onClose()}
      sticky
      wide
      title={title}
      description="It is shown this once. The server keeps only a fingerprint of it."
      footer={
        <Button variant="primary" onClick={onClose}>
          I have stored it
        </Button>
      }
    >
      {text !== null && (
        <div className="flex flex-col gap-4">
          <CopyField value={text} label="Copy key" />
          {children}
          <div>
            <h3 className="mb-1 font-medium">Try it</h3>
            <CodeBlock
              wrap
              label="curl command"
              code={`curl ${window.location.origin}/api/v1/me -H 'Authorization: Bearer ${text}'`}
            />
          </div>
        </div>
      )}
    </Dialog>
  );
}
