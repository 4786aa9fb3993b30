/** The one mail transport: a pool of SMTP connections that says of every message whether it can have arrived. */
import type { Readable } from 'node:stream';
import { createTransport } from 'nodemailer';
import addressparser from 'nodemailer/lib/addressparser';

export interface Mail {
  /** Stable over retries: receivers and people find copies by it. Without angle brackets. */
  readonly messageId: string;
  /** As in a header: `Name <address>` or an address. */
  readonly from: string;
  /** One plain address, already checked. */
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/**
 * - `sent`: the server took it; `response` is its answer.
 * - `refused`: it said no for good (5xx); nothing was delivered.
 * - `retry`: it was certainly not taken, a later try may work (4xx, no connection, break before the message).
 * - `unknown`: the message was under way when the connection broke; it may or may not arrive.
 */
export type MailResult =
  | { readonly outcome: 'sent'; readonly response: string }
  | { readonly outcome: 'refused' | 'retry' | 'unknown'; readonly error: string };

export interface MailTransport {
  /** Never throws. Ends within `deadlineMs`. */
  send(mail: Mail): Promise<MailResult>;
  close(): void;
}

export interface MailTransportOptions {
  readonly smtpUrl: string;
  readonly connections: number;
  /** For one message, everything included. Default 90 s. */
  readonly deadlineMs?: number;
}

export function createMailTransport({
  smtpUrl,
  connections,
  deadlineMs = 90_000,
}: MailTransportOptions): MailTransport {
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: connections,
    maxMessages: 100,
    // The pool would otherwise send again by itself. Sending again is the sender's decision alone.
    maxRequeues: 0,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: Math.min(60_000, deadlineMs),
    // A message never names a file or a URL to be fetched.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  // Idle pooled connections that break are no news; the next message opens another.
  transport.on('error', () => {});
  // The server has bytes of the message from the moment its stream is read: nodemailer's errors do not tell.
  const streams = new Map<string, Readable>();
  transport.use('stream', (mail, done) => {
    const message = mail.message;
    const create = message.createReadStream.bind(message);
    message.createReadStream = (options) => {
      const stream = create(options);
      if (mail.data.messageId) streams.set(mail.data.messageId, stream);
      return stream;
    };
    done();
  });

  return {
    async send(mail) {
      const messageId = `<${mail.messageId}>`;
      try {
        const info = await transport.sendMail({
          messageId,
          from: senderOf(mail.from),
          to: { name: '', address: mail.to },
          envelope: { from: senderOf(mail.from).address, to: [mail.to] },
          subject: mail.subject,
          html: mail.html,
          text: mail.text,
          signal: AbortSignal.timeout(deadlineMs),
        });
        return { outcome: 'sent', response: clip(info.response) };
      } catch (error) {
        return resultOf(error, streams.get(messageId)?.readableDidRead === true);
      } finally {
        streams.delete(messageId);
      }
    },
    close() {
      transport.close();
    },
  };
}

/** @throws Error when `from` is not one mailbox. */
export function senderOf(from: string): { name: string; address: string } {
  const [first, ...others] = addressparser(from);
  if (!first || first.group || others.length > 0 || !first.address.includes('@')) {
    throw new Error('HEADGATE_MAIL_FROM must be one mailbox, like "Name <name@example.org>".');
  }
  return { name: first.name, address: first.address };
}

/** @param started whether the server can have seen bytes of the message */
export function resultOf(error: unknown, started: boolean): MailResult {
  const { code, responseCode, message } = partsOf(error);
  // EENVELOPE, EMESSAGE: the server answered this message, or nodemailer refused to build it. All else is the connection.
  const answered = code === 'EENVELOPE' || code === 'EMESSAGE';
  if (answered && (responseCode === null || responseCode >= 500)) return { outcome: 'refused', error: message };
  // An answer to the end of the message is definite: 4xx says it was not taken.
  if (started && !answered) return { outcome: 'unknown', error: message };
  return { outcome: 'retry', error: message };
}

function partsOf(error: unknown): { code: string; responseCode: number | null; message: string } {
  if (!(error instanceof Error)) return { code: '', responseCode: null, message: 'failed' };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const responseCode = 'responseCode' in error && typeof error.responseCode === 'number' ? error.responseCode : null;
  return { code, responseCode, message: clip(error.message) };
}

function clip(text: string): string {
  return text.replaceAll('\0', '').slice(0, 500).toWellFormed();
}
