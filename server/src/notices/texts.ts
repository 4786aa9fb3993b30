/** What every mail of the system has around its text. */
import { storableText } from '../db/text.ts';

const MAX_SUBJECT = 200;
/** More than a list of a thousand keys needs. */
const MAX_TEXT = 100_000;

/** One line: names that people gave go into subjects, and a line break there would begin another header. */
export function subjectLine(subject: string): string {
  const line = storableText(subject)
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
  return line.length > MAX_SUBJECT ? `${line.slice(0, MAX_SUBJECT - 1)}…`.toWellFormed() : line;
}

/** The text with a footer that says which installation wrote it. */
export function mailText(text: string, { publicUrl }: { publicUrl: string }): string {
  const clipped = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}\n…` : text;
  return `${storableText(clipped).trim()}\n\n-- \nHeadgate at ${publicUrl}\nYou get this because you have an account there.\n`;
}
