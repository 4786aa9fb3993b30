// Generated from openapi.json by `npm run gen`. Change the routes instead.
export interface paths {
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
}
