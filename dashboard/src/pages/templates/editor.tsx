/** Placeholder. */
export function TemplateEditor() {
  return null;
}
