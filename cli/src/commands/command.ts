/** What every command is given and gives back. */
import { type Client, createClient } from '@headgate/sdk';

export interface Invocation {
  /** What follows the command's name. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** One line to standard output. */
  out(text: string): void;
  /** One line to standard error. */
  err(text: string): void;
}

export interface Command {
  readonly usage: string;
  /** @returns the exit code. @throws UsageError; other errors are told and end with 2. */
  run(invocation: Invocation): Promise<number>;
}

/** The command line itself is wrong. */
export class UsageError extends Error {}

/** @throws UsageError without HEADGATE_URL and HEADGATE_KEY. */
export function clientOf(env: Invocation['env']): Client {
  const { HEADGATE_URL: baseUrl, HEADGATE_KEY: apiKey } = env;
  if (!baseUrl || !apiKey) {
    throw new UsageError(
      'Set HEADGATE_URL to your server, such as https://events.example.com, and HEADGATE_KEY to a key.',
    );
  }
  return createClient({ baseUrl, apiKey });
}
