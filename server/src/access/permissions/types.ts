/** What a permission is made of: a role on resources. */

export const RESOURCE_TYPES = ['FUNCTION', 'SOURCE', 'SPACE', 'WAREHOUSE', 'WORKSPACE'] as const;
export type ResourceType = (typeof RESOURCE_TYPES)[number];

export interface Label {
  readonly key: string;
  readonly value: string;
  readonly description?: string | undefined;
}

/** As it was written: answers show it so again. */
export interface Resource {
  /** As Segment's doors show it. */
  readonly id: string;
  readonly type: ResourceType;
  /** Only what has all of them. */
  readonly labels?: readonly Label[] | undefined;
}

export interface Permission {
  readonly roleId: string;
  readonly resources: readonly Resource[];
  /** Of the whole permission, beside those of its resources; without resources: of the workspace. */
  readonly labels?: readonly Label[] | undefined;
}

/** Something that a permission may cover. Where null stands for one, it is the workspace, or what is yet to be made in it. */
export interface Target {
  readonly type: Exclude<ResourceType, 'WORKSPACE'>;
  readonly id: string;
  readonly labels: readonly Label[];
}
