/** One email template: write it on the left, see it on the right. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useBlocker, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useApi, useCan } from '../../api/client.ts';
import type { Template } from '../../api/types.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { Field, Textarea, TextField } from '../../ui/form.tsx';
import { Page, Panel } from '../../ui/page.tsx';
import { ErrorState, InlineError, Skeleton } from '../../ui/state.tsx';
import { Segmented } from '../../ui/tabs.tsx';
import { toastDone } from '../../ui/toast.tsx';
import { TemplatePreview } from './preview.tsx';
import { SendSnippet } from './send.tsx';

const route = getRouteApi('/shell/templates/$templateId');

const BLANK: Template = {
  id: 'new',
  name: '',
  slug: '',
  subject: 'Welcome, {{ name }}',
  html: `<h1>Welcome, {{ name }}</h1>
<p>Thanks for signing up. Your plan is <strong>{{ plan }}</strong>.</p>
<p><a href="https://example.com/start">Get started</a></p>
`,
  variables_schema: {},
  category: 'transactional',
  is_active: true,
  created_at: '',
  updated_at: '',
};

export function TemplateEditor() {
  const { templateId } = route.useParams();
  const { client, environment } = useApi();
  const query = useQuery({
    queryKey: [environment, 'template', templateId],
    queryFn: () => client.templates.get({ id: templateId }),
    enabled: templateId !== 'new',
    // What is being written must not be replaced by a reload in the background.
    staleTime: Number.POSITIVE_INFINITY,
  });
  const template = templateId === 'new' ? BLANK : query.data;
  if (template) return <Editor key={template.id} template={template} />;
  return (
    <Page title={<Skeleton className="h-7 w-48" />} documentTitle="Template" back={<Back />}>
      {query.isError ? (
        <Panel>
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        </Panel>
      ) : (
        <Skeleton className="h-[36rem] w-full" />
      )}
    </Page>
  );
}

function Back() {
  return (
    <Link to="/templates" className="hover:text-ink hover:underline">
      ← Templates
    </Link>
  );
}

type Draft = Pick<Template, 'name' | 'slug' | 'subject' | 'html' | 'category'>;

function Editor({ template }: { template: Template }) {
  const isNew = template.id === 'new';
  const { client, environment } = useApi();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const allowed = useCan('templates:write');
  const [draft, setDraft] = useState<Draft>(template);
  const [slugTouched, setSlugTouched] = useState(!isNew);
  const [archiving, setArchiving] = useState(false);
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }));
  const fields: Draft = {
    name: draft.name.trim(),
    slug: draft.slug.trim(),
    subject: draft.subject,
    html: draft.html,
    category: draft.category,
  };
  const changed = (Object.keys(fields) as (keyof Draft)[]).some((name) => fields[name] !== template[name]);

  const save = useMutation({
    mutationFn: () =>
      isNew ? client.templates.create({ ...fields }) : client.templates.update({ id: template.id, ...fields }),
    onSuccess: (saved) => {
      queries.setQueryData([environment, 'template', saved.id], saved);
      void queries.invalidateQueries({ queryKey: [environment, 'templates'] });
      toastDone('Saved.');
      if (isNew) {
        void navigate({
          to: '/templates/$templateId',
          params: { templateId: saved.id },
          replace: true,
          ignoreBlocker: true,
        });
      } else setDraft(saved);
    },
  });
  useBlocker({
    shouldBlockFn: () => changed && !window.confirm('Leave without saving? What you changed is lost.'),
    enableBeforeUnload: () => changed,
    disabled: !changed || save.isSuccess,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const archive = async () => {
    await client.templates.delete({ id: template.id });
    toastDone(`${template.name} is archived.`);
    void queries.invalidateQueries({ queryKey: [environment, 'templates'] });
    await navigate({ to: '/templates', ignoreBlocker: true });
  };

  return (
    <Page
      title={isNew ? 'New template' : template.name}
      documentTitle={isNew ? 'New template' : template.name}
      back={<Back />}
      actions={
        allowed && (
          <>
            {!isNew && (
              <Button variant="danger" onClick={() => setArchiving(true)}>
                Archive
              </Button>
            )}
            <Button
              type="submit"
              form="template"
              variant="primary"
              busy={save.isPending}
              disabled={!fields.name || !fields.slug || !fields.subject || !fields.html || (!isNew && !changed)}
            >
              {isNew ? 'Create template' : 'Save'}
            </Button>
          </>
        )
      }
    >
      <InlineError error={save.error} />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Panel>
          <form id="template" onSubmit={submit} className="flex flex-col gap-4">
            <div className="grid gap-4 sm:grid-cols-2">
              <TextField
                label="Name"
                required
                maxLength={200}
                disabled={!allowed}
                value={draft.name}
                onChange={(name) => set({ name, ...(!slugTouched && { slug: slugOf(name) }) })}
              />
              <TextField
                label="Slug"
                required
                maxLength={100}
                disabled={!allowed || !isNew}
                hint={isNew ? 'Sends name the template by it; it stays.' : undefined}
                className="[&_input]:font-mono"
                value={draft.slug}
                onChange={(slug) => {
                  setSlugTouched(true);
                  set({ slug });
                }}
              />
            </div>
            <TextField
              label="Subject"
              required
              maxLength={500}
              disabled={!allowed}
              value={draft.subject}
              onChange={(subject) => set({ subject })}
            />
            <Field
              label="HTML"
              hint="Liquid: {{ variable }}, {% if plan == 'pro' %}. The text version is made from it."
            >
              {(ids) => (
                <Textarea
                  {...ids}
                  spellCheck={false}
                  disabled={!allowed}
                  value={draft.html}
                  onChange={(event) => set({ html: event.target.value })}
                  className="h-96 resize-y font-mono text-[13px] leading-[1.55]"
                />
              )}
            </Field>
            <div className="flex flex-col gap-1">
              <span className="font-medium">Category</span>
              <Segmented
                label="Category"
                className="self-start"
                value={draft.category}
                onChange={(category) => set({ category })}
                options={[
                  { value: 'transactional', label: 'Transactional' },
                  { value: 'marketing', label: 'Marketing' },
                ]}
              />
            </div>
          </form>
        </Panel>
        <div className="flex min-w-0 flex-col gap-4">
          <TemplatePreview subject={draft.subject} html={draft.html} />
          {!isNew && <SendSnippet template={template} />}
        </div>
      </div>
      <ConfirmDialog
        open={archiving}
        onOpenChange={setArchiving}
        title={`Archive ${template.name}?`}
        action="Archive template"
        onConfirm={archive}
      >
        Sends that name it are refused from this moment on. Emails already sent stay readable, and its slug becomes
        free.
      </ConfirmDialog>
    </Page>
  );
}

function slugOf(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 100);
}
