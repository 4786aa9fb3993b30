/** Messaging as a whole: templates, emails, the renderer they share, and the loop that sends. */
import type { FastifyBaseLogger } from 'fastify';
import type { SendingAllowance } from '../access/brakes/caps.ts';
import type { Db } from '../db/open.ts';
import { createMailTransport, senderOf } from '../outbound/mail.ts';
import { createEmails, type Emails } from './emails.ts';
import { createRenderer } from './render.ts';
import { createSender, SENDER_CONNECTIONS, type SendOutcome } from './sender.ts';
import { createTemplates, type Templates } from './templates.ts';

export interface Messaging {
  readonly templates: Templates;
  readonly emails: Emails;
  /** Starts sending; without a mail server there is nothing to start. */
  start(): Promise<void>;
  /** Finishes what is under way. */
  stop(): Promise<void>;
}

export function createMessaging(parts: {
  db: Db;
  log: FastifyBaseLogger;
  now: () => Date;
  /** null: live mail is refused. */
  smtpUrl: string | null;
  /** The one sender of all mail: `Name <address>`. */
  mailFrom: string;
  allowance: SendingAllowance;
  /** No other process uses this database. */
  exclusive: boolean;
  onOutcome: (outcome: SendOutcome | 'captured') => void;
}): Messaging {
  const { db, log, now, smtpUrl, mailFrom, onOutcome } = parts;
  const renderer = createRenderer();
  const templates = createTemplates({ db, renderer, now });
  const { address } = senderOf(mailFrom);
  // From the row's id, so that it is the same on every try; in the sender's domain, as receivers expect.
  const messageIdOf = (id: string) => `${id}${address.slice(address.lastIndexOf('@'))}`;
  const sender = smtpUrl
    ? createSender({
        db,
        mail: createMailTransport({ smtpUrl, connections: SENDER_CONNECTIONS }),
        messageIdOf,
        exclusive: parts.exclusive,
        now,
        random: Math.random,
        log,
        onOutcome,
      })
    : null;
  const emails = createEmails({
    db,
    templates,
    renderer,
    from: mailFrom,
    messageIdOf,
    smtpConfigured: smtpUrl !== null,
    allowance: parts.allowance,
    now,
    wake: () => sender?.wake(),
    onCaptured: () => onOutcome('captured'),
  });
  return {
    templates,
    emails,
    async start() {
      await sender?.start();
    },
    async stop() {
      await sender?.stop();
      await renderer.stop();
    },
  };
}
