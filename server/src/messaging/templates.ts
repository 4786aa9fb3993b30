/** Email templates: Liquid in subject and HTML, known by id or slug, archived rather than deleted. */
import { record } from '../access/audit/record.ts';
import type { Db } from '../db/open.ts';
import { inTransaction, type Scope, sqlState, type Tx, UNIQUE_VIOLATION } from '../db/tx.ts';
import { AppError, invalidField } from '../errors.ts';
import { isUuid, newId } from '../ids.ts';
import {
  findTemplate,
  insertTemplate,
  listTemplates,
  lockTemplate,
  type TemplateRow,
  type TemplateWrite,
  updateTemplate,
} from './queries.ts';
import type { Rendered, Renderer, Variables } from './render.ts';

export type NewTemplate = Pick<TemplateWrite, 'name' | 'subject' | 'html'> & {
  /** Default: made from the name. */
  slug?: string | undefined;
  category?: TemplateWrite['category'] | undefined;
  /** Name → type word. For people and editors; sending does not enforce it. */
  variables_schema?: TemplateWrite['variables_schema'] | undefined;
};

export type TemplateChange = { [K in keyof TemplateWrite]?: TemplateWrite[K] | undefined };

export interface Templates {
  list(
    scope: Scope,
    page: { category?: TemplateRow['category'] | undefined; skip: number; limit: number },
  ): Promise<{ items: TemplateRow[]; total: number }>;
  /** By id (archived too) or slug (active). @throws AppError not_found */
  get(scope: Scope, idOrSlug: string): Promise<TemplateRow>;
  /** As `get`, but an archived one is not found: it can neither change nor send. */
  active(scope: Scope, idOrSlug: string): Promise<TemplateRow>;
  /** @throws AppError conflict when an active template has the slug, validation_error naming the line of a syntax error */
  create(scope: Scope, template: NewTemplate): Promise<TemplateRow>;
  update(scope: Scope, idOrSlug: string, change: TemplateChange): Promise<TemplateRow>;
  archive(scope: Scope, idOrSlug: string): Promise<void>;
  preview(scope: Scope, idOrSlug: string, variables: Variables): Promise<Rendered>;
  /** What is being written, before it is a template. */
  render(draft: { subject: string; html: string }, variables: Variables): Promise<Rendered>;
}

export function createTemplates({ db, renderer, now }: { db: Db; renderer: Renderer; now: () => Date }): Templates {
  async function get(scope: Scope, idOrSlug: string): Promise<TemplateRow> {
    const row = idOrSlug.includes('\0')
      ? null
      : await findTemplate(db, scope, isUuid(idOrSlug) ? { id: idOrSlug } : { slug: idOrSlug });
    if (!row) throw noTemplate();
    return row;
  }

  async function active(scope: Scope, idOrSlug: string): Promise<TemplateRow> {
    const row = await get(scope, idOrSlug);
    if (!row.is_active) throw noTemplate();
    return row;
  }

  /** @throws AppError not_found when it is archived meanwhile. */
  async function write(
    scope: Scope,
    id: string,
    what: 'updated' | 'archived',
    change: Parameters<typeof updateTemplate>[3],
  ): Promise<TemplateRow> {
    return await inTransaction(db, async (tx) => {
      const before = await lockTemplate(tx, scope, id);
      const after = await updateTemplate(tx, scope, id, change);
      if (!before || !after) throw noTemplate();
      await recordChange(tx, what, before, after);
      return after;
    });
  }

  return {
    get,
    active,
    list: (scope, page) => listTemplates(db, scope, page),

    async create(scope, template) {
      const slug = template.slug ?? slugOf(template.name);
      // A path takes either, so the two must not look alike.
      if (isUuid(slug)) throw invalidField(template.slug ? 'slug' : 'name', 'must not look like an id');
      await renderer.check(template);
      try {
        return await inTransaction(db, async (tx) => {
          const made = await insertTemplate(tx, scope, {
            id: newId(),
            name: template.name,
            slug,
            subject: template.subject,
            html: template.html,
            category: template.category ?? 'transactional',
            variables_schema: template.variables_schema ?? {},
            created_at: now(),
          });
          await recordChange(tx, 'created', undefined, made);
          return made;
        });
      } catch (error) {
        if (sqlState(error) !== UNIQUE_VIOLATION) throw error;
        throw new AppError('conflict', `A template with the slug ${slug} exists. Choose another name or slug.`);
      }
    },

    async update(scope, idOrSlug, change) {
      const row = await active(scope, idOrSlug);
      // Sends name templates by slug: a slug that moves would break them without a word.
      if (change.slug !== undefined && change.slug !== row.slug) throw invalidField('slug', 'cannot be changed');
      const { name = row.name, subject = row.subject, html = row.html, category = row.category } = change;
      if (subject !== row.subject || html !== row.html) await renderer.check({ subject, html });
      return await write(scope, row.id, 'updated', {
        name,
        subject,
        html,
        category,
        ...(change.variables_schema && { variables_schema: change.variables_schema }),
        updated_at: now(),
      });
    },

    async archive(scope, idOrSlug) {
      const row = await active(scope, idOrSlug);
      await write(scope, row.id, 'archived', { is_active: false, updated_at: now() });
    },

    async preview(scope, idOrSlug, variables) {
      return renderer.render(await get(scope, idOrSlug), variables);
    },

    render: (draft, variables) => renderer.render(draft, variables),
  };
}

async function recordChange(
  tx: Tx,
  what: 'created' | 'updated' | 'archived',
  before: TemplateRow | undefined,
  after: TemplateRow,
): Promise<void> {
  const fields = (row: TemplateRow) => {
    const { name, slug, subject, html, category, variables_schema, is_active } = row;
    return { name, slug, subject, html, category, variables_schema, is_active };
  };
  await record(tx, {
    action: `template.${what}`,
    target: { type: 'template', id: after.id, name: after.name },
    before: before && fields(before),
    after: fields(after),
    workspaceId: after.workspace_id,
    environment: after.environment,
  });
}

function noTemplate(): AppError {
  return new AppError('not_found', 'No template here with this id or slug.');
}

/** Lower-case ASCII letters, digits and hyphens; `template` when a name has none of them. */
export function slugOf(name: string): string {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 100)
    .replace(/^-+|-+$/g, '');
  return slug || 'template';
}
