/**
 * Which version of an operation is asked for (contract segment-public-api §1.3): `Accept` chooses that of the answer,
 * `Content-Type` that of the body; without a name the most mature one counts.
 */
import { AppError } from '../../../errors.ts';
import type { Operation, Version } from './contract.ts';

const NAMED = /^application\/vnd\.segment\.(v1|v1beta|v1alpha|stable|beta|alpha)\+json$/;
const SYNONYMS: Readonly<Record<string, Version>> = { stable: 'v1', beta: 'v1beta', alpha: 'v1alpha' };
const MATURITY: readonly Version[] = ['v1', 'v1beta', 'v1alpha'];
const OPEN = new Set(['application/json', 'text/json', 'application/*', '*/*', '']);
/** A header with more parts than any client sends is read no further. */
const MAX_PARTS = 20;

/** @throws AppError not_acceptable when no media type of the header is served. */
export function answerVersion(operation: Operation, accept: string | undefined): Version {
  const named = (accept ?? '').split(',', MAX_PARTS).map(mediaType);
  let refused = '';
  for (const type of named) {
    if (OPEN.has(type)) return mostMature(operation);
    const version = versionIn(type);
    const served = version && servedAs(operation, version);
    if (served) return served;
    refused ||= type;
  }
  throw new AppError(
    'not_acceptable',
    `This endpoint does not answer ${refused.slice(0, 100)}. Accept one of: application/json, ${operation.versions
      .map((version) => `application/vnd.segment.${version}+json`)
      .join(', ')}.`,
  );
}

/** @throws AppError unsupported_media_type for a version that the operation does not have, or something else than JSON. */
export function bodyVersion(operation: Operation, contentType: string | undefined): Version {
  const type = mediaType(contentType ?? '');
  if (OPEN.has(type)) return mostMature(operation);
  const version = versionIn(type);
  const served = version && servedAs(operation, version);
  if (served) return served;
  throw new AppError(
    'unsupported_media_type',
    `Send application/json; this endpoint does not take ${type.slice(0, 100)}.`,
  );
}

function mediaType(text: string): string {
  return (text.split(';', 1)[0] ?? '').trim().toLowerCase();
}

function versionIn(type: string): Version | null {
  const name = NAMED.exec(type)?.[1];
  return name === undefined ? null : (SYNONYMS[name] ?? (name as Version));
}

function mostMature(operation: Operation): Version {
  return operation.versions[0] ?? 'v1';
}

/** Asking for v1beta of what has v1 and v1alpha only gives v1 (contract §1.3). */
function servedAs(operation: Operation, version: Version): Version | null {
  if (operation.versions.includes(version)) return version;
  const more = MATURITY.slice(0, MATURITY.indexOf(version)).filter((one) => operation.versions.includes(one));
  return version === 'v1beta' ? (more.at(-1) ?? null) : null;
}
