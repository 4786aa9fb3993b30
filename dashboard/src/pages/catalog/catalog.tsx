/** The catalog: everything that can be connected, found by name or category. */
import { getRouteApi, Link } from '@tanstack/react-router';
import type { CatalogKind } from '../../catalog/queries.ts';
import { Types } from '../../catalog/types.tsx';
import { SearchBox } from '../../ui/form.tsx';
import { Page, Panel, STRETCH } from '../../ui/page.tsx';
import { Segmented } from '../../ui/tabs.tsx';

const route = getRouteApi('/shell/catalog');

export function Catalog() {
  const { kind = 'destinations', q = '' } = route.useSearch();
  const navigate = route.useNavigate();
  const search = (change: { kind?: CatalogKind; q?: string | undefined }) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  return (
    <Page
      title="Catalog"
      documentTitle="Catalog"
      description="What can send events, take them, or keep them. “works” marks what this server does itself; the rest is stored exactly as it was set up."
    >
      <div className="flex flex-wrap gap-3">
        <Segmented<CatalogKind>
          label="Kind"
          value={kind}
          onChange={(next) => search({ kind: next })}
          options={[
            { value: 'sources', label: 'Sources' },
            { value: 'destinations', label: 'Destinations' },
            { value: 'warehouses', label: 'Warehouses' },
          ]}
        />
        <SearchBox
          label="Search the catalog"
          placeholder="Name or category"
          value={q}
          onChange={(value) => search({ q: value || undefined })}
        />
      </div>
      <Panel flush className="overflow-hidden">
        <Types
          kind={kind}
          q={q}
          renderName={(type) => (
            <Link to="/catalog/$kind/$typeId" params={{ kind, typeId: type.slug }} className={STRETCH}>
              {type.name}
            </Link>
          )}
        />
      </Panel>
    </Page>
  );
}
