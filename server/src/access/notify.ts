/** How access writes to people: a mail in the transaction of what it tells of. The app hands in who really does it. */
import type { Tx } from '../db/tx.ts';

/** One of the system's own mails to a person who signs in here. Never to the customers of a workspace. */
export interface Notice {
  /** null: about the person alone, such as a password reset. */
  readonly workspaceId: string | null;
  /** One plain address. */
  readonly to: string;
  /** For lists and logs: `leak`, `invitation`, `password-reset`. */
  readonly kind: string;
  readonly subject: string;
  /** Plain text; may hold a one-time link: it is deleted once the mail is sent. */
  readonly text: string;
}

/** Stores mails; they leave after the commit. Within a request only for its own workspace, or for none. */
export type Notify = (tx: Tx, notice: Notice | readonly Notice[]) => Promise<void>;
