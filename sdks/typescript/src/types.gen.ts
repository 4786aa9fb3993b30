// Generated from openapi.json by `npm run gen`. Change the routes instead.
export interface paths {
    "/api/auth/api-keys/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the active API keys (SegOps)
         * @description Needs the scope `api-keys:manage`.
         */
        get: operations["segopsApiKeys.list"];
        put?: never;
        /**
         * Create an API key (SegOps)
         * @description Without `scopes` the key has full access, as SegOps keys have; it cannot send unless `may_send`.
         *
         *     Needs the scope `api-keys:manage`.
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
        /**
         * Revoke an API key (SegOps)
         * @description Needs the scope `api-keys:manage`.
         */
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
         *
         *     Needs no credential.
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
        /**
         * Sign in with email and password
         * @description Needs no credential.
         */
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
         *
         *     Needs no credential.
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
         *
         *     Needs the scope `api-keys:manage`.
         */
        get: operations["apiKeys.list"];
        put?: never;
        /**
         * Create an API key
         * @description A key cannot be given what its maker lacks. Without `scopes` it has full access, which the answer warns of.
         *
         *     Needs the scope `api-keys:manage`.
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
         *
         *     Needs the scope `api-keys:manage`.
         */
        delete: operations["apiKeys.revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a delivery with every attempt
         * @description Needs the scope `destinations:read`.
         */
        get: operations["deliveries.get"];
        put?: never;
        post?: never;
        delete?: never;
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
        /**
         * List destinations, newest first
         * @description Needs the scope `destinations:read`.
         */
        get: operations["destinations.list"];
        put?: never;
        /**
         * Create a webhook destination of a source
         * @description Needs the scope `destinations:write`.
         */
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
        /**
         * Get a destination
         * @description Needs the scope `destinations:read`.
         */
        get: operations["destinations.get"];
        put?: never;
        post?: never;
        /**
         * Delete a destination; its pending deliveries end as failed
         * @description Needs the scope `destinations:write`.
         */
        delete: operations["destinations.delete"];
        options?: never;
        head?: never;
        /**
         * Change a destination; what is pending goes by the new settings
         * @description Needs the scope `destinations:write`.
         */
        patch: operations["destinations.update"];
        trace?: never;
    };
    "/api/v1/destinations/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a destination's deliveries, newest first
         * @description `total` counts to 10,000.
         *
         *     Needs the scope `destinations:read`.
         */
        get: operations["destinations.deliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/emails": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List emails, newest first
         * @description `total` counts to 10,000.
         *
         *     Needs the scope `emails:read`.
         */
        get: operations["emails.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/emails/send": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send one email to one address
         * @description Rendered and durable when answered. `idempotency_key`, or the header `Idempotency-Key`, makes a repeated call answer as the first did (`Idempotent-Replayed: true`) and send once. In the test environment nothing leaves: the message is captured in the sandbox.
         *
         *     Needs the scope `emails:send`, and the permission to send.
         */
        post: operations["emails.send"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/emails/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One email with its bodies
         * @description Needs the scope `emails:read`.
         */
        get: operations["emails.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
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
         *
         *     Needs the scope `events:read`.
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
        /**
         * Events a minute by outcome
         * @description Needs the scope `events:read`.
         */
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
         * @description `event: ready` comes first; `event: event` holds an item of the list; `event: delivery` holds `event_id` and its `deliveries` when they change.
         *
         *     Needs the scope `events:read`.
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
        /**
         * One event with its payload
         * @description Needs the scope `events:read`.
         */
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
         *
         *     Needs any valid credential.
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
         *
         *     Needs the scope `profiles:read`.
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
         *
         *     Needs the scope `profiles:read`.
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
         *
         *     Needs the scope `profiles:read`.
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
        /**
         * List what was captured, newest first
         * @description Needs the scope `sandbox:read`.
         */
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
        /**
         * Get one captured email or request, whole
         * @description Needs the scope `sandbox:read`.
         */
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
        /**
         * All scopes a key can have
         * @description Needs any valid credential.
         */
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
        /**
         * List sources, newest first
         * @description Needs the scope `sources:read`.
         */
        get: operations["sources.list"];
        put?: never;
        /**
         * Create a source; its write key is made here
         * @description Needs the scope `sources:write`.
         */
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
        /**
         * Get a source
         * @description Needs the scope `sources:read`.
         */
        get: operations["sources.get"];
        put?: never;
        post?: never;
        /**
         * Delete a source that has no destinations; its write key stops working
         * @description Needs the scope `sources:write`.
         */
        delete: operations["sources.delete"];
        options?: never;
        head?: never;
        /**
         * Rename, enable or disable a source
         * @description Needs the scope `sources:write`.
         */
        patch: operations["sources.update"];
        trace?: never;
    };
    "/api/v1/templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List active templates, newest first
         * @description Pages by `skip` and `limit`; `cursor` is always null.
         *
         *     Needs the scope `templates:read`.
         */
        get: operations["templates.list"];
        put?: never;
        /**
         * Create a template
         * @description The slug is made from the name unless given; an active template with the same slug is a conflict.
         *
         *     Needs the scope `templates:write`.
         */
        post: operations["templates.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/templates/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Render what is being written, without storing or sending it
         * @description Needs the scope `templates:read`.
         */
        post: operations["templates.render"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/templates/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a template by id or slug
         * @description By slug only active ones are found, by id archived ones too.
         *
         *     Needs the scope `templates:read`.
         */
        get: operations["templates.get"];
        put?: never;
        post?: never;
        /**
         * Archive a template by id or slug
         * @description It sends no more, and its slug is free for another.
         *
         *     Needs the scope `templates:write`.
         */
        delete: operations["templates.delete"];
        options?: never;
        head?: never;
        /**
         * Change a template by id or slug
         * @description The slug stays as it is: sends name templates by it.
         *
         *     Needs the scope `templates:write`.
         */
        patch: operations["templates.update"];
        trace?: never;
    };
    "/api/v1/templates/{id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Render a template without sending
         * @description Needs the scope `templates:read`.
         */
        post: operations["templates.preview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the process is alive
         * @description Needs no credential.
         */
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
        /**
         * Whether requests can be served: the database answers, is migrated, and no shutdown has begun
         * @description Needs no credential.
         */
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
        /**
         * Accept one alias event
         * @description Needs the write key of a source.
         */
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
        /**
         * Accept many events
         * @description Needs the write key of a source.
         */
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
        /**
         * Accept one group event
         * @description Needs the write key of a source.
         */
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
        /**
         * Accept one identify event
         * @description Needs the write key of a source.
         */
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
        /**
         * Accept many events
         * @description Needs the write key of a source.
         */
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
        /**
         * Accept one page event
         * @description Needs the write key of a source.
         */
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
        /**
         * Settings that analytics-next loads
         * @description Needs the write key of a source.
         */
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
        /**
         * Accept one screen event
         * @description Needs the write key of a source.
         */
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
        /**
         * Accept one track event
         * @description Needs the write key of a source.
         */
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
    "deliveries.get": {
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
                        event_id: string;
                        destination_id: string;
                        destination_name: string;
                        /** @description captured: kept in the sandbox, because the test environment sends nothing. */
                        state: "pending" | "delivered" | "failed" | "captured";
                        last_status: number | null;
                        last_error: string | null;
                        /** @description Of a pending delivery. */
                        next_attempt_at: string | null;
                        created_at: string;
                        finished_at: string | null;
                        attempts: {
                            attempt: number;
                            started_at: string;
                            duration_ms: number;
                            status: number | null;
                            error: string | null;
                            /** @description The first 1,024 bytes of the answer. */
                            response: string | null;
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
    "destinations.deliveries": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                /** @description captured: kept in the sandbox, because the test environment sends nothing. */
                state?: "pending" | "delivered" | "failed" | "captured";
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
                            event_id: string;
                            destination_id: string;
                            destination_name: string;
                            /** @description captured: kept in the sandbox, because the test environment sends nothing. */
                            state: "pending" | "delivered" | "failed" | "captured";
                            last_status: number | null;
                            last_error: string | null;
                            /** @description Of a pending delivery. */
                            next_attempt_at: string | null;
                            created_at: string;
                            finished_at: string | null;
                            attempts: number;
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
    "emails.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                status?: "queued" | "sending" | "sent" | "failed" | "captured" | "unknown";
                to?: string;
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
                            status: "queued" | "sending" | "sent" | "failed" | "captured" | "unknown";
                            template_id: string;
                            template_slug: string;
                            from: string;
                            to: string;
                            subject: string;
                            attempts: number;
                            error: string | null;
                            esp_message_id: string | null;
                            idempotency_key: string | null;
                            created_at: string;
                            /** @description While it is queued. */
                            next_attempt_at: string | null;
                            finished_at: string | null;
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
    "emails.send": {
        parameters: {
            query?: never;
            header?: {
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    template_slug?: string | null;
                    template_id?: string | null;
                    /** @description One plain address. */
                    to: string;
                    variables?: {
                        [key: string]: unknown;
                    } | null;
                    idempotency_key?: string | null;
                };
            };
        };
        responses: {
            /** @description Taken; the work goes on. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        status: "queued" | "sending" | "sent" | "failed" | "captured" | "unknown";
                        /** @description The mail server's answer, once it took it. */
                        esp_message_id: string | null;
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
    "emails.get": {
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
                        status: "queued" | "sending" | "sent" | "failed" | "captured" | "unknown";
                        template_id: string;
                        template_slug: string;
                        from: string;
                        to: string;
                        subject: string;
                        attempts: number;
                        error: string | null;
                        esp_message_id: string | null;
                        idempotency_key: string | null;
                        created_at: string;
                        /** @description While it is queued. */
                        next_attempt_at: string | null;
                        finished_at: string | null;
                        html: string;
                        text: string;
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
            /** @description Does not end by itself. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": {
                        /** @enum {string} */
                        event: "ready";
                        data: Record<string, never>;
                    } | {
                        /** @enum {string} */
                        event: "event";
                        data: {
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
                        };
                    } | {
                        /** @enum {string} */
                        event: "delivery";
                        data: {
                            event_id: string;
                            deliveries: {
                                id: string;
                                destination_id: string;
                                destination_name: string;
                                state: string;
                                attempts: number;
                                last_status: number | null;
                                last_error: string | null;
                            }[];
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
    "templates.list": {
        parameters: {
            query?: {
                skip?: number;
                limit?: number;
                category?: "transactional" | "marketing";
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
                            slug: string;
                            subject: string;
                            html: string;
                            variables_schema: {
                                [key: string]: unknown;
                            };
                            category: "transactional" | "marketing";
                            is_active: boolean;
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
    "templates.create": {
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
                    /** @description Liquid. Becomes one line. */
                    subject: string;
                    /** @description Liquid. Values are HTML-escaped; the text part is made from it. */
                    html: string;
                    slug?: string;
                    category?: "transactional" | "marketing";
                    /** @description Name → type word. Tells people what to pass. */
                    variables_schema?: {
                        [key: string]: string;
                    };
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
                        slug: string;
                        subject: string;
                        html: string;
                        variables_schema: {
                            [key: string]: unknown;
                        };
                        category: "transactional" | "marketing";
                        is_active: boolean;
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
    "templates.render": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Liquid. Becomes one line. */
                    subject: string;
                    /** @description Liquid. Values are HTML-escaped; the text part is made from it. */
                    html: string;
                    variables?: {
                        [key: string]: unknown;
                    };
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
                        subject: string;
                        html: string;
                        text: string;
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
    "templates.get": {
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
                        slug: string;
                        subject: string;
                        html: string;
                        variables_schema: {
                            [key: string]: unknown;
                        };
                        category: "transactional" | "marketing";
                        is_active: boolean;
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
    "templates.delete": {
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
    "templates.update": {
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
                    /** @description Liquid. Becomes one line. */
                    subject?: string;
                    /** @description Liquid. Values are HTML-escaped; the text part is made from it. */
                    html?: string;
                    slug?: string;
                    category?: "transactional" | "marketing";
                    /** @description Name → type word. Tells people what to pass. */
                    variables_schema?: {
                        [key: string]: string;
                    };
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
                        slug: string;
                        subject: string;
                        html: string;
                        variables_schema: {
                            [key: string]: unknown;
                        };
                        category: "transactional" | "marketing";
                        is_active: boolean;
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
    "templates.preview": {
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
                    variables?: {
                        [key: string]: unknown;
                    };
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
                        subject: string;
                        html: string;
                        text: string;
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
