// Generated from openapi.json by `npm run gen`. Change the routes instead.
export interface paths {
    "/api/auth/api-keys/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the active API keys (SegOps) */
        get: operations["segopsApiKeys.list"];
        put?: never;
        /**
         * Create an API key (SegOps)
         * @description Without `scopes` the key has full access, as SegOps keys have; it cannot send unless `may_send`.
         */
        post: operations["segopsApiKeys.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/api-keys/{id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke an API key (SegOps) */
        delete: operations["segopsApiKeys.revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/logout/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign out
         * @description Ends the session of the refresh token, or of the access token in Authorization: all its tokens are refused from the next request on.
         */
        post: operations["session.delete"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/token/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in with email and password */
        post: operations["session.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/token/refresh/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Exchange the refresh token for a new pair
         * @description A refresh token is good once. Using one again ends the whole session, so never refresh twice at the same time.
         */
        post: operations["session.refresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List API keys, newest first
         * @description A user sees the keys of both environments, a key those of its own. Revoked keys stay in the list.
         */
        get: operations["apiKeys.list"];
        put?: never;
        /**
         * Create an API key
         * @description A key cannot be given what its maker lacks. Without `scopes` it has full access, which the answer warns of.
         */
        post: operations["apiKeys.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke an API key
         * @description The key is refused from the next request on. This cannot be undone.
         */
        delete: operations["apiKeys.revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/destinations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List destinations, newest first */
        get: operations["destinations.list"];
        put?: never;
        /** Create a webhook destination of a source */
        post: operations["destinations.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/destinations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a destination */
        get: operations["destinations.get"];
        put?: never;
        post?: never;
        /** Delete a destination; its pending deliveries end as failed */
        delete: operations["destinations.delete"];
        options?: never;
        head?: never;
        /** Change a destination; what is pending goes by the new settings */
        patch: operations["destinations.update"];
        trace?: never;
    };
    "/api/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List events and refusals, newest first
         * @description `total` counts to 1,000.
         */
        get: operations["events.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Events a minute by outcome */
        get: operations["events.counts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Watch events live (text/event-stream)
         * @description `event: event` holds an item of the list; `event: delivery` holds `event_id` and its `deliveries` when they change.
         */
        get: operations["events.stream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One event with its payload */
        get: operations["events.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who is calling
         * @description The workspace, environment and rights of the credential.
         */
        get: operations["me.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List people, last seen first
         * @description `q` finds people by the start of an identifier: a user id, an email, any other. `total` counts to 10,000.
         */
        get: operations["people.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One person with identifiers and traits
         * @description The id of a person who was merged into another gives the one they became.
         */
        get: operations["people.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A person's events, newest first
         * @description With the events of everyone merged into the person. `total` counts to 1,000.
         */
        get: operations["people.events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sandbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what was captured, newest first */
        get: operations["sandbox.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sandbox/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get one captured email or request, whole */
        get: operations["sandbox.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scopes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All scopes a key can have */
        get: operations["scopes.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List sources, newest first */
        get: operations["sources.list"];
        put?: never;
        /** Create a source; its write key is made here */
        post: operations["sources.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sources/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a source */
        get: operations["sources.get"];
        put?: never;
        post?: never;
        /** Delete a source that has no destinations; its write key stops working */
        delete: operations["sources.delete"];
        options?: never;
        head?: never;
        /** Rename, enable or disable a source */
        patch: operations["sources.update"];
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the process is alive */
        get: operations["health.alive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether requests can be served: the database answers, is migrated, and no shutdown has begun */
        get: operations["health.ready"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alias": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Accept one alias event */
        post: operations["tracking.alias"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Accept many events */
        post: operations["tracking.batch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/group": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Accept one group event */
        post: operations["tracking.group"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/identify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Accept one identify event */
        post: operations["tracking.identify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Accept many events */
        post: operations["tracking.import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/page": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Accept one page event */
        post: operations["tracking.page"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{writeKey}/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Settings that analytics-next loads */
        get: operations["tracking.settings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/screen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Accept one screen event */
        post: operations["tracking.screen"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/track": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Accept one track event */
        post: operations["tracking.track"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: never;
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    "segopsApiKeys.list": {
        parameters: {
            query?: {
                page?: number;
                page_size?: number;
                limit?: number;
                offset?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        count: number;
                        next: string | null;
                        previous: string | null;
                        results: {
                            id: number;
                            name: string;
                            /** @description The part of the key that is no secret. */
                            prefix: string;
                            environment: string;
                            scopes: string[];
                            may_send: boolean;
                            created_at: string;
                            last_used_at: string | null;
                        }[];
                    };
                };
            };
            /** @description Refused: `error.code` and `error.message` say why and what to change. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail?: string;
                    } & {
                        [key: string]: string[];
                    };
                };
            };
        };
    };
    "segopsApiKeys.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    tenant_slug: string;
                    scopes?: string[];
                    environment?: "live" | "test";
                    may_send?: boolean;
                };
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                        name: string;
                        key: string;
                    };
                };
            };
            /** @description Refused: `error.code` and `error.message` say why and what to change. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail?: string;
                    } & {
                        [key: string]: string[];
                    };
                };
            };
        };
    };
    "segopsApiKeys.revoke": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; no content. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `error.code` and `error.message` say why and what to change. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail?: string;
                    } & {
                        [key: string]: string[];
                    };
                };
            };
        };
    };
    "session.delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    refresh?: string;
                };
            };
        };
        responses: {
            /** @description Done; no content. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `error.code` and `error.message` say why and what to change. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail?: string;
                    } & {
                        [key: string]: string[];
                    };
                };
            };
        };
    };
    "session.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    email: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description JWT, good for 60 minutes: Authorization: Bearer <access>. */
                        access: string;
                        /** @description Good once, within 30 days. Absent where a cookie carries it. */
                        refresh?: string;
                    };
                };
            };
            /** @description Refused: `error.code` and `error.message` say why and what to change. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail?: string;
                    } & {
                        [key: string]: string[];
                    };
                };
            };
        };
    };
    "session.refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    refresh?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description JWT, good for 60 minutes: Authorization: Bearer <access>. */
                        access: string;
                        /** @description Good once, within 30 days. Absent where a cookie carries it. */
                        refresh?: string;
                    };
                };
            };
            /** @description Refused: `error.code` and `error.message` say why and what to change. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail?: string;
                    } & {
                        [key: string]: string[];
                    };
                };
            };
        };
    };
    "apiKeys.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: string;
                            /** @description The same key in SegOps routes, which name keys by integers. */
                            number: number;
                            name: string;
                            /** @description Eight characters of the key that are no secret; logs name the key by them. */
                            public_id: string;
                            environment: "live" | "test";
                            scopes: string[];
                            /** @description Made without scopes: everything in its environment is allowed. */
                            full_access: boolean;
                            /** @description May make messages leave. Never given by scopes, not even by full access. */
                            may_send: boolean;
                            created_at: string;
                            created_by: string | null;
                            last_used_at: string | null;
                            revoked_at: string | null;
                        }[];
                        cursor: string | null;
                        total: number;
                    };
                };
            };
            /** @description Refused: `error.code` and `error.message` say why and what to change. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            details?: {
                                field: string;
                                message: string;
                            }[];
                            required?: string[];
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "apiKeys.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    scopes?: string[];
                    environment?: "live" | "test";
                    /** @default false */
                    may_send?: boolean;
                };
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** @description The same key in SegOps routes, which name keys by integers. */
                        number: number;
                        name: string;
                        /** @description Eight characters of the key that are no secret; logs name the key by them. */
                        public_id: string;
                        environment: "live" | "test";
                        scopes: string[];
                        /** @description Made without scopes: everything in its environment is allowed. */
                        full_access: boolean;
                        /** @description May make messages leave. Never given by scopes, not even by full access. */
                        may_send: boolean;
                        created_at: string;
                        created_by: string | null;
                        last_used_at: string | null;
                        revoked_at: string | null;
                        /** @description Shown only now. Keep it where secrets are kept. */
                        key: string;
                        warning?: string;
                    };
                };
            };
            /** @description Refused: `error.code` and `error.message` say why and what to change. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            details?: {
                                field: string;
                                message: string;
                            }[];
                            required?: string[];
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "apiKeys.revoke": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; no content. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `error.code` and `error.message` say why and what to change. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            details?: {
                                field: string;
                                message: string;
                            }[];
                            required?: string[];
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "destinations.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                source_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: string;
                            /** @enum {string} */
                            type: "webhook";
                            name: string;
                            source_id: string;
                            environment: "live" | "test";
                            settings: {
                                url: string;
                            };
                            /** @description A disabled destination gets no new events; pending deliveries wait. */
                            enabled: boolean;
                            created_at: string;
                            updated_at: string;
                        }[];
                        cursor: string | null;
                        total: number;
                    };
                };
            };
            /** @description Refused: `error.code` and `error.message` say why and what to change. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            details?: {
                                field: string;
                                message: string;
                            }[];
                            required?: string[];
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "destinations.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    type?: "webhook";
                    name: string;
                    source_id: string;
                    settings: {
                        /** @description http:// or https://, without a user name or password, on a public address. */
                        url: string;
                    };
                    enabled?: boolean;
                };
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** @enum {string} */
                        type: "webhook";
                        name: string;
                        source_id: string;
                        environment: "live" | "test";
                        settings: {
                            url: string;
                        };
                        /** @description A disabled destination gets no new events; pending deliveries wait. */
                        enabled: boolean;
                        created_at: string;
                        updated_at: string;
                        /** @description Verifies the webhook-signature header (standardwebhooks.com). Shown now and never again. */
                        signing_secret: string;
                    };
                };
            };
            /** @description Refused: `error.code` and `error.message` say why and what to change. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            details?: {
                                field: string;
                                message: string;
                            }[];
                            required?: string[];
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "destinations.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** @enum {string} */
                        type: "webhook";
                        name: string;
                        source_id: string;
                        environment: "live" | "test";
                        settings: {
                            url: string;
                        };
                        /** @description A disabled destination gets no new events; pending deliveries wait. */
                        enabled: boolean;
                        created_at: string;
                        updated_at: string;
                    };
                };
            };
            /** @description Refused: `error.code` and `error.message` say why and what to change. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            details?: {
                                field: string;
                                message: string;
                            }[];
                            required?: string[];
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "destinations.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; no content. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `error.code` and `error.message` say why and what to change. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            details?: {
                                field: string;
                                message: string;
                            }[];
                            required?: string[];
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "destinations.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    settings?: {
                        /** @description http:// or https://, without a user name or password, on a public address. */
                        url: string;
                    };
                    enabled?: boolean;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** @enum {string} */
                        type: "webhook";
                        name: string;
                        source_id: string;
                        environment: "live" | "test";
                        settings: {
                            url: string;
                        };
                        /** @description A disabled destination gets no new events; pending deliveries wait. */
                        enabled: boolean;
                        created_at: string;
                        updated_at: string;
                    };
                };
            };
            /** @description Refused: `error.code` and `error.message` say why and what to change. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            details?: {
                                field: string;
                                message: string;
                            }[];
                            required?: string[];
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "events.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                source_id?: string;
                type?: "identify" | "track" | "page" | "screen" | "group" | "alias";
                outcome?: "accepted" | "duplicate" | "rejected";
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: string;
                            outcome: "accepted" | "duplicate" | "rejected";
                            code: string | null;
                            reason: string | null;
                            type: string | null;
                            name: string | null;
                            message_id: string | null;
                            source_id: string;
                            user_id: string | null;
                            anonymous_id: string | null;
                            profile_id: string | null;
                            occurred_at: string | null;
                            received_at: string;
                            deliveries: {
                                id: string;
                                destination_id: string;
                                destination_name: string;
                                state: string;
                                attempts: number;
                                last_status: number | null;
                                last_error: string | null;
                            }[];
                        }[];
                        cursor: string | null;
                        total: number;
                    };
                };
            };
            /** @description Refused: `error.code` and `error.message` say why and what to change. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            details?: {
                                field: string;
                                message: string;
                            }[];
                            required?: string[];
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "events.counts": {
        parameters: {
            query?: {
                minutes?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            minute: string;
                            accepted: number;
                            duplicate: number;
                            rejected: number;
                        }[];
                    };
                };
            };
            /** @description Refused: `error.code` and `error.message` say why and what to change. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            details?: {
                                field: string;
                                message: string;
                            }[];
                            required?: string[];
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "events.stream": {
        parameters: {
            query?: {
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "events.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        outcome: "accepted" | "duplicate" | "rejected";
                        code: string | null;
                        reason: string | null;
                        type: string | null;
                        name: string | null;
                        message_id: string | null;
                        source_id: string;
                        user_id: string | null;
                        anonymous_id: string | null;
                        profile_id: string | null;
                        occurred_at: string | null;
                        received_at: string;
                        deliveries: {
                            id: string;
                            destination_id: string;
                            destination_name: string;
                            state: string;
                            attempts: number;
                            last_status: number | null;
                            last_error: string | null;
                        }[];
                        payload: unknown;
                    };
                };
            };
            /** @description Refused: `error.code` and `error.message` say why and what to change. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            details?: {
                                field: string;
                                message: string;
                            }[];
                            required?: string[];
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "me.get": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        kind: "key" | "user";
                        user: {
                            id: string;
                            email: string;
                            name: string;
                        } | null;
                        key: {
                            number: number;
                            public_id: string;
                        } | null;
                        role: "owner" | "admin" | "member" | "viewer" | null;
                        workspace: {
                            id: string;
                            slug: string;
                            name: string;
                        };
                        environment: "live" | "test";
                        scopes: string[];
                        may_send: boolean;
                    };
                };
            };
            /** @description Refused: `error.code` and `error.message` say why and what to change. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            details?: {
                                field: string;
                                message: string;
                            }[];
                            required?: string[];
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "people.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: string;
                            name: string | null;
                            email: string | null;
                            user_id: string | null;
                            identifiers_count: number;
                            first_seen_at: string;
                            last_seen_at: string;
                        }[];
                        cursor: string | null;
                        total: number;
                    };
                };
            };
            /** @description Refused: `error.code` and `error.message` say why and what to change. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            details?: {
                                field: string;
                                message: string;
                            }[];
                            required?: string[];
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "people.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        name: string | null;
                        email: string | null;
                        user_id: string | null;
                        identifiers_count: number;
                        first_seen_at: string;
                        last_seen_at: string;
                        identifiers: {
                            type: string;
                            value: string;
                        }[];
                        traits: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
            /** @description Refused: `error.code` and `error.message` say why and what to change. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            details?: {
                                field: string;
                                message: string;
                            }[];
                            required?: string[];
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "people.events": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: string;
                            outcome: "accepted" | "duplicate" | "rejected";
                            code: string | null;
                            reason: string | null;
                            type: string | null;
                            name: string | null;
                            message_id: string | null;
                            source_id: string;
                            user_id: string | null;
                            anonymous_id: string | null;
                            profile_id: string | null;
                            occurred_at: string | null;
                            received_at: string;
                            deliveries: {
                                id: string;
                                destination_id: string;
                                destination_name: string;
                                state: string;
                                attempts: number;
                                last_status: number | null;
                                last_error: string | null;
                            }[];
                        }[];
                        cursor: string | null;
                        total: number;
                    };
                };
            };
            /** @description Refused: `error.code` and `error.message` say why and what to change. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            details?: {
                                field: string;
                                message: string;
                            }[];
                            required?: string[];
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "sandbox.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                kind?: "email" | "http";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: string;
                            kind: "email" | "http";
                            /** @description One line: the request line, or the recipient and the subject. */
                            summary: string;
                            created_at: string;
                        }[];
                        cursor: string | null;
                        total: number;
                    };
                };
            };
            /** @description Refused: `error.code` and `error.message` say why and what to change. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            details?: {
                                field: string;
                                message: string;
                            }[];
                            required?: string[];
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "sandbox.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        kind: "email" | "http";
                        /** @description One line: the request line, or the recipient and the subject. */
                        summary: string;
                        created_at: string;
                        content: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
            /** @description Refused: `error.code` and `error.message` say why and what to change. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            details?: {
                                field: string;
                                message: string;
                            }[];
                            required?: string[];
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "scopes.list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            name: string;
                            description: string;
                            group: string;
                            /** @description Changes nothing; a viewer has it. */
                            reads: boolean;
                        }[];
                    };
                };
            };
            /** @description Refused: `error.code` and `error.message` say why and what to change. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            details?: {
                                field: string;
                                message: string;
                            }[];
                            required?: string[];
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "sources.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: string;
                            name: string;
                            environment: "live" | "test";
                            /** @description Goes into the SDK or snippet that sends the events. */
                            write_key: string;
                            /** @description Events sent with a disabled source are refused. */
                            enabled: boolean;
                            created_at: string;
                            updated_at: string;
                        }[];
                        cursor: string | null;
                        total: number;
                    };
                };
            };
            /** @description Refused: `error.code` and `error.message` say why and what to change. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            details?: {
                                field: string;
                                message: string;
                            }[];
                            required?: string[];
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "sources.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    enabled?: boolean;
                };
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        name: string;
                        environment: "live" | "test";
                        /** @description Goes into the SDK or snippet that sends the events. */
                        write_key: string;
                        /** @description Events sent with a disabled source are refused. */
                        enabled: boolean;
                        created_at: string;
                        updated_at: string;
                    };
                };
            };
            /** @description Refused: `error.code` and `error.message` say why and what to change. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            details?: {
                                field: string;
                                message: string;
                            }[];
                            required?: string[];
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "sources.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        name: string;
                        environment: "live" | "test";
                        /** @description Goes into the SDK or snippet that sends the events. */
                        write_key: string;
                        /** @description Events sent with a disabled source are refused. */
                        enabled: boolean;
                        created_at: string;
                        updated_at: string;
                    };
                };
            };
            /** @description Refused: `error.code` and `error.message` say why and what to change. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            details?: {
                                field: string;
                                message: string;
                            }[];
                            required?: string[];
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "sources.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; no content. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: `error.code` and `error.message` say why and what to change. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            details?: {
                                field: string;
                                message: string;
                            }[];
                            required?: string[];
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "sources.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    enabled?: boolean;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        name: string;
                        environment: "live" | "test";
                        /** @description Goes into the SDK or snippet that sends the events. */
                        write_key: string;
                        /** @description Events sent with a disabled source are refused. */
                        enabled: boolean;
                        created_at: string;
                        updated_at: string;
                    };
                };
            };
            /** @description Refused: `error.code` and `error.message` say why and what to change. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            details?: {
                                field: string;
                                message: string;
                            }[];
                            required?: string[];
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "health.alive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "ok";
                    };
                };
            };
        };
    };
    "health.ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        status: "ready" | "not_ready";
                        reason: string | null;
                    };
                };
            };
            /** @description See `error`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        status: "ready" | "not_ready";
                        reason: string | null;
                    };
                };
            };
        };
    };
    "tracking.alias": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description A Segment message. */
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        success: boolean;
                        rejected?: {
                            index: number;
                            code: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description See `error`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: false;
                        code: string;
                        message: string;
                    };
                };
            };
            /** @description Refused: `error.code` and `error.message` say why and what to change. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: false;
                        code: string;
                        message: string;
                    };
                };
            };
        };
    };
    "tracking.batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    batch: {
                        [key: string]: unknown;
                    }[];
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        success: boolean;
                        rejected?: {
                            index: number;
                            code: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description See `error`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: false;
                        code: string;
                        message: string;
                    };
                };
            };
            /** @description Refused: `error.code` and `error.message` say why and what to change. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: false;
                        code: string;
                        message: string;
                    };
                };
            };
        };
    };
    "tracking.group": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description A Segment message. */
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        success: boolean;
                        rejected?: {
                            index: number;
                            code: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description See `error`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: false;
                        code: string;
                        message: string;
                    };
                };
            };
            /** @description Refused: `error.code` and `error.message` say why and what to change. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: false;
                        code: string;
                        message: string;
                    };
                };
            };
        };
    };
    "tracking.identify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description A Segment message. */
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        success: boolean;
                        rejected?: {
                            index: number;
                            code: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description See `error`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: false;
                        code: string;
                        message: string;
                    };
                };
            };
            /** @description Refused: `error.code` and `error.message` say why and what to change. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: false;
                        code: string;
                        message: string;
                    };
                };
            };
        };
    };
    "tracking.import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    batch: {
                        [key: string]: unknown;
                    }[];
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        success: boolean;
                        rejected?: {
                            index: number;
                            code: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description See `error`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: false;
                        code: string;
                        message: string;
                    };
                };
            };
            /** @description Refused: `error.code` and `error.message` say why and what to change. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: false;
                        code: string;
                        message: string;
                    };
                };
            };
        };
    };
    "tracking.page": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description A Segment message. */
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        success: boolean;
                        rejected?: {
                            index: number;
                            code: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description See `error`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: false;
                        code: string;
                        message: string;
                    };
                };
            };
            /** @description Refused: `error.code` and `error.message` say why and what to change. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: false;
                        code: string;
                        message: string;
                    };
                };
            };
        };
    };
    "tracking.settings": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                writeKey: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "tracking.screen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description A Segment message. */
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        success: boolean;
                        rejected?: {
                            index: number;
                            code: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description See `error`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: false;
                        code: string;
                        message: string;
                    };
                };
            };
            /** @description Refused: `error.code` and `error.message` say why and what to change. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: false;
                        code: string;
                        message: string;
                    };
                };
            };
        };
    };
    "tracking.track": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description A Segment message. */
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        success: boolean;
                        rejected?: {
                            index: number;
                            code: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description See `error`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: false;
                        code: string;
                        message: string;
                    };
                };
            };
            /** @description Refused: `error.code` and `error.message` say why and what to change. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: false;
                        code: string;
                        message: string;
                    };
                };
            };
        };
    };
}
