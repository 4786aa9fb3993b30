export function chromium(): string | null;
export function postgresPrograms(): string | null;
export function installSystemPackages(): Promise<void>;
