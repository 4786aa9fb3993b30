/** Countries of addresses, from a local file in MaxMind's format (MMDB). Nothing is asked of anybody. */
import { readFileSync } from 'node:fs';
import { type CountryResponse, Reader } from 'maxmind';

export interface GeoIp {
  /** ISO 3166-1 code of two letters; null: not known, or no file is configured. */
  countryOf(ip: string): string | null;
  readonly configured: boolean;
}

/** @throws Error naming the file when it cannot be read. */
export function createGeoIp(file: string | null): GeoIp {
  if (file === null) return { countryOf: () => null, configured: false };
  const reader = open(file);
  return {
    configured: true,
    countryOf(ip) {
      try {
        return reader.get(ip)?.country?.iso_code ?? null;
      } catch {
        // No address: what a proxy wrote into its header.
        return null;
      }
    },
  };
}

function open(file: string): Reader<CountryResponse> {
  try {
    return new Reader<CountryResponse>(readFileSync(file));
  } catch (error) {
    throw new Error(`HEADGATE_GEOIP_FILE: ${file} cannot be read as an MMDB file.`, { cause: error });
  }
}
