/** Text that PostgreSQL takes: neither its text nor its jsonb holds NUL, and jsonb no half of a surrogate pair. */
export function storableText(text: string): string {
  return text.replaceAll('\u0000', '\ufffd').toWellFormed();
}
