// Generated from openapi.json by `npm run gen`. Change the routes instead.
export interface paths {
    "/.well-known/oauth-authorization-server": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Metadata of the authorization server (RFC 8414)
         * @description Needs no credential.
         */
        get: operations["oauth.serverMetadata"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/.well-known/oauth-protected-resource": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Metadata of the protected resource (RFC 9728)
         * @description Needs no credential.
         */
        get: operations["oauth.resourceMetadata"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
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
    "/api/auth/passkey/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in with a passkey
         * @description Its device must have verified who holds it; then neither a password nor a second factor is asked for.
         *
         *     Needs no credential.
         */
        post: operations["session.passkey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/passkey/options/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a browser needs to sign in with a passkey
         * @description The answer goes into navigator.credentials.get as it is. It is good once, within five minutes.
         *
         *     Needs no credential.
         */
        post: operations["session.passkeyOptions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/password/forgot/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for a mail to set a new password
         * @description The answer is the same whether there is such an account or not. The link is good once, for 30 minutes.
         *
         *     Needs no credential.
         */
        post: operations["password.forgot"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/password/reset/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set a new password with the mailed token
         * @description Ends all sessions of the account. A second factor stays.
         *
         *     Needs no credential.
         */
        post: operations["password.reset"];
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
         * @description An account with a second factor gets 403 with an `mfa_token` for the second step instead of tokens.
         *
         *     Needs no credential.
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
         * @description A refresh token is good once; within ten seconds, and while its successor is unused, it gets the same successor again. Any other use of a used one ends the session.
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
    "/api/auth/token/second-factor/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The second step of signing in
         * @description Exactly one of `code`, `recovery_code` and `passkey`. A code is good once.
         *
         *     Needs no credential.
         */
        post: operations["session.secondFactor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credentials/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Report keys that were found in public
         * @description For whoever found them; no credential is needed, the keys are the proof. Keys of this installation stop working and their owners are told. The answer is the same whether they were ours or not. This cannot be undone.
         *
         *     Needs no credential.
         */
        post: operations["leaks.report"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/secret-scanning/github": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * GitHub's secret scanning reports leaked keys
         * @description An array of {token, type, url, source}, signed by GitHub (Github-Public-Key-Identifier, Github-Public-Key-Signature). Keys of this installation are revoked or quarantined, and their owners told.
         *
         *     Needs no credential.
         */
        post: operations["leaks.github"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List alerts
         * @description Newest first. A key sees the alerts about keys of its own environment.
         *
         *     Needs the scope `alerts:read`.
         */
        get: operations["alerts.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alerts/{id}/acknowledge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Acknowledge an alert
         * @description Needs the scope `alerts:manage`.
         */
        post: operations["alerts.acknowledge"];
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
         * @description A key cannot be given what its maker lacks, and has its maker’s bounds where the request names none. Without `scopes` it has full access, which the answer warns of and only an owner or a key with full access can give.
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
        /**
         * Get an API key, without its text
         * @description Needs the scope `api-keys:manage`.
         */
        get: operations["apiKeys.get"];
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
        /**
         * Change an API key
         * @description Scopes can only become fewer. The key as it would be must be within what the caller could make.
         *
         *     Needs the scope `api-keys:manage`.
         */
        patch: operations["apiKeys.update"];
        trace?: never;
    };
    "/api/v1/api-keys/{id}/least-privilege": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a key uses of what it has
         * @description With what a narrower twin would need.
         *
         *     Needs the scope `usage:read`.
         */
        get: operations["usage.leastPrivilege"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/api-keys/{id}/quarantine": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hold a key back: it may only read, and sends nothing
         * @description Needs the scope `api-keys:manage`.
         */
        post: operations["apiKeys.quarantine"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/api-keys/{id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Release a key from quarantine
         * @description Owners and admins only.
         *
         *     Needs the scope `api-keys:manage`.
         */
        post: operations["apiKeys.release"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/api-keys/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replace an API key by a successor
         * @description The successor has the same rights and lineage. The old key goes on for `overlap_seconds`, never beyond its own expiry.
         *
         *     Needs the scope `api-keys:manage`.
         */
        post: operations["apiKeys.rotate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/api-keys/{id}/twin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a narrower key beside this one
         * @description It shares the lineage, and with it rate limits and idempotency records. The old key is left alone.
         *
         *     Needs the scope `api-keys:manage`.
         */
        post: operations["apiKeys.twin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/api-keys/{id}/usage/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a key did in a time
         * @description For a leaked key: `from` when it leaked, `to` when it was revoked.
         *
         *     Needs the scope `usage:read`.
         */
        get: operations["usage.summary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/approvals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List sends that ask for approval
         * @description Newest first. A key whose send is refused with approval_required finds it here.
         *
         *     Needs the scope `alerts:read`.
         */
        get: operations["approvals.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/approvals/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve a send
         * @description For an owner or admin who did not make the key. An approval is good for one send within 24 hours.
         *
         *     Needs the scope `alerts:manage`.
         */
        post: operations["approvals.approve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/approvals/{id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reject a send
         * @description For an owner or admin who did not make the key. An approval is good for one send within 24 hours.
         *
         *     Needs the scope `alerts:manage`.
         */
        post: operations["approvals.reject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audiences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List audiences, newest first
         * @description Needs the scope `segments:read`.
         */
        get: operations["audiences.list"];
        put?: never;
        /**
         * Create an audience; its size is counted in the background
         * @description Needs the scope `segments:write`.
         */
        post: operations["audiences.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audiences/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check a query; tells where a mistake is
         * @description Needs the scope `segments:read`.
         */
        post: operations["audiences.check"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audiences/previews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Count who a query holds for, in the background
         * @description Needs the scope `segments:read`.
         */
        post: operations["audiences.preview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audiences/previews/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a preview: running, then completed or failed
         * @description Needs the scope `segments:read`.
         */
        get: operations["audiences.getPreview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audiences/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an audience
         * @description Needs the scope `segments:read`.
         */
        get: operations["audiences.get"];
        put?: never;
        post?: never;
        /**
         * Delete an audience
         * @description Needs the scope `segments:write`.
         */
        delete: operations["audiences.delete"];
        options?: never;
        head?: never;
        /**
         * Rename, enable, disable or redefine an audience
         * @description While it is counted its definition cannot change: 409.
         *
         *     Needs the scope `segments:write`.
         */
        patch: operations["audiences.update"];
        trace?: never;
    };
    "/api/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what was changed, newest first
         * @description `total` counts to 10,000. A person sees the whole workspace, a live key not what is of the test environment, a test key nothing else.
         *
         *     Needs the scope `audit:read`.
         */
        get: operations["audit.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download what a filter finds, as CSV or as JSON lines
         * @description Needs the scope `audit:read`.
         */
        get: operations["audit.export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/public-key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The public key of signed checkpoints
         * @description Needs the scope `audit:read`.
         */
        get: operations["audit.publicKey"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Check the trail against its hashes and signed checkpoints
         * @description Looks at 100,000 entries a call. While `complete` is false go on with `from` = `last_seq` + 1. For all at once: `headgate audit verify`.
         *
         *     Needs the scope `audit:read`.
         */
        get: operations["audit.verify"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get one entry, by its id or number
         * @description Needs the scope `audit:read`.
         */
        get: operations["audit.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/catalog/destinations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the types of destinations, or those that a text is found in, best first
         * @description Needs the scope `destinations:read`.
         */
        get: operations["catalog.destinations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/catalog/destinations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a type of destinations by its id or slug, with its settings and actions
         * @description Needs the scope `destinations:read`.
         */
        get: operations["catalog.destination"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/catalog/sources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the types of sources, or those that a text is found in, best first
         * @description Needs the scope `sources:read`.
         */
        get: operations["catalog.sources"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/catalog/sources/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a type of sources by its id or slug, with its settings
         * @description Needs the scope `sources:read`.
         */
        get: operations["catalog.source"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/catalog/warehouses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the types of warehouses, or those that a text is found in, best first
         * @description Needs the scope `destinations:read`.
         */
        get: operations["catalog.warehouses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/catalog/warehouses/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a type of warehouses by its id or slug, with its settings
         * @description Needs the scope `destinations:read`.
         */
        get: operations["catalog.warehouse"];
        put?: never;
        post?: never;
        delete?: never;
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
         * Create a destination of a source: a webhook, or of any type of the catalog
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
    "/api/v1/destinations/{id}/filters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the filters of a destination, oldest first: there are ten at most
         * @description Needs the scope `destinations:read`.
         */
        get: operations["filters.list"];
        put?: never;
        /**
         * Create a filter of a destination; it is in force when this is answered
         * @description Needs the scope `destinations:write`.
         */
        post: operations["filters.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/destinations/{id}/filters/{filter_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a filter
         * @description Needs the scope `destinations:read`.
         */
        get: operations["filters.get"];
        put?: never;
        post?: never;
        /**
         * Delete a filter
         * @description Needs the scope `destinations:write`.
         */
        delete: operations["filters.delete"];
        options?: never;
        head?: never;
        /**
         * Change a filter; null clears its description
         * @description Needs the scope `destinations:write`.
         */
        patch: operations["filters.update"];
        trace?: never;
    };
    "/api/v1/destinations/{id}/subscriptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the subscriptions of a destination, oldest first
         * @description Needs the scope `destinations:read`.
         */
        get: operations["subscriptions.list"];
        put?: never;
        /**
         * Create a subscription: an action of the destination for the events that a trigger names
         * @description Needs the scope `destinations:write`.
         */
        post: operations["subscriptions.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/destinations/{id}/subscriptions/{subscription_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a subscription
         * @description Needs the scope `destinations:read`.
         */
        get: operations["subscriptions.get"];
        put?: never;
        post?: never;
        /**
         * Delete a subscription
         * @description Needs the scope `destinations:write`.
         */
        delete: operations["subscriptions.delete"];
        options?: never;
        head?: never;
        /**
         * Change a subscription; settings are merged by field, null removes one
         * @description Needs the scope `destinations:write`.
         */
        patch: operations["subscriptions.update"];
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
         * @description Rendered and durable when answered. `idempotency_key` makes a repeated call answer as the first did (`Idempotent-Replayed: true`) and send once, for as long as the message is kept; the header `Idempotency-Key` does the same for 24 hours. In the test environment nothing leaves: the message is captured in the sandbox.
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
    "/api/v1/filters/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a filter would make of an event; nothing is stored
         * @description A statement that does not parse is answered too, with where and what was expected: this is asked while it is written.
         *
         *     Needs the scope `destinations:read`.
         */
        post: operations["filters.preview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/functions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List functions, newest first, without their code
         * @description Needs the scope `workspace:read`.
         */
        get: operations["functions.list"];
        put?: never;
        /**
         * Create a function; it is not deployed
         * @description Needs the scope `workspace`.
         */
        post: operations["functions.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/functions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a function with its current code
         * @description Needs the scope `workspace:read`.
         */
        get: operations["functions.get"];
        put?: never;
        post?: never;
        /**
         * Delete a function with its versions
         * @description Needs the scope `workspace`.
         */
        delete: operations["functions.delete"];
        options?: never;
        head?: never;
        /**
         * Change a function; other code becomes a new version, what is deployed stays
         * @description Needs the scope `workspace`.
         */
        patch: operations["functions.update"];
        trace?: never;
    };
    "/api/v1/functions/{id}/deploy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make the current code the deployed one
         * @description Needs the scope `workspace`.
         */
        post: operations["functions.deploy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/functions/{id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Run the code of a function with an event; nothing is stored, but what it fetches is fetched
         * @description Needs the scope `workspace`.
         */
        post: operations["functions.preview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/functions/{id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the versions of a function, newest first; the last hundred are kept
         * @description Needs the scope `workspace:read`.
         */
        get: operations["functions.versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/functions/{id}/versions/{version}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make the code of an old version the current one
         * @description Needs the scope `workspace`.
         */
        post: operations["functions.restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List groups, oldest first
         * @description Needs the scope `members:read`.
         */
        get: operations["groups.list"];
        put?: never;
        /**
         * Create a group
         * @description Needs the scope `members:manage`.
         */
        post: operations["groups.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/groups/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a group
         * @description Needs the scope `members:read`.
         */
        get: operations["groups.get"];
        put?: never;
        post?: never;
        /**
         * Delete a group
         * @description Its members stay, without what the group gave them.
         *
         *     Needs the scope `members:manage`.
         */
        delete: operations["groups.delete"];
        options?: never;
        head?: never;
        /**
         * Rename a group
         * @description Needs the scope `members:manage`.
         */
        patch: operations["groups.update"];
        trace?: never;
    };
    "/api/v1/groups/{id}/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List who was invited into a group and has not accepted yet
         * @description Needs the scope `members:read`.
         */
        get: operations["groups.invitations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/groups/{id}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a group's members, oldest account first
         * @description Needs the scope `members:read`.
         */
        get: operations["groups.members"];
        /**
         * Set a group's members
         * @description Who is no member of the workspace yet is invited, and belongs to the group from the acceptance on. Nobody puts anybody into a group that has more than they could give.
         *
         *     Needs the scope `members:manage`.
         */
        put: operations["groups.setMembers"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/groups/{id}/permissions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set what the members of a group may
         * @description Needs the scope `members:manage`.
         */
        put: operations["groups.setPermissions"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List invitations, newest first
         * @description Open, expired and accepted ones; revoked and replaced ones are gone.
         *
         *     Needs the scope `members:read`.
         */
        get: operations["invitations.list"];
        put?: never;
        /**
         * Invite somebody
         * @description Mails a link that is good once, for seven days, for this address only. Inviting again replaces it. Nobody invites above their own role; keys invite nobody.
         *
         *     Needs the scope `members:manage`.
         */
        post: operations["invitations.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept an invitation
         * @description Who has an account sends its access token in Authorization; for a new account give a password of at least 12 characters. Sign in afterwards: no tokens are answered.
         *
         *     Needs no credential.
         */
        post: operations["invitations.accept"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations/look": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What an invitation is for
         * @description For the page behind the link: it changes nothing.
         *
         *     Needs no credential.
         */
        post: operations["invitations.look"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations/{id}": {
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
         * Revoke an invitation
         * @description Needs the scope `members:manage`.
         */
        delete: operations["invitations.revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations/{id}/link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a new link for an open invitation
         * @description Mails it again, for seven days from now; the link before no longer works. What waits for the acceptance stays. Keys make no links.
         *
         *     Needs the scope `members:manage`.
         */
        post: operations["invitations.renew"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/labels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List all labels, oldest first
         * @description Needs the scope `sources:read`.
         */
        get: operations["labels.list"];
        put?: never;
        /**
         * Create a label
         * @description Needs the scope `sources:write`.
         */
        post: operations["labels.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/labels/{id}": {
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
         * Delete a label, also from every source that carries it
         * @description Needs the scope `sources:write`.
         */
        delete: operations["labels.delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leaks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List leaked keys
         * @description One entry for a key and a place it was found at, newest first.
         *
         *     Needs the scope `alerts:read`.
         */
        get: operations["leaks.list"];
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
    "/api/v1/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List members, newest account first
         * @description Needs the scope `members:read`.
         */
        get: operations["members.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/members/{id}": {
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
         * Remove a member, or leave
         * @description Counts from the next request on. The account lives on, and so do API keys the person made: revoke those too. The only owner cannot go (409). A key with members:manage removes members and viewers.
         *
         *     Needs any valid credential.
         */
        delete: operations["members.delete"];
        options?: never;
        head?: never;
        /**
         * Change a member's role
         * @description Counts from the next request on. An admin neither changes owners nor makes any; the only owner stays one (409). Keys change no roles.
         *
         *     Needs the scope `members:manage`.
         */
        patch: operations["members.update"];
        trace?: never;
    };
    "/api/v1/members/{id}/permissions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a member's own permissions
         * @description The role as a permission on the workspace, too; without what groups give.
         *
         *     Needs the scope `members:read`.
         */
        get: operations["members.permissions"];
        /**
         * Set a member's own permissions
         * @description The member's role follows: Workspace Owner, Admin, Editor or Read-only on the workspace; with none of them the member is `limited` to what permissions give.
         *
         *     Needs the scope `members:manage`.
         */
        put: operations["members.setPermissions"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/members/{id}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a member's sessions, last used first
         * @description Needs the scope `members:manage`.
         */
        get: operations["members.sessions"];
        put?: never;
        post?: never;
        /**
         * Sign a member out everywhere
         * @description Needs the scope `members:manage`.
         */
        delete: operations["members.signOut"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What became of the deliveries to a destination, by time
         * @description Needs the scope `destinations:read`.
         */
        get: operations["metrics.deliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Events by time, one series or one for each name, type, source, app version or reason
         * @description The biggest series first, at most 5,000. Minutes are kept for 3 days, hours for 31, days for 400. Beyond 1,000 names a source and day, events are counted as `(other)`.
         *
         *     Needs the scope `events:read`.
         */
        get: operations["metrics.events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tracking calls and tracked users of a month, as running totals by day
         * @description Needs the scope `events:read`.
         */
        get: operations["metrics.usage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/oauth/clients": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List registered apps, newest first
         * @description Needs the scope `oauth:manage`.
         */
        get: operations["oauthClients.list"];
        put?: never;
        /**
         * Register an app
         * @description It can be given no more than its maker has, and no scope of the group Access. Without a browser flow leave `redirect_uris` out: then it acts for itself with client credentials.
         *
         *     Needs the scope `oauth:manage`.
         */
        post: operations["oauthClients.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/oauth/clients/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a registered app
         * @description Needs the scope `oauth:manage`.
         */
        get: operations["oauthClients.get"];
        put?: never;
        post?: never;
        /**
         * Delete a registered app
         * @description Its consents and tokens are gone from the next request on.
         *
         *     Needs the scope `oauth:manage`.
         */
        delete: operations["oauthClients.delete"];
        options?: never;
        head?: never;
        /**
         * Change a registered app
         * @description Scopes that are taken away are gone from its tokens with the next request.
         *
         *     Needs the scope `oauth:manage`.
         */
        patch: operations["oauthClients.update"];
        trace?: never;
    };
    "/api/v1/oauth/clients/{id}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give an app a new secret
         * @description The old one is refused from now on. Tokens that are out live on.
         *
         *     Needs the scope `oauth:manage`.
         */
        post: operations["oauthClients.rotateSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/oauth/grants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what users agreed to, newest first
         * @description Of this workspace, also for apps that another workspace registered.
         *
         *     Needs the scope `oauth:manage`.
         */
        get: operations["oauthGrants.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/oauth/grants/{id}": {
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
         * End a consent
         * @description Its tokens are refused from the next request on.
         *
         *     Needs the scope `oauth:manage`.
         */
        delete: operations["oauthGrants.revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/passkeys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List my passkeys, oldest first
         * @description An API key has none.
         *
         *     Needs any valid credential.
         */
        get: operations["passkeys.list"];
        put?: never;
        /**
         * Register a passkey
         * @description It signs in without a password, and is a second factor after one. The first second factor ends sessions without one; the session of this call goes on as a new one.
         *
         *     Needs any valid credential.
         */
        post: operations["passkeys.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/passkeys/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a browser needs to make a passkey
         * @description The answer goes into navigator.credentials.create as it is. It is good once, within five minutes.
         *
         *     Needs any valid credential.
         */
        post: operations["passkeys.options"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/passkeys/{id}": {
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
         * Remove a passkey
         * @description Needs any valid credential.
         */
        delete: operations["passkeys.delete"];
        options?: never;
        head?: never;
        /**
         * Rename a passkey
         * @description Needs any valid credential.
         */
        patch: operations["passkeys.update"];
        trace?: never;
    };
    "/api/v1/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change my password
         * @description At least 12 characters, 5 of them different, and none of those everybody tries. Ends all my other sessions.
         *
         *     Needs any valid credential.
         */
        post: operations["password.change"];
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
    "/api/v1/policies/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The policy for API keys, and the keys that do not meet it
         * @description Needs the scope `api-keys:manage`.
         */
        get: operations["keyPolicy.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change the policy for API keys
         * @description Owners only. It holds for keys that are made, changed or rotated from now on.
         *
         *     Needs the scope `api-keys:manage`.
         */
        patch: operations["keyPolicy.update"];
        trace?: never;
    };
    "/api/v1/regulations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the requests of the last 90 days about people of the whole workspace, or of one source; newest first
         * @description Needs the scope `profiles:read`.
         */
        get: operations["regulations.list"];
        put?: never;
        /**
         * Suppress or delete people
         * @description Runs in the background; a suppression holds within a second. At most 110,000 people a calendar month, apart for types that also ask destinations.
         *
         *     Needs the scope `profiles:write`.
         */
        post: operations["regulations.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/regulations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where a request stands
         * @description Needs the scope `profiles:read`.
         */
        get: operations["regulations.get"];
        put?: never;
        post?: never;
        /**
         * Withdraw a request that has not begun
         * @description Needs the scope `profiles:write`.
         */
        delete: operations["regulations.delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the roles that permissions can give
         * @description Needs the scope `members:read`.
         */
        get: operations["roles.list"];
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
    "/api/v1/second-factor/policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the workspace requires a second factor
         * @description Needs any valid credential.
         */
        get: operations["secondFactor.policy"];
        /**
         * Require a second factor of all members
         * @description Only an owner, who has one. Members whose session was made without can from then on only set one up. API keys are not concerned.
         *
         *     Needs the scope `members:manage`.
         */
        put: operations["secondFactor.setPolicy"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/second-factor/recovery-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make ten new recovery codes
         * @description Shown this once, each good once. Those before are void.
         *
         *     Needs any valid credential.
         */
        post: operations["secondFactor.renewRecoveryCodes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/second-factor/totp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to set up one-time codes
         * @description Show `uri` as a QR code, then confirm with a code. Nothing is asked for at sign-in until then.
         *
         *     Needs any valid credential.
         */
        post: operations["secondFactor.beginTotp"];
        /**
         * Remove one-time codes
         * @description The last second factor takes the recovery codes with it. 409 where a workspace of mine requires one.
         *
         *     Needs any valid credential.
         */
        delete: operations["secondFactor.deleteTotp"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/second-factor/totp/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Finish setting up one-time codes
         * @description Ends sessions without a second factor. The session of this call goes on as a new one: take the tokens of the answer.
         *
         *     Needs any valid credential.
         */
        post: operations["secondFactor.confirmTotp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List my sessions, last used first
         * @description At most a hundred. An API key has none.
         *
         *     Needs any valid credential.
         */
        get: operations["sessions.list"];
        put?: never;
        post?: never;
        /**
         * Sign out everywhere else
         * @description Needs any valid credential.
         */
        delete: operations["sessions.deleteOthers"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give the password once more
         * @description What guards an account (second factors, passkeys, recovery codes) changes only within 15 minutes after the password was given; otherwise 403 `confirmation_required`.
         *
         *     Needs any valid credential.
         */
        post: operations["sessions.confirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{id}": {
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
         * End a session
         * @description Mine, or as an owner or admin one of a member I manage. Its tokens are refused from the next request on.
         *
         *     Needs any valid credential.
         */
        delete: operations["sessions.delete"];
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
         * Change a source, enable or disable it
         * @description Needs the scope `sources:write`.
         */
        patch: operations["sources.update"];
        trace?: never;
    };
    "/api/v1/sources/{id}/schema-settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get what a source does with events that its tracking plan does not foresee
         * @description Needs the scope `sources:read`.
         */
        get: operations["sources.schemaSettings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change some of them; what is left out stays
         * @description Needs the scope `sources:write`.
         */
        patch: operations["sources.updateSchemaSettings"];
        trace?: never;
    };
    "/api/v1/sources/{id}/write-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add a write key to a source; the others go on working
         * @description Needs the scope `sources:write`.
         */
        post: operations["sources.addWriteKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sources/{id}/write-keys/{write_key}": {
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
         * Remove a write key from a source: events sent with it are refused from now on
         * @description Needs the scope `sources:write`.
         */
        delete: operations["sources.removeWriteKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/suppressions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * User ids whose events are not taken, in the order they became so
         * @description Needs the scope `profiles:read`.
         */
        get: operations["suppressions.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
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
    "/api/v1/tracking-plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List tracking plans, oldest first
         * @description Needs the scope `sources:read`.
         */
        get: operations["trackingPlans.list"];
        put?: never;
        /**
         * Create a tracking plan
         * @description Needs the scope `sources:write`.
         */
        post: operations["trackingPlans.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tracking-plans/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a tracking plan with its rules
         * @description Needs the scope `sources:read`.
         */
        get: operations["trackingPlans.get"];
        put?: never;
        post?: never;
        /**
         * Delete a tracking plan; its sources follow none then
         * @description Needs the scope `sources:write`.
         */
        delete: operations["trackingPlans.delete"];
        options?: never;
        head?: never;
        /**
         * Rename or describe a tracking plan
         * @description Needs the scope `sources:write`.
         */
        patch: operations["trackingPlans.update"];
        trace?: never;
    };
    "/api/v1/tracking-plans/{id}/rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Replace all rules of a tracking plan
         * @description Needs the scope `sources:write`.
         */
        put: operations["trackingPlans.replaceRules"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tracking-plans/{id}/schema": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Which events and fields came from the sources that follow a plan, and which of them it knows
         * @description Needs the scope `sources:read`.
         */
        get: operations["trackingPlans.schema"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tracking-plans/{id}/sources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the sources that follow a tracking plan, oldest first
         * @description Needs the scope `sources:read`.
         */
        get: operations["trackingPlans.sources"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tracking-plans/{id}/sources/{source_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Let a source follow a tracking plan
         * @description Needs the scope `sources:write`.
         */
        put: operations["trackingPlans.connect"];
        post?: never;
        /**
         * Let a source follow a tracking plan no more
         * @description Needs the scope `sources:write`.
         */
        delete: operations["trackingPlans.disconnect"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/transformations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List transformations, oldest first
         * @description Needs the scope `sources:read`.
         */
        get: operations["transformations.list"];
        put?: never;
        /**
         * Create a transformation; it is in force when this is answered
         * @description Needs the scope `sources:write`.
         */
        post: operations["transformations.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/transformations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a transformation
         * @description Needs the scope `sources:read`.
         */
        get: operations["transformations.get"];
        put?: never;
        post?: never;
        /**
         * Delete a transformation
         * @description Needs the scope `sources:write`.
         */
        delete: operations["transformations.delete"];
        options?: never;
        head?: never;
        /**
         * Change a transformation; what is left out stays
         * @description Needs the scope `sources:write`.
         */
        patch: operations["transformations.update"];
        trace?: never;
    };
    "/api/v1/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the requests of callers, newest first
         * @description Every request with a credential of this workspace, also refused ones: revoked and expired keys, missing scopes, wrong addresses, limits. It is there a second after its answer. A filter that fits almost nothing may give a page with few or no items and a `cursor`: go on with it. A key sees its own environment.
         *
         *     Needs the scope `usage:read`.
         */
        get: operations["usage.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/usage/unused-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Keys that nobody used for some time
         * @description Active keys older than that, longest unused first; 1,000 at most. Revoke what nobody needs.
         *
         *     Needs the scope `usage:read`.
         */
        get: operations["usage.unusedKeys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/warehouses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List warehouses, oldest first
         * @description Needs the scope `destinations:read`.
         */
        get: operations["warehouses.list"];
        put?: never;
        /**
         * Create a warehouse; every source feeds it unless `connect_sources` is false
         * @description Needs the scope `destinations:write`.
         */
        post: operations["warehouses.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/warehouses/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a warehouse
         * @description Needs the scope `destinations:read`.
         */
        get: operations["warehouses.get"];
        put?: never;
        post?: never;
        /**
         * Delete a warehouse; what is in the database itself stays
         * @description Needs the scope `destinations:write`.
         */
        delete: operations["warehouses.delete"];
        options?: never;
        head?: never;
        /**
         * Change a warehouse; settings are merged key by key, null removes one
         * @description Needs the scope `destinations:write`.
         */
        patch: operations["warehouses.update"];
        trace?: never;
    };
    "/api/v1/warehouses/{id}/sources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the sources that feed a warehouse, oldest first
         * @description Needs the scope `destinations:read`.
         */
        get: operations["warehouses.sources"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/warehouses/{id}/sources/{source_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Let a source feed a warehouse
         * @description Needs the scope `destinations:write`.
         */
        put: operations["warehouses.connect"];
        post?: never;
        /**
         * A source feeds a warehouse no more
         * @description Needs the scope `destinations:write`.
         */
        delete: operations["warehouses.disconnect"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/warehouses/{id}/try": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Connect to the warehouse now and say whether it works
         * @description Needs the scope `destinations:write`.
         */
        post: operations["warehouses.try"];
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
    "/oauth/interaction/{uid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What an app asks the signed-in user for
         * @description Needs any valid credential.
         */
        get: operations["oauth.question"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth/interaction/{uid}/abort": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refuse what an app asks for
         * @description Needs any valid credential.
         */
        post: operations["oauth.abort"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth/interaction/{uid}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Agree to what an app asks for
         * @description A user gives at most what their role has. Sending is given only where it is asked for here by name.
         *
         *     Needs any valid credential.
         */
        post: operations["oauth.confirm"];
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
    "/v1beta/access-tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the active access tokens, newest first (Segment Config API)
         * @description Those keys that have rights over the workspace.
         *
         *     Needs the scope `workspace:read`.
         */
        get: operations["segmentConfigAccessTokens.list"];
        put?: never;
        /**
         * Create an access token (Segment Config API)
         * @description Only owners of the workspace, and tokens with owner access, make one. `role` tells owner from member access where `scopes` is `workspace`; a member has what its `policies` give, and nothing without any.
         *
         *     Needs the scope `api-keys:manage`.
         */
        post: operations["segmentConfigAccessTokens.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1beta/access-tokens/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an access token, without its text (Segment Config API)
         * @description Needs the scope `workspace:read`.
         */
        get: operations["segmentConfigAccessTokens.get"];
        put?: never;
        post?: never;
        /**
         * Revoke an access token (Segment Config API)
         * @description Needs the scope `api-keys:manage`.
         */
        delete: operations["segmentConfigAccessTokens.delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1beta/catalog/destinations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the types of destinations, by slug (Segment Config API)
         * @description Needs the scope `workspace:read`.
         */
        get: operations["segmentConfigCatalog.destinations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1beta/catalog/destinations/{slug}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a type of destinations with its settings (Segment Config API)
         * @description Needs the scope `workspace:read`.
         */
        get: operations["segmentConfigCatalog.destination"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1beta/catalog/sources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the types of sources, by slug (Segment Config API)
         * @description Needs the scope `workspace:read`.
         */
        get: operations["segmentConfigCatalog.sources"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1beta/catalog/sources/{slug}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a type of sources (Segment Config API)
         * @description Needs the scope `workspace:read`.
         */
        get: operations["segmentConfigCatalog.source"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1beta/filters/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a filter would make of an event (Segment Config API)
         * @description Needs the scope `workspace:read`.
         */
        post: operations["segmentConfigFilters.preview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1beta/workspaces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the workspaces of the token: one (Segment Config API)
         * @description Needs the scope `workspace:read`.
         */
        get: operations["segmentConfigWorkspaces.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1beta/workspaces/{workspace}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the workspace by its slug or id (Segment Config API)
         * @description Needs the scope `workspace:read`.
         */
        get: operations["segmentConfigWorkspaces.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1beta/workspaces/{workspace}/functions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the functions of a type, oldest first (Segment Config API)
         * @description Needs the scope `workspace:read`.
         */
        get: operations["segmentConfigFunctions.list"];
        put?: never;
        /**
         * Create a function; its type stands in the query or in the body (Segment Config API)
         * @description Needs the scope `workspace`.
         */
        post: operations["segmentConfigFunctions.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1beta/workspaces/{workspace}/functions/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Run code with a payload; what it fetches is fetched (Segment Config API)
         * @description Needs the scope `workspace`.
         */
        post: operations["segmentConfigFunctions.preview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1beta/workspaces/{workspace}/functions/{function}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a function (Segment Config API)
         * @description Needs the scope `workspace:read`.
         */
        get: operations["segmentConfigFunctions.get"];
        put?: never;
        post?: never;
        /**
         * Delete a function (Segment Config API)
         * @description Needs the scope `workspace`.
         */
        delete: operations["segmentConfigFunctions.delete"];
        options?: never;
        head?: never;
        /**
         * Change what the update mask names; other code becomes a new version (Segment Config API)
         * @description Needs the scope `workspace`.
         */
        patch: operations["segmentConfigFunctions.update"];
        trace?: never;
    };
    "/v1beta/workspaces/{workspace}/functions/{function}/deploy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Make the current code the deployed one (Segment Config API)
         * @description Needs the scope `workspace`.
         */
        get: operations["segmentConfigFunctions.deployByGet"];
        put?: never;
        /**
         * Make the current code the deployed one (Segment Config API)
         * @description Needs the scope `workspace`.
         */
        post: operations["segmentConfigFunctions.deploy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1beta/workspaces/{workspace}/functions/{function}/is-latest-version": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the current code is the deployed one (Segment Config API)
         * @description Needs the scope `workspace:read`.
         */
        get: operations["segmentConfigFunctions.isLatestVersion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1beta/workspaces/{workspace}/invites": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the invites that can be accepted (Segment Config API)
         * @description Needs the scope `workspace:read`.
         */
        get: operations["segmentConfigInvites.list"];
        put?: never;
        /**
         * Invite somebody with policies (Segment Config API)
         * @description Needs the scope `workspace`.
         */
        post: operations["segmentConfigInvites.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1beta/workspaces/{workspace}/invites/{invite}": {
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
         * Withdraw an invite (Segment Config API)
         * @description Needs the scope `workspace`.
         */
        delete: operations["segmentConfigInvites.delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1beta/workspaces/{workspace}/regulations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the requests of the last 90 days, oldest first (Segment Config API)
         * @description Needs the scope `workspace:read`.
         */
        get: operations["segmentConfigRegulations.list"];
        put?: never;
        /**
         * Suppress or delete people of the workspace (Segment Config API)
         * @description `Suppress`, `Unsuppress`, `Suppress_With_Delete`, `Delete` or `Delete_Internal`; at most 5,000 user ids.
         *
         *     Needs the scope `workspace`.
         */
        post: operations["segmentConfigRegulations.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1beta/workspaces/{workspace}/regulations/{regulation}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where a request stands (Segment Config API)
         * @description Needs the scope `workspace:read`.
         */
        get: operations["segmentConfigRegulations.get"];
        put?: never;
        post?: never;
        /**
         * Withdraw a request that has not begun (Segment Config API)
         * @description Needs the scope `workspace`.
         */
        delete: operations["segmentConfigRegulations.delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1beta/workspaces/{workspace}/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the roles (Segment Config API)
         * @description Needs the scope `workspace:read`.
         */
        get: operations["segmentConfigIam.roles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1beta/workspaces/{workspace}/roles/{role}/policies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the policies of a role; `-` stands for any (Segment Config API)
         * @description Those of members, then those of groups. A page is of so many members or groups: it may hold more policies, or none.
         *
         *     Needs the scope `workspace:read`.
         */
        get: operations["segmentConfigIam.policies"];
        put?: never;
        /**
         * Give a user or group a role on a resource (Segment Config API)
         * @description Needs the scope `workspace`.
         */
        post: operations["segmentConfigIam.createPolicy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1beta/workspaces/{workspace}/roles/{role}/policies/{policy}": {
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
         * Take a role on a resource away (Segment Config API)
         * @description Needs the scope `workspace`.
         */
        delete: operations["segmentConfigIam.deletePolicy"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1beta/workspaces/{workspace}/sources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the sources, oldest first (Segment Config API)
         * @description Needs the scope `workspace:read`.
         */
        get: operations["segmentConfigSources.list"];
        put?: never;
        /**
         * Create a source; the last part of its name becomes its slug (Segment Config API)
         * @description Needs the scope `workspace`.
         */
        post: operations["segmentConfigSources.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1beta/workspaces/{workspace}/sources/{source}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a source by its slug or id (Segment Config API)
         * @description Needs the scope `workspace:read`.
         */
        get: operations["segmentConfigSources.get"];
        put?: never;
        post?: never;
        /**
         * Delete a source with its destinations (Segment Config API)
         * @description Needs the scope `workspace`.
         */
        delete: operations["segmentConfigSources.delete"];
        options?: never;
        head?: never;
        /**
         * Change what the update mask names (Segment Config API)
         * @description Needs the scope `workspace`.
         */
        patch: operations["segmentConfigSources.update"];
        trace?: never;
    };
    "/v1beta/workspaces/{workspace}/sources/{source}/connected-warehouses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Connect a source to a warehouse, or disconnect it (Segment Config API)
         * @description Needs the scope `workspace`.
         */
        patch: operations["segmentConfigSources.connectWarehouse"];
        trace?: never;
    };
    "/v1beta/workspaces/{workspace}/sources/{source}/destinations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the destinations of a source, oldest first (Segment Config API)
         * @description Needs the scope `workspace:read`.
         */
        get: operations["segmentConfigDestinations.list"];
        put?: never;
        /**
         * Create a destination; the last part of its name is its type (Segment Config API)
         * @description Needs the scope `workspace`.
         */
        post: operations["segmentConfigDestinations.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1beta/workspaces/{workspace}/sources/{source}/destinations/{destination}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a destination by the slug of its type (Segment Config API)
         * @description Needs the scope `workspace:read`.
         */
        get: operations["segmentConfigDestinations.get"];
        put?: never;
        post?: never;
        /**
         * Delete a destination by the slug of its type (Segment Config API)
         * @description Needs the scope `workspace`.
         */
        delete: operations["segmentConfigDestinations.delete"];
        options?: never;
        head?: never;
        /**
         * Change what the update mask names of a destination by the slug of its type (Segment Config API)
         * @description Needs the scope `workspace`.
         */
        patch: operations["segmentConfigDestinations.update"];
        trace?: never;
    };
    "/v1beta/workspaces/{workspace}/sources/{source}/destinations/{destination}/config/{connection}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a destination by its id, where its source has several of a type (Segment Config API)
         * @description Needs the scope `workspace:read`.
         */
        get: operations["segmentConfigDestinations.getConnection"];
        put?: never;
        post?: never;
        /**
         * Delete a destination by its id, where its source has several of a type (Segment Config API)
         * @description Needs the scope `workspace`.
         */
        delete: operations["segmentConfigDestinations.deleteConnection"];
        options?: never;
        head?: never;
        /**
         * Change what the update mask names of a destination by its id, where its source has several of a type (Segment Config API)
         * @description Needs the scope `workspace`.
         */
        patch: operations["segmentConfigDestinations.updateConnection"];
        trace?: never;
    };
    "/v1beta/workspaces/{workspace}/sources/{source}/destinations/{destination}/filters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the filters of a destination, oldest first (Segment Config API)
         * @description Needs the scope `workspace:read`.
         */
        get: operations["segmentConfigFilters.list"];
        put?: never;
        /**
         * Create a filter of a destination (Segment Config API)
         * @description Needs the scope `workspace`.
         */
        post: operations["segmentConfigFilters.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1beta/workspaces/{workspace}/sources/{source}/destinations/{destination}/filters/{filter}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a filter (Segment Config API)
         * @description Needs the scope `workspace:read`.
         */
        get: operations["segmentConfigFilters.get"];
        put?: never;
        /**
         * Change what the update mask names (Segment Config API)
         * @description Needs the scope `workspace`.
         */
        post: operations["segmentConfigFilters.updateByPost"];
        /**
         * Delete a filter (Segment Config API)
         * @description Needs the scope `workspace`.
         */
        delete: operations["segmentConfigFilters.delete"];
        options?: never;
        head?: never;
        /**
         * Change what the update mask names (Segment Config API)
         * @description Needs the scope `workspace`.
         */
        patch: operations["segmentConfigFilters.update"];
        trace?: never;
    };
    "/v1beta/workspaces/{workspace}/sources/{source}/destinations/{destination}/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All time series of a destination (Segment Config API)
         * @description Needs the scope `workspace:read`.
         */
        get: operations["segmentConfigMetrics.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1beta/workspaces/{workspace}/sources/{source}/destinations/{destination}/metrics/{metric}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One time series of a destination (Segment Config API)
         * @description Needs the scope `workspace:read`.
         */
        get: operations["segmentConfigMetrics.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1beta/workspaces/{workspace}/sources/{source}/destinations/{destination}/{call}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * `metrics:batchGet` and `metrics:getSummary` of a destination (Segment Config API)
         * @description Needs the scope `workspace:read`.
         */
        get: operations["segmentConfigMetrics.ofDestination"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1beta/workspaces/{workspace}/sources/{source}/regulations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Suppress or delete people of a source (Segment Config API)
         * @description Needs the scope `workspace`.
         */
        post: operations["segmentConfigRegulations.createOfSource"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1beta/workspaces/{workspace}/sources/{source}/schema-config": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get what a source does with events that its tracking plan does not foresee (Segment Config API)
         * @description Needs the scope `workspace:read`.
         */
        get: operations["segmentConfigSources.schemaConfig"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change what the update mask names of it (Segment Config API)
         * @description Needs the scope `workspace`.
         */
        patch: operations["segmentConfigSources.updateSchemaConfig"];
        trace?: never;
    };
    "/v1beta/workspaces/{workspace}/suppressed-users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * User ids that are suppressed in the workspace (Segment Config API)
         * @description Needs the scope `workspace:read`.
         */
        get: operations["segmentConfigRegulations.suppressed"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1beta/workspaces/{workspace}/tracking-plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List tracking plans, oldest first, without their rules (Segment Config API)
         * @description Needs the scope `workspace:read`.
         */
        get: operations["segmentConfigTrackingPlans.list"];
        put?: never;
        /**
         * Create a tracking plan with its rules (Segment Config API)
         * @description Needs the scope `workspace`.
         */
        post: operations["segmentConfigTrackingPlans.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1beta/workspaces/{workspace}/tracking-plans/{plan}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a tracking plan with its rules (Segment Config API)
         * @description Needs the scope `workspace:read`.
         */
        get: operations["segmentConfigTrackingPlans.get"];
        /**
         * Change what the update mask names of a tracking plan (Segment Config API)
         * @description Needs the scope `workspace`.
         */
        put: operations["segmentConfigTrackingPlans.update"];
        post?: never;
        /**
         * Delete a tracking plan; its sources follow none then (Segment Config API)
         * @description Needs the scope `workspace`.
         */
        delete: operations["segmentConfigTrackingPlans.delete"];
        options?: never;
        head?: never;
        /**
         * Change what the update mask names of a tracking plan, as PUT does (Segment Config API)
         * @description Needs the scope `workspace`.
         */
        patch: operations["segmentConfigTrackingPlans.patch"];
        trace?: never;
    };
    "/v1beta/workspaces/{workspace}/tracking-plans/{plan}/source-connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the sources that follow a tracking plan (Segment Config API)
         * @description Needs the scope `workspace:read`.
         */
        get: operations["segmentConfigTrackingPlans.connections"];
        put?: never;
        /**
         * Let a source follow a tracking plan (Segment Config API)
         * @description Needs the scope `workspace`.
         */
        post: operations["segmentConfigTrackingPlans.connect"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1beta/workspaces/{workspace}/tracking-plans/{plan}/source-connections/{source}": {
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
         * Let a source follow a tracking plan no more (Segment Config API)
         * @description Needs the scope `workspace`.
         */
        delete: operations["segmentConfigTrackingPlans.disconnect"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1beta/workspaces/{workspace}/tracking-plans/{plan}/source-connections:batchCreateConnections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let sources follow a tracking plan, all of them or none (Segment Config API)
         * @description Needs the scope `workspace`.
         */
        post: operations["segmentConfigTrackingPlans.connectMany"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1beta/workspaces/{workspace}/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the users (Segment Config API)
         * @description Needs the scope `workspace:read`.
         */
        get: operations["segmentConfigIam.users"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1beta/workspaces/{workspace}/{call}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * `event-delivery-metrics:batchGetSummary`: summaries of several destinations (Segment Config API)
         * @description Needs the scope `workspace:read`.
         */
        get: operations["segmentConfigMetrics.ofWorkspace"];
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
    "oauth.serverMetadata": {
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
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    "oauth.resourceMetadata": {
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
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
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
            header?: {
                /** @description Repeating the request with the same key and body within 24 hours answers as the first did (`Idempotent-Replayed: true`) and does nothing again. 1 to 255 visible ASCII characters. */
                "idempotency-key"?: string;
            };
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
    "session.passkey": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    id: string;
                    rawId: string;
                    /** @enum {string} */
                    type: "public-key";
                    clientExtensionResults?: {
                        [key: string]: unknown;
                    };
                    authenticatorAttachment?: string | null;
                    response: {
                        clientDataJSON: string;
                        authenticatorData: string;
                        signature: string;
                        userHandle?: string | null;
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
    "session.passkeyOptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
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
    "password.forgot": {
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
                        detail: string;
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
    "password.reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                    password: string;
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
            /** @description See `error`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        /** @enum {string} */
                        code?: "second_factor_required";
                        /** @description For POST /api/auth/token/second-factor/ only, once, within five minutes. No session. */
                        mfa_token?: string;
                        /** @description Seconds. */
                        expires_in?: number;
                        methods?: string[];
                        passkey_options?: unknown | null;
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
    "session.secondFactor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    mfa_token: string;
                    code?: string;
                    recovery_code?: string;
                    passkey?: {
                        id: string;
                        rawId: string;
                        /** @enum {string} */
                        type: "public-key";
                        clientExtensionResults?: {
                            [key: string]: unknown;
                        };
                        authenticatorAttachment?: string | null;
                        response: {
                            clientDataJSON: string;
                            authenticatorData: string;
                            signature: string;
                            userHandle?: string | null;
                        };
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
    "leaks.report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The whole text of each key, as it was found. */
                    credentials: string[];
                    source_url?: string;
                    note?: string;
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
                        status: string;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "leaks.github": {
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
                        token_hash: string;
                        token_type: string;
                        label: string;
                    }[];
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "alerts.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                state?: "open" | "acknowledged";
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
                            /** @description key_leaked, key_in_url, canary_used, new_network, new_scope, export_jump, send_jump, approval_requested */
                            kind: string;
                            severity: "info" | "warning" | "critical";
                            title: string;
                            text: string;
                            state: "open" | "acknowledged";
                            environment: string | null;
                            key: {
                                number: number;
                                public_id: string;
                                name: string;
                            } | null;
                            data: {
                                [key: string]: unknown;
                            };
                            created_at: string;
                            acknowledged_at: string | null;
                            acknowledged_by: string | null;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "alerts.acknowledge": {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating the request with the same key and body within 24 hours answers as the first did (`Idempotent-Replayed: true`) and does nothing again. 1 to 255 visible ASCII characters. */
                "idempotency-key"?: string;
            };
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
                        /** @description key_leaked, key_in_url, canary_used, new_network, new_scope, export_jump, send_jump, approval_requested */
                        kind: string;
                        severity: "info" | "warning" | "critical";
                        title: string;
                        text: string;
                        state: "open" | "acknowledged";
                        environment: string | null;
                        key: {
                            number: number;
                            public_id: string;
                            name: string;
                        } | null;
                        data: {
                            [key: string]: unknown;
                        };
                        created_at: string;
                        acknowledged_at: string | null;
                        acknowledged_by: string | null;
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
                            approval_id?: string;
                        };
                        detail: string;
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
                            description: string;
                            /** @description Eight characters of the key that are no secret; logs name the key by them. */
                            public_id: string;
                            /** @description How the key begins, up to its public id. */
                            prefix: string;
                            environment: "live" | "test";
                            /** @description `retiring`: rotated, still good until `retires_at`. `quarantined`: may only read. */
                            state: "active" | "retiring" | "quarantined" | "expired" | "revoked";
                            scopes: string[];
                            /** @description Made without scopes: everything in its environment is allowed. */
                            full_access: boolean;
                            /** @description May make messages leave. Never given by scopes, not even by full access. */
                            may_send: boolean;
                            /** @description Made for an automated agent: can never send. */
                            agent: boolean;
                            /** @description A trap without rights; every use of it raises an alert. */
                            canary: boolean;
                            /** @description Networks it may be used from; empty: any. */
                            allowed_ips: string[];
                            rate_per_minute: number | null;
                            recipients_per_send: number | null;
                            recipients_per_day: number | null;
                            approval_above: number | null;
                            shadow_scopes: string[] | null;
                            /** @description A member's token: what it may at most in Segment's doors. null: what its scopes say. */
                            permissions: {
                                role_id: string;
                                role_name: string;
                                resources: {
                                    id: string;
                                    type: "FUNCTION" | "SOURCE" | "SPACE" | "WAREHOUSE" | "WORKSPACE";
                                    labels: {
                                        key: string;
                                        value: string;
                                        description?: string;
                                    }[];
                                }[];
                                labels: {
                                    key: string;
                                    value: string;
                                    description?: string;
                                }[];
                            }[] | null;
                            created_at: string;
                            created_by: string | null;
                            last_used_at: string | null;
                            expires_at: string | null;
                            retires_at: string | null;
                            /** @description Public id of the first key of a chain of rotations and twins. */
                            lineage: string;
                            predecessor: string | null;
                            successor: string | null;
                            quarantined_at: string | null;
                            quarantine_reason: string | null;
                            revoked_at: string | null;
                            revoke_reason: string | null;
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
                            approval_id?: string;
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
            header?: {
                /** @description Repeating the request with the same key and body within 24 hours answers as the first did (`Idempotent-Replayed: true`) and does nothing again. 1 to 255 visible ASCII characters. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    environment?: "live" | "test";
                    canary?: boolean;
                    description?: string;
                    scopes?: string[];
                    may_send?: boolean;
                    agent?: boolean;
                    expires_at?: string | null;
                    /** @description Addresses or networks such as 192.0.2.0/24 and 2001:db8::/32; empty: any. */
                    allowed_ips?: string[];
                    rate_per_minute?: number | null;
                    recipients_per_send?: number | null;
                    recipients_per_day?: number | null;
                    approval_above?: number | null;
                    shadow_scopes?: string[] | null;
                    permissions?: {
                        role_id: string;
                        resources: {
                            id: string;
                            type: "FUNCTION" | "SOURCE" | "SPACE" | "WAREHOUSE" | "WORKSPACE";
                            labels?: {
                                key: string;
                                value: string;
                                description?: string;
                            }[];
                        }[];
                        labels?: {
                            key: string;
                            value: string;
                            description?: string;
                        }[];
                    }[] | null;
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
                        description: string;
                        /** @description Eight characters of the key that are no secret; logs name the key by them. */
                        public_id: string;
                        /** @description How the key begins, up to its public id. */
                        prefix: string;
                        environment: "live" | "test";
                        /** @description `retiring`: rotated, still good until `retires_at`. `quarantined`: may only read. */
                        state: "active" | "retiring" | "quarantined" | "expired" | "revoked";
                        scopes: string[];
                        /** @description Made without scopes: everything in its environment is allowed. */
                        full_access: boolean;
                        /** @description May make messages leave. Never given by scopes, not even by full access. */
                        may_send: boolean;
                        /** @description Made for an automated agent: can never send. */
                        agent: boolean;
                        /** @description A trap without rights; every use of it raises an alert. */
                        canary: boolean;
                        /** @description Networks it may be used from; empty: any. */
                        allowed_ips: string[];
                        rate_per_minute: number | null;
                        recipients_per_send: number | null;
                        recipients_per_day: number | null;
                        approval_above: number | null;
                        shadow_scopes: string[] | null;
                        /** @description A member's token: what it may at most in Segment's doors. null: what its scopes say. */
                        permissions: {
                            role_id: string;
                            role_name: string;
                            resources: {
                                id: string;
                                type: "FUNCTION" | "SOURCE" | "SPACE" | "WAREHOUSE" | "WORKSPACE";
                                labels: {
                                    key: string;
                                    value: string;
                                    description?: string;
                                }[];
                            }[];
                            labels: {
                                key: string;
                                value: string;
                                description?: string;
                            }[];
                        }[] | null;
                        created_at: string;
                        created_by: string | null;
                        last_used_at: string | null;
                        expires_at: string | null;
                        retires_at: string | null;
                        /** @description Public id of the first key of a chain of rotations and twins. */
                        lineage: string;
                        predecessor: string | null;
                        successor: string | null;
                        quarantined_at: string | null;
                        quarantine_reason: string | null;
                        revoked_at: string | null;
                        revoke_reason: string | null;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "apiKeys.get": {
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
                        /** @description The same key in SegOps routes, which name keys by integers. */
                        number: number;
                        name: string;
                        description: string;
                        /** @description Eight characters of the key that are no secret; logs name the key by them. */
                        public_id: string;
                        /** @description How the key begins, up to its public id. */
                        prefix: string;
                        environment: "live" | "test";
                        /** @description `retiring`: rotated, still good until `retires_at`. `quarantined`: may only read. */
                        state: "active" | "retiring" | "quarantined" | "expired" | "revoked";
                        scopes: string[];
                        /** @description Made without scopes: everything in its environment is allowed. */
                        full_access: boolean;
                        /** @description May make messages leave. Never given by scopes, not even by full access. */
                        may_send: boolean;
                        /** @description Made for an automated agent: can never send. */
                        agent: boolean;
                        /** @description A trap without rights; every use of it raises an alert. */
                        canary: boolean;
                        /** @description Networks it may be used from; empty: any. */
                        allowed_ips: string[];
                        rate_per_minute: number | null;
                        recipients_per_send: number | null;
                        recipients_per_day: number | null;
                        approval_above: number | null;
                        shadow_scopes: string[] | null;
                        /** @description A member's token: what it may at most in Segment's doors. null: what its scopes say. */
                        permissions: {
                            role_id: string;
                            role_name: string;
                            resources: {
                                id: string;
                                type: "FUNCTION" | "SOURCE" | "SPACE" | "WAREHOUSE" | "WORKSPACE";
                                labels: {
                                    key: string;
                                    value: string;
                                    description?: string;
                                }[];
                            }[];
                            labels: {
                                key: string;
                                value: string;
                                description?: string;
                            }[];
                        }[] | null;
                        created_at: string;
                        created_by: string | null;
                        last_used_at: string | null;
                        expires_at: string | null;
                        retires_at: string | null;
                        /** @description Public id of the first key of a chain of rotations and twins. */
                        lineage: string;
                        predecessor: string | null;
                        successor: string | null;
                        quarantined_at: string | null;
                        quarantine_reason: string | null;
                        revoked_at: string | null;
                        revoke_reason: string | null;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "apiKeys.revoke": {
        parameters: {
            query?: {
                /** @description Also the keys it made, and theirs. Default: as the policy for keys says. */
                revoke_children?: boolean;
            };
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "apiKeys.update": {
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
                    description?: string;
                    scopes?: string[];
                    may_send?: boolean;
                    agent?: boolean;
                    expires_at?: string | null;
                    /** @description Addresses or networks such as 192.0.2.0/24 and 2001:db8::/32; empty: any. */
                    allowed_ips?: string[];
                    rate_per_minute?: number | null;
                    recipients_per_send?: number | null;
                    recipients_per_day?: number | null;
                    approval_above?: number | null;
                    shadow_scopes?: string[] | null;
                    permissions?: {
                        role_id: string;
                        resources: {
                            id: string;
                            type: "FUNCTION" | "SOURCE" | "SPACE" | "WAREHOUSE" | "WORKSPACE";
                            labels?: {
                                key: string;
                                value: string;
                                description?: string;
                            }[];
                        }[];
                        labels?: {
                            key: string;
                            value: string;
                            description?: string;
                        }[];
                    }[] | null;
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
                        /** @description The same key in SegOps routes, which name keys by integers. */
                        number: number;
                        name: string;
                        description: string;
                        /** @description Eight characters of the key that are no secret; logs name the key by them. */
                        public_id: string;
                        /** @description How the key begins, up to its public id. */
                        prefix: string;
                        environment: "live" | "test";
                        /** @description `retiring`: rotated, still good until `retires_at`. `quarantined`: may only read. */
                        state: "active" | "retiring" | "quarantined" | "expired" | "revoked";
                        scopes: string[];
                        /** @description Made without scopes: everything in its environment is allowed. */
                        full_access: boolean;
                        /** @description May make messages leave. Never given by scopes, not even by full access. */
                        may_send: boolean;
                        /** @description Made for an automated agent: can never send. */
                        agent: boolean;
                        /** @description A trap without rights; every use of it raises an alert. */
                        canary: boolean;
                        /** @description Networks it may be used from; empty: any. */
                        allowed_ips: string[];
                        rate_per_minute: number | null;
                        recipients_per_send: number | null;
                        recipients_per_day: number | null;
                        approval_above: number | null;
                        shadow_scopes: string[] | null;
                        /** @description A member's token: what it may at most in Segment's doors. null: what its scopes say. */
                        permissions: {
                            role_id: string;
                            role_name: string;
                            resources: {
                                id: string;
                                type: "FUNCTION" | "SOURCE" | "SPACE" | "WAREHOUSE" | "WORKSPACE";
                                labels: {
                                    key: string;
                                    value: string;
                                    description?: string;
                                }[];
                            }[];
                            labels: {
                                key: string;
                                value: string;
                                description?: string;
                            }[];
                        }[] | null;
                        created_at: string;
                        created_by: string | null;
                        last_used_at: string | null;
                        expires_at: string | null;
                        retires_at: string | null;
                        /** @description Public id of the first key of a chain of rotations and twins. */
                        lineage: string;
                        predecessor: string | null;
                        successor: string | null;
                        quarantined_at: string | null;
                        quarantine_reason: string | null;
                        revoked_at: string | null;
                        revoke_reason: string | null;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "usage.leastPrivilege": {
        parameters: {
            query?: {
                days?: number;
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
                        days: number;
                        granted: string[];
                        used: {
                            scope: string;
                            requests: number;
                            last_at: string;
                        }[];
                        unused: string[];
                        routes: {
                            route: string;
                            requests: number;
                        }[];
                        networks: {
                            /** @description IPv4 /24 or IPv6 /64; `*`: beyond what is told apart. */
                            network: string;
                            requests: number;
                            first_at: string;
                            last_at: string;
                        }[];
                        sends: number;
                        suggested: {
                            scopes: string[];
                            /** @description null: it came from too many networks for a list, or was not used. */
                            allowed_ips: string[] | null;
                            may_send: boolean;
                        };
                        /** @description What the scopes on trial (`shadow_scopes`) would have refused. */
                        shadow: {
                            refused: number;
                            last_at: string | null;
                            scopes: {
                                scope: string;
                                requests: number;
                            }[];
                            routes: {
                                route: string;
                                requests: number;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "apiKeys.quarantine": {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating the request with the same key and body within 24 hours answers as the first did (`Idempotent-Replayed: true`) and does nothing again. 1 to 255 visible ASCII characters. */
                "idempotency-key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
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
                        /** @description The same key in SegOps routes, which name keys by integers. */
                        number: number;
                        name: string;
                        description: string;
                        /** @description Eight characters of the key that are no secret; logs name the key by them. */
                        public_id: string;
                        /** @description How the key begins, up to its public id. */
                        prefix: string;
                        environment: "live" | "test";
                        /** @description `retiring`: rotated, still good until `retires_at`. `quarantined`: may only read. */
                        state: "active" | "retiring" | "quarantined" | "expired" | "revoked";
                        scopes: string[];
                        /** @description Made without scopes: everything in its environment is allowed. */
                        full_access: boolean;
                        /** @description May make messages leave. Never given by scopes, not even by full access. */
                        may_send: boolean;
                        /** @description Made for an automated agent: can never send. */
                        agent: boolean;
                        /** @description A trap without rights; every use of it raises an alert. */
                        canary: boolean;
                        /** @description Networks it may be used from; empty: any. */
                        allowed_ips: string[];
                        rate_per_minute: number | null;
                        recipients_per_send: number | null;
                        recipients_per_day: number | null;
                        approval_above: number | null;
                        shadow_scopes: string[] | null;
                        /** @description A member's token: what it may at most in Segment's doors. null: what its scopes say. */
                        permissions: {
                            role_id: string;
                            role_name: string;
                            resources: {
                                id: string;
                                type: "FUNCTION" | "SOURCE" | "SPACE" | "WAREHOUSE" | "WORKSPACE";
                                labels: {
                                    key: string;
                                    value: string;
                                    description?: string;
                                }[];
                            }[];
                            labels: {
                                key: string;
                                value: string;
                                description?: string;
                            }[];
                        }[] | null;
                        created_at: string;
                        created_by: string | null;
                        last_used_at: string | null;
                        expires_at: string | null;
                        retires_at: string | null;
                        /** @description Public id of the first key of a chain of rotations and twins. */
                        lineage: string;
                        predecessor: string | null;
                        successor: string | null;
                        quarantined_at: string | null;
                        quarantine_reason: string | null;
                        revoked_at: string | null;
                        revoke_reason: string | null;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "apiKeys.release": {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating the request with the same key and body within 24 hours answers as the first did (`Idempotent-Replayed: true`) and does nothing again. 1 to 255 visible ASCII characters. */
                "idempotency-key"?: string;
            };
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
                        /** @description The same key in SegOps routes, which name keys by integers. */
                        number: number;
                        name: string;
                        description: string;
                        /** @description Eight characters of the key that are no secret; logs name the key by them. */
                        public_id: string;
                        /** @description How the key begins, up to its public id. */
                        prefix: string;
                        environment: "live" | "test";
                        /** @description `retiring`: rotated, still good until `retires_at`. `quarantined`: may only read. */
                        state: "active" | "retiring" | "quarantined" | "expired" | "revoked";
                        scopes: string[];
                        /** @description Made without scopes: everything in its environment is allowed. */
                        full_access: boolean;
                        /** @description May make messages leave. Never given by scopes, not even by full access. */
                        may_send: boolean;
                        /** @description Made for an automated agent: can never send. */
                        agent: boolean;
                        /** @description A trap without rights; every use of it raises an alert. */
                        canary: boolean;
                        /** @description Networks it may be used from; empty: any. */
                        allowed_ips: string[];
                        rate_per_minute: number | null;
                        recipients_per_send: number | null;
                        recipients_per_day: number | null;
                        approval_above: number | null;
                        shadow_scopes: string[] | null;
                        /** @description A member's token: what it may at most in Segment's doors. null: what its scopes say. */
                        permissions: {
                            role_id: string;
                            role_name: string;
                            resources: {
                                id: string;
                                type: "FUNCTION" | "SOURCE" | "SPACE" | "WAREHOUSE" | "WORKSPACE";
                                labels: {
                                    key: string;
                                    value: string;
                                    description?: string;
                                }[];
                            }[];
                            labels: {
                                key: string;
                                value: string;
                                description?: string;
                            }[];
                        }[] | null;
                        created_at: string;
                        created_by: string | null;
                        last_used_at: string | null;
                        expires_at: string | null;
                        retires_at: string | null;
                        /** @description Public id of the first key of a chain of rotations and twins. */
                        lineage: string;
                        predecessor: string | null;
                        successor: string | null;
                        quarantined_at: string | null;
                        quarantine_reason: string | null;
                        revoked_at: string | null;
                        revoke_reason: string | null;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "apiKeys.rotate": {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating the request with the same key and body within 24 hours answers as the first did (`Idempotent-Replayed: true`) and does nothing again. 1 to 255 visible ASCII characters. */
                "idempotency-key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default 86400 */
                    overlap_seconds?: number;
                    expires_at?: string | null;
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
                        description: string;
                        /** @description Eight characters of the key that are no secret; logs name the key by them. */
                        public_id: string;
                        /** @description How the key begins, up to its public id. */
                        prefix: string;
                        environment: "live" | "test";
                        /** @description `retiring`: rotated, still good until `retires_at`. `quarantined`: may only read. */
                        state: "active" | "retiring" | "quarantined" | "expired" | "revoked";
                        scopes: string[];
                        /** @description Made without scopes: everything in its environment is allowed. */
                        full_access: boolean;
                        /** @description May make messages leave. Never given by scopes, not even by full access. */
                        may_send: boolean;
                        /** @description Made for an automated agent: can never send. */
                        agent: boolean;
                        /** @description A trap without rights; every use of it raises an alert. */
                        canary: boolean;
                        /** @description Networks it may be used from; empty: any. */
                        allowed_ips: string[];
                        rate_per_minute: number | null;
                        recipients_per_send: number | null;
                        recipients_per_day: number | null;
                        approval_above: number | null;
                        shadow_scopes: string[] | null;
                        /** @description A member's token: what it may at most in Segment's doors. null: what its scopes say. */
                        permissions: {
                            role_id: string;
                            role_name: string;
                            resources: {
                                id: string;
                                type: "FUNCTION" | "SOURCE" | "SPACE" | "WAREHOUSE" | "WORKSPACE";
                                labels: {
                                    key: string;
                                    value: string;
                                    description?: string;
                                }[];
                            }[];
                            labels: {
                                key: string;
                                value: string;
                                description?: string;
                            }[];
                        }[] | null;
                        created_at: string;
                        created_by: string | null;
                        last_used_at: string | null;
                        expires_at: string | null;
                        retires_at: string | null;
                        /** @description Public id of the first key of a chain of rotations and twins. */
                        lineage: string;
                        predecessor: string | null;
                        successor: string | null;
                        quarantined_at: string | null;
                        quarantine_reason: string | null;
                        revoked_at: string | null;
                        revoke_reason: string | null;
                        /** @description The successor. Shown only now. */
                        key: string;
                        previous: {
                            id: string;
                            /** @description The same key in SegOps routes, which name keys by integers. */
                            number: number;
                            name: string;
                            description: string;
                            /** @description Eight characters of the key that are no secret; logs name the key by them. */
                            public_id: string;
                            /** @description How the key begins, up to its public id. */
                            prefix: string;
                            environment: "live" | "test";
                            /** @description `retiring`: rotated, still good until `retires_at`. `quarantined`: may only read. */
                            state: "active" | "retiring" | "quarantined" | "expired" | "revoked";
                            scopes: string[];
                            /** @description Made without scopes: everything in its environment is allowed. */
                            full_access: boolean;
                            /** @description May make messages leave. Never given by scopes, not even by full access. */
                            may_send: boolean;
                            /** @description Made for an automated agent: can never send. */
                            agent: boolean;
                            /** @description A trap without rights; every use of it raises an alert. */
                            canary: boolean;
                            /** @description Networks it may be used from; empty: any. */
                            allowed_ips: string[];
                            rate_per_minute: number | null;
                            recipients_per_send: number | null;
                            recipients_per_day: number | null;
                            approval_above: number | null;
                            shadow_scopes: string[] | null;
                            /** @description A member's token: what it may at most in Segment's doors. null: what its scopes say. */
                            permissions: {
                                role_id: string;
                                role_name: string;
                                resources: {
                                    id: string;
                                    type: "FUNCTION" | "SOURCE" | "SPACE" | "WAREHOUSE" | "WORKSPACE";
                                    labels: {
                                        key: string;
                                        value: string;
                                        description?: string;
                                    }[];
                                }[];
                                labels: {
                                    key: string;
                                    value: string;
                                    description?: string;
                                }[];
                            }[] | null;
                            created_at: string;
                            created_by: string | null;
                            last_used_at: string | null;
                            expires_at: string | null;
                            retires_at: string | null;
                            /** @description Public id of the first key of a chain of rotations and twins. */
                            lineage: string;
                            predecessor: string | null;
                            successor: string | null;
                            quarantined_at: string | null;
                            quarantine_reason: string | null;
                            revoked_at: string | null;
                            revoke_reason: string | null;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "apiKeys.twin": {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating the request with the same key and body within 24 hours answers as the first did (`Idempotent-Replayed: true`) and does nothing again. 1 to 255 visible ASCII characters. */
                "idempotency-key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    scopes: string[];
                    /** @description Addresses or networks such as 192.0.2.0/24 and 2001:db8::/32; empty: any. */
                    allowed_ips?: string[];
                    expires_at?: string | null;
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
                        description: string;
                        /** @description Eight characters of the key that are no secret; logs name the key by them. */
                        public_id: string;
                        /** @description How the key begins, up to its public id. */
                        prefix: string;
                        environment: "live" | "test";
                        /** @description `retiring`: rotated, still good until `retires_at`. `quarantined`: may only read. */
                        state: "active" | "retiring" | "quarantined" | "expired" | "revoked";
                        scopes: string[];
                        /** @description Made without scopes: everything in its environment is allowed. */
                        full_access: boolean;
                        /** @description May make messages leave. Never given by scopes, not even by full access. */
                        may_send: boolean;
                        /** @description Made for an automated agent: can never send. */
                        agent: boolean;
                        /** @description A trap without rights; every use of it raises an alert. */
                        canary: boolean;
                        /** @description Networks it may be used from; empty: any. */
                        allowed_ips: string[];
                        rate_per_minute: number | null;
                        recipients_per_send: number | null;
                        recipients_per_day: number | null;
                        approval_above: number | null;
                        shadow_scopes: string[] | null;
                        /** @description A member's token: what it may at most in Segment's doors. null: what its scopes say. */
                        permissions: {
                            role_id: string;
                            role_name: string;
                            resources: {
                                id: string;
                                type: "FUNCTION" | "SOURCE" | "SPACE" | "WAREHOUSE" | "WORKSPACE";
                                labels: {
                                    key: string;
                                    value: string;
                                    description?: string;
                                }[];
                            }[];
                            labels: {
                                key: string;
                                value: string;
                                description?: string;
                            }[];
                        }[] | null;
                        created_at: string;
                        created_by: string | null;
                        last_used_at: string | null;
                        expires_at: string | null;
                        retires_at: string | null;
                        /** @description Public id of the first key of a chain of rotations and twins. */
                        lineage: string;
                        predecessor: string | null;
                        successor: string | null;
                        quarantined_at: string | null;
                        quarantine_reason: string | null;
                        revoked_at: string | null;
                        revoke_reason: string | null;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "usage.summary": {
        parameters: {
            query?: {
                /** @description Default: a week before `to`. */
                from?: string;
                /** @description Up to, and not with. Default: now. */
                to?: string;
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
                        from: string;
                        to: string;
                        requests: number;
                        denied: number;
                        /** @description Objects in the answers. */
                        rows: number;
                        bytes: number;
                        /** @description Messages it made in the time. */
                        sends: number;
                        /** @description 300 up to 3 hours, 3,600 up to 8 days, else 86,400. */
                        bucket_seconds: number;
                        /** @description Those with requests, oldest first. */
                        buckets: {
                            at: string;
                            requests: number;
                            denied: number;
                            rows: number;
                            routes: {
                                route: string;
                                requests: number;
                            }[];
                        }[];
                        routes: {
                            route: string;
                            requests: number;
                            rows: number;
                            bytes: number;
                            statuses: {
                                [key: string]: number;
                            };
                        }[];
                        statuses: {
                            [key: string]: number;
                        };
                        codes: {
                            [key: string]: number;
                        };
                        scopes: {
                            scope: string;
                            requests: number;
                            denied: number;
                            first_at: string;
                            last_at: string;
                        }[];
                        /** @description The 200 with the most requests. */
                        ips: {
                            ip: string;
                            requests: number;
                            denied: number;
                            first_at: string;
                            last_at: string;
                        }[];
                        networks: {
                            /** @description IPv4 /24 or IPv6 /64; `*`: beyond what is told apart. */
                            network: string;
                            requests: number;
                            first_at: string;
                            last_at: string;
                        }[];
                        /** @description The 50 most used. */
                        user_agents: {
                            user_agent: string;
                            requests: number;
                            denied: number;
                            first_at: string;
                            last_at: string;
                        }[];
                        /** @description null: no HEADGATE_GEOIP_FILE is configured. */
                        countries: {
                            country: string;
                            requests: number;
                        }[] | null;
                        /** @description Keys that it made in the time. */
                        children: {
                            id: string;
                            name: string;
                            public_id: string;
                            created_at: string;
                            revoked_at: string | null;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "approvals.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                state?: "pending" | "approved" | "rejected" | "used";
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
                            /** @description pending, approved, rejected, used, expired */
                            state: string;
                            environment: string;
                            key: {
                                number: number;
                                public_id: string;
                                name: string;
                            };
                            route: string;
                            recipients: number;
                            requested_at: string;
                            expires_at: string;
                            decided_at: string | null;
                            decided_by: string | null;
                            note: string;
                            used_at: string | null;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "approvals.approve": {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating the request with the same key and body within 24 hours answers as the first did (`Idempotent-Replayed: true`) and does nothing again. 1 to 255 visible ASCII characters. */
                "idempotency-key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    note?: string;
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
                        /** @description pending, approved, rejected, used, expired */
                        state: string;
                        environment: string;
                        key: {
                            number: number;
                            public_id: string;
                            name: string;
                        };
                        route: string;
                        recipients: number;
                        requested_at: string;
                        expires_at: string;
                        decided_at: string | null;
                        decided_by: string | null;
                        note: string;
                        used_at: string | null;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "approvals.reject": {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating the request with the same key and body within 24 hours answers as the first did (`Idempotent-Replayed: true`) and does nothing again. 1 to 255 visible ASCII characters. */
                "idempotency-key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    note?: string;
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
                        /** @description pending, approved, rejected, used, expired */
                        state: string;
                        environment: string;
                        key: {
                            number: number;
                            public_id: string;
                            name: string;
                        };
                        route: string;
                        recipients: number;
                        requested_at: string;
                        expires_at: string;
                        decided_at: string | null;
                        decided_by: string | null;
                        note: string;
                        used_at: string | null;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "audiences.list": {
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
                            /** @description What other definitions call it by: trait('key') = true. */
                            key: string;
                            name: string;
                            description: string | null;
                            type: "users" | "accounts" | "linked";
                            query: string;
                            enabled: boolean;
                            options: {
                                /** @description false: only events from now on count. Default: all. */
                                include_historical_data?: boolean;
                                /** @description Kinds of identifiers of which a person must have one. Default: user_id, email and two mobile ones. */
                                identifier_types?: string[];
                                backfill_event_data_days?: number;
                            };
                            state: "disabled" | "computing" | "failed" | "counted" | "not_counted";
                            /** @description As it was counted last. */
                            size: number | null;
                            sized_at: string | null;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "audiences.create": {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating the request with the same key and body within 24 hours answers as the first did (`Idempotent-Replayed: true`) and does nothing again. 1 to 255 visible ASCII characters. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    description?: string;
                    type?: "users" | "accounts" | "linked";
                    /** @description In the query language: docs/audiences.md. */
                    query: string;
                    enabled?: boolean;
                    options?: {
                        /** @description false: only events from now on count. Default: all. */
                        include_historical_data?: boolean;
                        /** @description Kinds of identifiers of which a person must have one. Default: user_id, email and two mobile ones. */
                        identifier_types?: string[];
                        backfill_event_data_days?: number;
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
                        /** @description What other definitions call it by: trait('key') = true. */
                        key: string;
                        name: string;
                        description: string | null;
                        type: "users" | "accounts" | "linked";
                        query: string;
                        enabled: boolean;
                        options: {
                            /** @description false: only events from now on count. Default: all. */
                            include_historical_data?: boolean;
                            /** @description Kinds of identifiers of which a person must have one. Default: user_id, email and two mobile ones. */
                            identifier_types?: string[];
                            backfill_event_data_days?: number;
                        };
                        state: "disabled" | "computing" | "failed" | "counted" | "not_counted";
                        /** @description As it was counted last. */
                        size: number | null;
                        sized_at: string | null;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "audiences.check": {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating the request with the same key and body within 24 hours answers as the first did (`Idempotent-Replayed: true`) and does nothing again. 1 to 255 visible ASCII characters. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description In the query language: docs/audiences.md. */
                    query: string;
                    type?: "users" | "accounts" | "linked";
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
                        valid: boolean;
                        problem: {
                            message: string;
                            /** @description From 1. */
                            line: number;
                            /** @description From 1, in characters. */
                            column: number;
                            /** @description From 0, in UTF-16 units. */
                            offset: number;
                            expected: string[];
                        } | null;
                        /** @description The query written in one way. */
                        printed: string | null;
                        traits: string[];
                        events: string[];
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "audiences.preview": {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating the request with the same key and body within 24 hours answers as the first did (`Idempotent-Replayed: true`) and does nothing again. 1 to 255 visible ASCII characters. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description In the query language: docs/audiences.md. */
                    query: string;
                    type?: "users" | "accounts" | "linked";
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
                        type: "users" | "accounts" | "linked";
                        query: string;
                        state: "running" | "completed" | "failed";
                        size: number | null;
                        /** @description Up to a hundred of them: ids of people, or of accounts. */
                        members: string[];
                        failure: string | null;
                        created_at: string;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "audiences.getPreview": {
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
                        type: "users" | "accounts" | "linked";
                        query: string;
                        state: "running" | "completed" | "failed";
                        size: number | null;
                        /** @description Up to a hundred of them: ids of people, or of accounts. */
                        members: string[];
                        failure: string | null;
                        created_at: string;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "audiences.get": {
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
                        /** @description What other definitions call it by: trait('key') = true. */
                        key: string;
                        name: string;
                        description: string | null;
                        type: "users" | "accounts" | "linked";
                        query: string;
                        enabled: boolean;
                        options: {
                            /** @description false: only events from now on count. Default: all. */
                            include_historical_data?: boolean;
                            /** @description Kinds of identifiers of which a person must have one. Default: user_id, email and two mobile ones. */
                            identifier_types?: string[];
                            backfill_event_data_days?: number;
                        };
                        state: "disabled" | "computing" | "failed" | "counted" | "not_counted";
                        /** @description As it was counted last. */
                        size: number | null;
                        sized_at: string | null;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "audiences.delete": {
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "audiences.update": {
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
                    description?: string;
                    /** @description In the query language: docs/audiences.md. */
                    query?: string;
                    enabled?: boolean;
                    options?: {
                        /** @description false: only events from now on count. Default: all. */
                        include_historical_data?: boolean;
                        /** @description Kinds of identifiers of which a person must have one. Default: user_id, email and two mobile ones. */
                        identifier_types?: string[];
                        backfill_event_data_days?: number;
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
                        /** @description What other definitions call it by: trait('key') = true. */
                        key: string;
                        name: string;
                        description: string | null;
                        type: "users" | "accounts" | "linked";
                        query: string;
                        enabled: boolean;
                        options: {
                            /** @description false: only events from now on count. Default: all. */
                            include_historical_data?: boolean;
                            /** @description Kinds of identifiers of which a person must have one. Default: user_id, email and two mobile ones. */
                            identifier_types?: string[];
                            backfill_event_data_days?: number;
                        };
                        state: "disabled" | "computing" | "failed" | "counted" | "not_counted";
                        /** @description As it was counted last. */
                        size: number | null;
                        sized_at: string | null;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "audit.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                actor?: string;
                /** @description How it begins: `api_key.` */
                action?: string;
                target_type?: string;
                target_id?: string;
                from?: string;
                /** @description Up to, and not with. */
                to?: string;
                /** @description A part of any text of the entry. */
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
                            /** @description Its number in the workspace: 1, 2, 3 … without a gap. */
                            seq: number;
                            time: string;
                            /** @description null: of the whole workspace. */
                            environment: "live" | "test" | null;
                            /** @description `<resource>.<what was done>`, such as `source.updated`. */
                            action: string;
                            actor: {
                                kind: "user" | "key" | "oauth" | "system";
                                id: string | null;
                                label: string;
                            };
                            ip: string | null;
                            user_agent: string | null;
                            request_id: string | null;
                            target: {
                                type: string;
                                id: string;
                                name: string;
                            };
                            /** @description Only fields that the change touched. Secrets are masked, long texts cut. */
                            before: {
                                [key: string]: unknown;
                            } | null;
                            /** @description Only fields that the change touched. Secrets are masked, long texts cut. */
                            after: {
                                [key: string]: unknown;
                            } | null;
                            /** @description SHA-256 over the entry and the hash of the one before, hexadecimal. */
                            hash: string;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "audit.export": {
        parameters: {
            query?: {
                actor?: string;
                /** @description How it begins: `api_key.` */
                action?: string;
                target_type?: string;
                target_id?: string;
                from?: string;
                /** @description Up to, and not with. */
                to?: string;
                /** @description A part of any text of the entry. */
                q?: string;
                format?: "csv" | "jsonl";
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
                    "text/csv": string;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "audit.publicKey": {
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
                        algorithm: "Ed25519";
                        /** @description PEM */
                        public_key: string;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "audit.verify": {
        parameters: {
            query?: {
                from?: number;
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
                        ok: boolean;
                        complete: boolean;
                        /** @description How many were looked at. */
                        entries: number;
                        /** @description Of the oldest entry that retention left. */
                        first_seq: number;
                        /** @description Of the last one looked at. */
                        last_seq: number;
                        /** @description Signed checkpoints that the entries agree with. */
                        checkpoints: number;
                        /** @description At most 100. */
                        problems: {
                            /** @description altered, swapped, missing, truncated, rewritten, added, head or forged_checkpoint. */
                            kind: string;
                            seq: number;
                            /** @description The last of the range; of swapped entries the other. */
                            to_seq: number;
                            message: string;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "audit.get": {
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
                        /** @description Its number in the workspace: 1, 2, 3 … without a gap. */
                        seq: number;
                        time: string;
                        /** @description null: of the whole workspace. */
                        environment: "live" | "test" | null;
                        /** @description `<resource>.<what was done>`, such as `source.updated`. */
                        action: string;
                        actor: {
                            kind: "user" | "key" | "oauth" | "system";
                            id: string | null;
                            label: string;
                        };
                        ip: string | null;
                        user_agent: string | null;
                        request_id: string | null;
                        target: {
                            type: string;
                            id: string;
                            name: string;
                        };
                        /** @description Only fields that the change touched. Secrets are masked, long texts cut. */
                        before: {
                            [key: string]: unknown;
                        } | null;
                        /** @description Only fields that the change touched. Secrets are masked, long texts cut. */
                        after: {
                            [key: string]: unknown;
                        } | null;
                        /** @description SHA-256 over the entry and the hash of the one before, hexadecimal. */
                        hash: string;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "catalog.destinations": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                /** @description Part of a name or a category. */
                q?: string;
                category?: string;
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
                            /** @description What a connection is made with. */
                            id: string;
                            slug: string;
                            name: string;
                            description: string;
                            categories: string[];
                            status: string;
                            /** @description How many actions a destination of the type has; 0: it takes events as they are. */
                            actions: number;
                            /** @description Whether this server does what the type is for; else it is only stored. */
                            delivers: boolean;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "catalog.destination": {
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
                        /** @description What a connection is made with. */
                        id: string;
                        slug: string;
                        name: string;
                        description: string;
                        categories: string[];
                        status: string;
                        /** @description How many actions a destination of the type has; 0: it takes events as they are. */
                        actions: number;
                        /** @description Whether this server does what the type is for; else it is only stored. */
                        delivers: boolean;
                        settings: {
                            name: string;
                            /** @description `string`, `password`, `boolean`, `number`, `select`, `array`, `map`, `text-map`, … */
                            type: string;
                            required: boolean;
                            /** @description Sealed in the database. Reads show bullets; sent back, they stand for it. */
                            secret: boolean;
                            /** @description Given when the destination is made, and not changed after. */
                            read_only: boolean;
                            label: string;
                            description: string;
                            default_value?: unknown;
                            choices?: {
                                label: string;
                                value: unknown;
                            }[];
                            multiple: boolean;
                        }[];
                        action_types: {
                            id: string;
                            slug: string;
                            name: string;
                            description: string;
                            platform: string;
                            hidden: boolean;
                            /** @description FQL. */
                            default_trigger: string | null;
                            fields: {
                                key: string;
                                label: string;
                                /** @description `STRING`, `OBJECT`, `NUMBER`, `BOOLEAN`, … */
                                type: string;
                                description: string;
                                required: boolean;
                                multiple: boolean;
                                /** @description A value or a mapping, such as `{"@path": "$.userId"}`. */
                                default_value?: unknown;
                                choices?: {
                                    label: string;
                                    value: unknown;
                                }[];
                                hidden: boolean;
                            }[];
                        }[];
                        presets: {
                            action_id: string;
                            name: string;
                            trigger: string;
                            fields: {
                                [key: string]: unknown;
                            };
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "catalog.sources": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                /** @description Part of a name or a category. */
                q?: string;
                category?: string;
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
                            /** @description What a connection is made with. */
                            id: string;
                            slug: string;
                            name: string;
                            description: string;
                            categories: string[];
                            status: string;
                            /** @description How many actions a destination of the type has; 0: it takes events as they are. */
                            actions: number;
                            /** @description Whether this server does what the type is for; else it is only stored. */
                            delivers: boolean;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "catalog.source": {
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
                        /** @description What a connection is made with. */
                        id: string;
                        slug: string;
                        name: string;
                        description: string;
                        categories: string[];
                        status: string;
                        /** @description How many actions a destination of the type has; 0: it takes events as they are. */
                        actions: number;
                        /** @description Whether this server does what the type is for; else it is only stored. */
                        delivers: boolean;
                        settings: {
                            name: string;
                            /** @description `string`, `password`, `boolean`, `number`, `select`, `array`, `map`, `text-map`, … */
                            type: string;
                            required: boolean;
                            /** @description Sealed in the database. Reads show bullets; sent back, they stand for it. */
                            secret: boolean;
                            /** @description Given when the destination is made, and not changed after. */
                            read_only: boolean;
                            label: string;
                            description: string;
                            default_value?: unknown;
                            choices?: {
                                label: string;
                                value: unknown;
                            }[];
                            multiple: boolean;
                        }[];
                        action_types: {
                            id: string;
                            slug: string;
                            name: string;
                            description: string;
                            platform: string;
                            hidden: boolean;
                            /** @description FQL. */
                            default_trigger: string | null;
                            fields: {
                                key: string;
                                label: string;
                                /** @description `STRING`, `OBJECT`, `NUMBER`, `BOOLEAN`, … */
                                type: string;
                                description: string;
                                required: boolean;
                                multiple: boolean;
                                /** @description A value or a mapping, such as `{"@path": "$.userId"}`. */
                                default_value?: unknown;
                                choices?: {
                                    label: string;
                                    value: unknown;
                                }[];
                                hidden: boolean;
                            }[];
                        }[];
                        presets: {
                            action_id: string;
                            name: string;
                            trigger: string;
                            fields: {
                                [key: string]: unknown;
                            };
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "catalog.warehouses": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                /** @description Part of a name or a category. */
                q?: string;
                category?: string;
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
                            /** @description What a connection is made with. */
                            id: string;
                            slug: string;
                            name: string;
                            description: string;
                            categories: string[];
                            status: string;
                            /** @description How many actions a destination of the type has; 0: it takes events as they are. */
                            actions: number;
                            /** @description Whether this server does what the type is for; else it is only stored. */
                            delivers: boolean;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "catalog.warehouse": {
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
                        /** @description What a connection is made with. */
                        id: string;
                        slug: string;
                        name: string;
                        description: string;
                        categories: string[];
                        status: string;
                        /** @description How many actions a destination of the type has; 0: it takes events as they are. */
                        actions: number;
                        /** @description Whether this server does what the type is for; else it is only stored. */
                        delivers: boolean;
                        settings: {
                            name: string;
                            /** @description `string`, `password`, `boolean`, `number`, `select`, `array`, `map`, `text-map`, … */
                            type: string;
                            required: boolean;
                            /** @description Sealed in the database. Reads show bullets; sent back, they stand for it. */
                            secret: boolean;
                            /** @description Given when the destination is made, and not changed after. */
                            read_only: boolean;
                            label: string;
                            description: string;
                            default_value?: unknown;
                            choices?: {
                                label: string;
                                value: unknown;
                            }[];
                            multiple: boolean;
                        }[];
                        action_types: {
                            id: string;
                            slug: string;
                            name: string;
                            description: string;
                            platform: string;
                            hidden: boolean;
                            /** @description FQL. */
                            default_trigger: string | null;
                            fields: {
                                key: string;
                                label: string;
                                /** @description `STRING`, `OBJECT`, `NUMBER`, `BOOLEAN`, … */
                                type: string;
                                description: string;
                                required: boolean;
                                multiple: boolean;
                                /** @description A value or a mapping, such as `{"@path": "$.userId"}`. */
                                default_value?: unknown;
                                choices?: {
                                    label: string;
                                    value: unknown;
                                }[];
                                hidden: boolean;
                            }[];
                        }[];
                        presets: {
                            action_id: string;
                            name: string;
                            trigger: string;
                            fields: {
                                [key: string]: unknown;
                            };
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
                            approval_id?: string;
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
                            approval_id?: string;
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
                            /** @description `webhook`, or the slug of a type of the catalog. */
                            type: string;
                            /** @description The type's id in the catalog. */
                            metadata_id: string;
                            /** @description The type's name where none was given. */
                            name: string;
                            source_id: string;
                            environment: "live" | "test";
                            settings: {
                                url?: string;
                            } & {
                                [key: string]: unknown;
                            };
                            /** @description A disabled destination gets no new events; pending deliveries wait. */
                            enabled: boolean;
                            /** @description Whether Headgate delivers to this type. If not, no event is queued for it. */
                            delivers: boolean;
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
                            approval_id?: string;
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
            header?: {
                /** @description Repeating the request with the same key and body within 24 hours answers as the first did (`Idempotent-Replayed: true`) and does nothing again. 1 to 255 visible ASCII characters. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description `webhook` (the default), or the slug or id of a type of the catalog. */
                    type?: string;
                    name: string;
                    source_id: string;
                    settings: {
                        /** @description Of a webhook: http:// or https://, without a user name or password, on a public address. Other types take the options of the catalog. */
                        url?: string;
                    } & {
                        [key: string]: unknown;
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
                        /** @description `webhook`, or the slug of a type of the catalog. */
                        type: string;
                        /** @description The type's id in the catalog. */
                        metadata_id: string;
                        /** @description The type's name where none was given. */
                        name: string;
                        source_id: string;
                        environment: "live" | "test";
                        settings: {
                            url?: string;
                        } & {
                            [key: string]: unknown;
                        };
                        /** @description A disabled destination gets no new events; pending deliveries wait. */
                        enabled: boolean;
                        /** @description Whether Headgate delivers to this type. If not, no event is queued for it. */
                        delivers: boolean;
                        created_at: string;
                        updated_at: string;
                        /** @description Of a webhook: verifies the webhook-signature header (standardwebhooks.com). Shown now and never again. */
                        signing_secret?: string;
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
                            approval_id?: string;
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
                        /** @description `webhook`, or the slug of a type of the catalog. */
                        type: string;
                        /** @description The type's id in the catalog. */
                        metadata_id: string;
                        /** @description The type's name where none was given. */
                        name: string;
                        source_id: string;
                        environment: "live" | "test";
                        settings: {
                            url?: string;
                        } & {
                            [key: string]: unknown;
                        };
                        /** @description A disabled destination gets no new events; pending deliveries wait. */
                        enabled: boolean;
                        /** @description Whether Headgate delivers to this type. If not, no event is queued for it. */
                        delivers: boolean;
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
                            approval_id?: string;
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
                            approval_id?: string;
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
                        /** @description Of a webhook: http:// or https://, without a user name or password, on a public address. Other types take the options of the catalog. */
                        url?: string;
                    } & {
                        [key: string]: unknown;
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
                        /** @description `webhook`, or the slug of a type of the catalog. */
                        type: string;
                        /** @description The type's id in the catalog. */
                        metadata_id: string;
                        /** @description The type's name where none was given. */
                        name: string;
                        source_id: string;
                        environment: "live" | "test";
                        settings: {
                            url?: string;
                        } & {
                            [key: string]: unknown;
                        };
                        /** @description A disabled destination gets no new events; pending deliveries wait. */
                        enabled: boolean;
                        /** @description Whether Headgate delivers to this type. If not, no event is queued for it. */
                        delivers: boolean;
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
                            approval_id?: string;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "filters.list": {
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
                        items: {
                            id: string;
                            source_id: string;
                            destination_id: string;
                            title: string;
                            description: string | null;
                            if: string;
                            actions: {
                                type: "DROP" | "SAMPLE" | "ALLOW_PROPERTIES" | "DROP_PROPERTIES";
                                /** @description SAMPLE: the share that passes. Default: none. */
                                percent?: number;
                                /** @description SAMPLE: the field whose value decides. Default: the messageId. */
                                path?: string;
                                /** @description ALLOW_PROPERTIES, DROP_PROPERTIES: path of an object → names in it. "" is the event itself. */
                                fields?: {
                                    [key: string]: string[];
                                };
                            }[];
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "filters.create": {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating the request with the same key and body within 24 hours answers as the first did (`Idempotent-Replayed: true`) and does nothing again. 1 to 255 visible ASCII characters. */
                "idempotency-key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    title: string;
                    description?: string | null;
                    /** @description FQL; `all` is every event. */
                    if: string;
                    actions: {
                        type: "DROP" | "SAMPLE" | "ALLOW_PROPERTIES" | "DROP_PROPERTIES";
                        /** @description SAMPLE: the share that passes. Default: none. */
                        percent?: number;
                        /** @description SAMPLE: the field whose value decides. Default: the messageId. */
                        path?: string;
                        /** @description ALLOW_PROPERTIES, DROP_PROPERTIES: path of an object → names in it. "" is the event itself. */
                        fields?: {
                            [key: string]: string[];
                        };
                    }[];
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
                        source_id: string;
                        destination_id: string;
                        title: string;
                        description: string | null;
                        if: string;
                        actions: {
                            type: "DROP" | "SAMPLE" | "ALLOW_PROPERTIES" | "DROP_PROPERTIES";
                            /** @description SAMPLE: the share that passes. Default: none. */
                            percent?: number;
                            /** @description SAMPLE: the field whose value decides. Default: the messageId. */
                            path?: string;
                            /** @description ALLOW_PROPERTIES, DROP_PROPERTIES: path of an object → names in it. "" is the event itself. */
                            fields?: {
                                [key: string]: string[];
                            };
                        }[];
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "filters.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                filter_id: string;
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
                        source_id: string;
                        destination_id: string;
                        title: string;
                        description: string | null;
                        if: string;
                        actions: {
                            type: "DROP" | "SAMPLE" | "ALLOW_PROPERTIES" | "DROP_PROPERTIES";
                            /** @description SAMPLE: the share that passes. Default: none. */
                            percent?: number;
                            /** @description SAMPLE: the field whose value decides. Default: the messageId. */
                            path?: string;
                            /** @description ALLOW_PROPERTIES, DROP_PROPERTIES: path of an object → names in it. "" is the event itself. */
                            fields?: {
                                [key: string]: string[];
                            };
                        }[];
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "filters.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                filter_id: string;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "filters.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                filter_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    title?: string;
                    description?: string | null;
                    /** @description FQL; `all` is every event. */
                    if?: string;
                    actions?: {
                        type: "DROP" | "SAMPLE" | "ALLOW_PROPERTIES" | "DROP_PROPERTIES";
                        /** @description SAMPLE: the share that passes. Default: none. */
                        percent?: number;
                        /** @description SAMPLE: the field whose value decides. Default: the messageId. */
                        path?: string;
                        /** @description ALLOW_PROPERTIES, DROP_PROPERTIES: path of an object → names in it. "" is the event itself. */
                        fields?: {
                            [key: string]: string[];
                        };
                    }[];
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
                        source_id: string;
                        destination_id: string;
                        title: string;
                        description: string | null;
                        if: string;
                        actions: {
                            type: "DROP" | "SAMPLE" | "ALLOW_PROPERTIES" | "DROP_PROPERTIES";
                            /** @description SAMPLE: the share that passes. Default: none. */
                            percent?: number;
                            /** @description SAMPLE: the field whose value decides. Default: the messageId. */
                            path?: string;
                            /** @description ALLOW_PROPERTIES, DROP_PROPERTIES: path of an object → names in it. "" is the event itself. */
                            fields?: {
                                [key: string]: string[];
                            };
                        }[];
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "subscriptions.list": {
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
                            destination_id: string;
                            action_id: string;
                            action_slug: string;
                            name: string;
                            trigger: string;
                            enabled: boolean;
                            /** @description Whether Headgate runs it: its URL and headers are plain values, its data the whole event. If not, it is stored. */
                            delivers: boolean;
                            /** @description By field: a value, or a directive such as {"@path": "$.userId"}. Secret ones are bullets in reads. */
                            settings: {
                                [key: string]: unknown;
                            };
                            model_id: string | null;
                            schedule: {
                                strategy: string;
                                config?: unknown;
                            } | null;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "subscriptions.create": {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating the request with the same key and body within 24 hours answers as the first did (`Idempotent-Replayed: true`) and does nothing again. 1 to 255 visible ASCII characters. */
                "idempotency-key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    action_id: string;
                    /** @description FQL: for which events the action runs. */
                    trigger: string;
                    enabled?: boolean;
                    /** @description By field: a value, or a directive such as {"@path": "$.userId"}. Secret ones are bullets in reads. */
                    settings?: {
                        [key: string]: unknown;
                    };
                    model_id?: string;
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
                        destination_id: string;
                        action_id: string;
                        action_slug: string;
                        name: string;
                        trigger: string;
                        enabled: boolean;
                        /** @description Whether Headgate runs it: its URL and headers are plain values, its data the whole event. If not, it is stored. */
                        delivers: boolean;
                        /** @description By field: a value, or a directive such as {"@path": "$.userId"}. Secret ones are bullets in reads. */
                        settings: {
                            [key: string]: unknown;
                        };
                        model_id: string | null;
                        schedule: {
                            strategy: string;
                            config?: unknown;
                        } | null;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "subscriptions.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                subscription_id: string;
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
                        destination_id: string;
                        action_id: string;
                        action_slug: string;
                        name: string;
                        trigger: string;
                        enabled: boolean;
                        /** @description Whether Headgate runs it: its URL and headers are plain values, its data the whole event. If not, it is stored. */
                        delivers: boolean;
                        /** @description By field: a value, or a directive such as {"@path": "$.userId"}. Secret ones are bullets in reads. */
                        settings: {
                            [key: string]: unknown;
                        };
                        model_id: string | null;
                        schedule: {
                            strategy: string;
                            config?: unknown;
                        } | null;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "subscriptions.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                subscription_id: string;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "subscriptions.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                subscription_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    /** @description FQL: for which events the action runs. */
                    trigger?: string;
                    enabled?: boolean;
                    /** @description By field: a value, or a directive such as {"@path": "$.userId"}. Secret ones are bullets in reads. */
                    settings?: {
                        [key: string]: unknown;
                    };
                    /** @description Empty: none. */
                    model_id?: string;
                    schedule?: {
                        strategy: string;
                        config?: unknown;
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
                        destination_id: string;
                        action_id: string;
                        action_slug: string;
                        name: string;
                        trigger: string;
                        enabled: boolean;
                        /** @description Whether Headgate runs it: its URL and headers are plain values, its data the whole event. If not, it is stored. */
                        delivers: boolean;
                        /** @description By field: a value, or a directive such as {"@path": "$.userId"}. Secret ones are bullets in reads. */
                        settings: {
                            [key: string]: unknown;
                        };
                        model_id: string | null;
                        schedule: {
                            strategy: string;
                            config?: unknown;
                        } | null;
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
                            approval_id?: string;
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
                            approval_id?: string;
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
                /** @description Repeating the request with the same key and body within 24 hours answers as the first did (`Idempotent-Replayed: true`) and does nothing again. 1 to 255 visible ASCII characters. */
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
                            approval_id?: string;
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
                            approval_id?: string;
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
                            approval_id?: string;
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
                            approval_id?: string;
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
                            approval_id?: string;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "filters.preview": {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating the request with the same key and body within 24 hours answers as the first did (`Idempotent-Replayed: true`) and does nothing again. 1 to 255 visible ASCII characters. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description FQL; `all` is every event. */
                    if: string;
                    actions: {
                        type: "DROP" | "SAMPLE" | "ALLOW_PROPERTIES" | "DROP_PROPERTIES";
                        /** @description SAMPLE: the share that passes. Default: none. */
                        percent?: number;
                        /** @description SAMPLE: the field whose value decides. Default: the messageId. */
                        path?: string;
                        /** @description ALLOW_PROPERTIES, DROP_PROPERTIES: path of an object → names in it. "" is the event itself. */
                        fields?: {
                            [key: string]: string[];
                        };
                    }[];
                    payload: {
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
                        /** @description Why the statement does not parse; null: it does. */
                        problem: {
                            line: number;
                            column: number;
                            message: string;
                        } | null;
                        matches: boolean;
                        /** @description null: the event is dropped, or the statement does not parse. */
                        result: {
                            [key: string]: unknown;
                        } | null;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "functions.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                kind?: "source" | "destination" | "insert_source" | "insert_destination" | "insert_transformation";
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
                            kind: "source" | "destination" | "insert_source" | "insert_destination" | "insert_transformation";
                            name: string;
                            description: string | null;
                            logo_url: string | null;
                            environment: "live" | "test";
                            settings: {
                                name: string;
                                label: string;
                                description: string;
                                type: "STRING" | "BOOLEAN" | "ARRAY" | "TEXT_MAP";
                                required: boolean;
                                /** @description Sealed in the database and never shown again. */
                                sensitive: boolean;
                            }[];
                            /** @description The current code is the deployed one. */
                            is_latest_version: boolean;
                            deployed_at: string | null;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "functions.create": {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating the request with the same key and body within 24 hours answers as the first did (`Idempotent-Replayed: true`) and does nothing again. 1 to 255 visible ASCII characters. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    kind: "source" | "destination" | "insert_source" | "insert_destination" | "insert_transformation";
                    name: string;
                    code: string;
                    description?: string;
                    logo_url?: string;
                    settings?: {
                        name: string;
                        label: string;
                        description: string;
                        type: "STRING" | "BOOLEAN" | "ARRAY" | "TEXT_MAP";
                        required: boolean;
                        /** @description Sealed in the database and never shown again. */
                        sensitive: boolean;
                    }[];
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
                        kind: "source" | "destination" | "insert_source" | "insert_destination" | "insert_transformation";
                        name: string;
                        description: string | null;
                        logo_url: string | null;
                        environment: "live" | "test";
                        settings: {
                            name: string;
                            label: string;
                            description: string;
                            type: "STRING" | "BOOLEAN" | "ARRAY" | "TEXT_MAP";
                            required: boolean;
                            /** @description Sealed in the database and never shown again. */
                            sensitive: boolean;
                        }[];
                        /** @description The current code is the deployed one. */
                        is_latest_version: boolean;
                        deployed_at: string | null;
                        created_at: string;
                        updated_at: string;
                        /** @description The current version. */
                        code: string;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "functions.get": {
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
                        kind: "source" | "destination" | "insert_source" | "insert_destination" | "insert_transformation";
                        name: string;
                        description: string | null;
                        logo_url: string | null;
                        environment: "live" | "test";
                        settings: {
                            name: string;
                            label: string;
                            description: string;
                            type: "STRING" | "BOOLEAN" | "ARRAY" | "TEXT_MAP";
                            required: boolean;
                            /** @description Sealed in the database and never shown again. */
                            sensitive: boolean;
                        }[];
                        /** @description The current code is the deployed one. */
                        is_latest_version: boolean;
                        deployed_at: string | null;
                        created_at: string;
                        updated_at: string;
                        /** @description The current version. */
                        code: string;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "functions.delete": {
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "functions.update": {
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
                    code?: string;
                    description?: string;
                    logo_url?: string;
                    settings?: {
                        name: string;
                        label: string;
                        description: string;
                        type: "STRING" | "BOOLEAN" | "ARRAY" | "TEXT_MAP";
                        required: boolean;
                        /** @description Sealed in the database and never shown again. */
                        sensitive: boolean;
                    }[];
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
                        kind: "source" | "destination" | "insert_source" | "insert_destination" | "insert_transformation";
                        name: string;
                        description: string | null;
                        logo_url: string | null;
                        environment: "live" | "test";
                        settings: {
                            name: string;
                            label: string;
                            description: string;
                            type: "STRING" | "BOOLEAN" | "ARRAY" | "TEXT_MAP";
                            required: boolean;
                            /** @description Sealed in the database and never shown again. */
                            sensitive: boolean;
                        }[];
                        /** @description The current code is the deployed one. */
                        is_latest_version: boolean;
                        deployed_at: string | null;
                        created_at: string;
                        updated_at: string;
                        /** @description The current version. */
                        code: string;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "functions.deploy": {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating the request with the same key and body within 24 hours answers as the first did (`Idempotent-Replayed: true`) and does nothing again. 1 to 255 visible ASCII characters. */
                "idempotency-key"?: string;
            };
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
                        kind: "source" | "destination" | "insert_source" | "insert_destination" | "insert_transformation";
                        name: string;
                        description: string | null;
                        logo_url: string | null;
                        environment: "live" | "test";
                        settings: {
                            name: string;
                            label: string;
                            description: string;
                            type: "STRING" | "BOOLEAN" | "ARRAY" | "TEXT_MAP";
                            required: boolean;
                            /** @description Sealed in the database and never shown again. */
                            sensitive: boolean;
                        }[];
                        /** @description The current code is the deployed one. */
                        is_latest_version: boolean;
                        deployed_at: string | null;
                        created_at: string;
                        updated_at: string;
                        /** @description The current version. */
                        code: string;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "functions.preview": {
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
                    /** @description An event or an array of events; for source functions {body, headers, queryParameters}. */
                    event: unknown;
                    settings?: {
                        [key: string]: unknown;
                    };
                    code?: string;
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
                        /** @description What the handler returned; null when it failed. */
                        result: unknown;
                        /** @description What a source function gave to Segment.track and its like. */
                        events: unknown[];
                        error: {
                            name: string;
                            message: string;
                            line?: number;
                            column?: number;
                        } | null;
                        logs: {
                            level: string;
                            message: string;
                            at: string;
                        }[];
                        logs_truncated: boolean;
                        ms: number;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "functions.versions": {
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
                            code: string;
                            is_deployed: boolean;
                            is_current: boolean;
                            created_at: string;
                            deployed_at: string | null;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "functions.restore": {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating the request with the same key and body within 24 hours answers as the first did (`Idempotent-Replayed: true`) and does nothing again. 1 to 255 visible ASCII characters. */
                "idempotency-key"?: string;
            };
            path: {
                id: string;
                version: string;
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
                        kind: "source" | "destination" | "insert_source" | "insert_destination" | "insert_transformation";
                        name: string;
                        description: string | null;
                        logo_url: string | null;
                        environment: "live" | "test";
                        settings: {
                            name: string;
                            label: string;
                            description: string;
                            type: "STRING" | "BOOLEAN" | "ARRAY" | "TEXT_MAP";
                            required: boolean;
                            /** @description Sealed in the database and never shown again. */
                            sensitive: boolean;
                        }[];
                        /** @description The current code is the deployed one. */
                        is_latest_version: boolean;
                        deployed_at: string | null;
                        created_at: string;
                        updated_at: string;
                        /** @description The current version. */
                        code: string;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "groups.list": {
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
                            /** @description Without those who were invited and have not accepted yet. */
                            member_count: number;
                            created_at: string;
                            permissions: {
                                role_id: string;
                                role_name: string;
                                resources: {
                                    id: string;
                                    type: "FUNCTION" | "SOURCE" | "SPACE" | "WAREHOUSE" | "WORKSPACE";
                                    labels: {
                                        key: string;
                                        value: string;
                                        description?: string;
                                    }[];
                                }[];
                                labels: {
                                    key: string;
                                    value: string;
                                    description?: string;
                                }[];
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "groups.create": {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating the request with the same key and body within 24 hours answers as the first did (`Idempotent-Replayed: true`) and does nothing again. 1 to 255 visible ASCII characters. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
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
                        /** @description Without those who were invited and have not accepted yet. */
                        member_count: number;
                        created_at: string;
                        permissions: {
                            role_id: string;
                            role_name: string;
                            resources: {
                                id: string;
                                type: "FUNCTION" | "SOURCE" | "SPACE" | "WAREHOUSE" | "WORKSPACE";
                                labels: {
                                    key: string;
                                    value: string;
                                    description?: string;
                                }[];
                            }[];
                            labels: {
                                key: string;
                                value: string;
                                description?: string;
                            }[];
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "groups.get": {
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
                        /** @description Without those who were invited and have not accepted yet. */
                        member_count: number;
                        created_at: string;
                        permissions: {
                            role_id: string;
                            role_name: string;
                            resources: {
                                id: string;
                                type: "FUNCTION" | "SOURCE" | "SPACE" | "WAREHOUSE" | "WORKSPACE";
                                labels: {
                                    key: string;
                                    value: string;
                                    description?: string;
                                }[];
                            }[];
                            labels: {
                                key: string;
                                value: string;
                                description?: string;
                            }[];
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "groups.delete": {
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "groups.update": {
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
                    name: string;
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
                        /** @description Without those who were invited and have not accepted yet. */
                        member_count: number;
                        created_at: string;
                        permissions: {
                            role_id: string;
                            role_name: string;
                            resources: {
                                id: string;
                                type: "FUNCTION" | "SOURCE" | "SPACE" | "WAREHOUSE" | "WORKSPACE";
                                labels: {
                                    key: string;
                                    value: string;
                                    description?: string;
                                }[];
                            }[];
                            labels: {
                                key: string;
                                value: string;
                                description?: string;
                            }[];
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "groups.invitations": {
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
                            /** @description The invitation's. */
                            id: string;
                            email: string;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "groups.members": {
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
                            email: string;
                            name: string;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "groups.setMembers": {
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
                    emails: string[];
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
                        /** @description Without those who were invited and have not accepted yet. */
                        member_count: number;
                        created_at: string;
                        permissions: {
                            role_id: string;
                            role_name: string;
                            resources: {
                                id: string;
                                type: "FUNCTION" | "SOURCE" | "SPACE" | "WAREHOUSE" | "WORKSPACE";
                                labels: {
                                    key: string;
                                    value: string;
                                    description?: string;
                                }[];
                            }[];
                            labels: {
                                key: string;
                                value: string;
                                description?: string;
                            }[];
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "groups.setPermissions": {
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
                    /** @description A role on resources each: GET /api/v1/roles. Labels narrow it to what has all of them. */
                    permissions: {
                        role_id: string;
                        resources: {
                            id: string;
                            type: "FUNCTION" | "SOURCE" | "SPACE" | "WAREHOUSE" | "WORKSPACE";
                            labels?: {
                                key: string;
                                value: string;
                                description?: string;
                            }[];
                        }[];
                        labels?: {
                            key: string;
                            value: string;
                            description?: string;
                        }[];
                    }[];
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
                        /** @description Without those who were invited and have not accepted yet. */
                        member_count: number;
                        created_at: string;
                        permissions: {
                            role_id: string;
                            role_name: string;
                            resources: {
                                id: string;
                                type: "FUNCTION" | "SOURCE" | "SPACE" | "WAREHOUSE" | "WORKSPACE";
                                labels: {
                                    key: string;
                                    value: string;
                                    description?: string;
                                }[];
                            }[];
                            labels: {
                                key: string;
                                value: string;
                                description?: string;
                            }[];
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "invitations.list": {
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
                            email: string;
                            role: "owner" | "admin" | "member" | "viewer" | "limited";
                            created_at: string;
                            expires_at: string;
                            accepted_at: string | null;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "invitations.create": {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating the request with the same key and body within 24 hours answers as the first did (`Idempotent-Replayed: true`) and does nothing again. 1 to 255 visible ASCII characters. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    email: string;
                    role: "owner" | "admin" | "member" | "viewer" | "limited";
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
                        email: string;
                        role: "owner" | "admin" | "member" | "viewer" | "limited";
                        created_at: string;
                        expires_at: string;
                        accepted_at: string | null;
                        /** @description Only where no mail server is configured, and only now: give it to the person yourself. Else null. */
                        link: string | null;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "invitations.accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                    name?: string;
                    password?: string;
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
                        email: string;
                        role: "owner" | "admin" | "member" | "viewer" | "limited";
                        workspace: {
                            id: string;
                            slug: string;
                            name: string;
                        };
                        new_account: boolean;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "invitations.look": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
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
                        email: string;
                        role: "owner" | "admin" | "member" | "viewer" | "limited";
                        workspace: {
                            slug: string;
                            name: string;
                        };
                        expires_at: string;
                        /** @description Then sign in to accept; else choose a password. */
                        has_account: boolean;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "invitations.revoke": {
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "invitations.renew": {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating the request with the same key and body within 24 hours answers as the first did (`Idempotent-Replayed: true`) and does nothing again. 1 to 255 visible ASCII characters. */
                "idempotency-key"?: string;
            };
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
                        email: string;
                        role: "owner" | "admin" | "member" | "viewer" | "limited";
                        created_at: string;
                        expires_at: string;
                        accepted_at: string | null;
                        /** @description Only where no mail server is configured, and only now: give it to the person yourself. Else null. */
                        link: string | null;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "labels.list": {
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
                            id: string;
                            key: string;
                            value: string;
                            description: string | null;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "labels.create": {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating the request with the same key and body within 24 hours answers as the first did (`Idempotent-Replayed: true`) and does nothing again. 1 to 255 visible ASCII characters. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    key: string;
                    value: string;
                    description?: string;
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
                        key: string;
                        value: string;
                        description: string | null;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "labels.delete": {
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "leaks.list": {
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
                            environment: string;
                            key: {
                                number: number;
                                public_id: string;
                                name: string;
                            };
                            /** @description SHA-256 of the key, as finders name it; the key itself is not kept. */
                            token_hash: string;
                            /** @description github, finder */
                            reported_by: string;
                            /** @description commit, issue_description, gist_content, … as the finder says */
                            source: string;
                            url: string;
                            note: string;
                            /** @description revoked, quarantined; none: it did not work any more */
                            action: string;
                            found_at: string;
                            last_reported_at: string;
                            reports: number;
                            revoked_at: string | null;
                            could: {
                                full_access: boolean;
                                scopes: string[];
                                may_send: boolean;
                                /** @description Empty: from anywhere. */
                                allowed_ips: string[];
                            };
                            did: {
                                last_used_at: string | null;
                                last_used_ip: string | null;
                                /** @description Messages it made in the last 90 days. */
                                messages: number;
                                /** @description Public ids of keys it made that still work; 100 at most. */
                                living_keys: string[];
                            };
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
                            approval_id?: string;
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
                        kind: "key" | "user" | "oauth";
                        user: {
                            id: string;
                            email: string;
                            name: string;
                        } | null;
                        key: {
                            number: number;
                            public_id: string;
                        } | null;
                        role: "owner" | "admin" | "member" | "viewer" | "limited" | null;
                        workspace: {
                            id: string;
                            slug: string;
                            name: string;
                        };
                        environment: "live" | "test";
                        scopes: string[];
                        may_send: boolean;
                        /** @description Of a user: those that X-Headgate-Workspace can choose, in the order they were joined. */
                        workspaces: {
                            id: string;
                            slug: string;
                            name: string;
                            role: string;
                        }[];
                        second_factor: {
                            totp: boolean;
                            passkeys: number;
                            recovery_codes_left: number;
                            /** @description The workspace asks for one. */
                            required: boolean;
                            /** @description This session was made with one. */
                            used: boolean;
                            /** @description Until one is set up everything else is refused. */
                            must_enrol: boolean;
                        } | null;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "members.list": {
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
                            /** @description The user's id. */
                            id: string;
                            email: string;
                            name: string;
                            role: "owner" | "admin" | "member" | "viewer" | "limited";
                            joined_at: string;
                            /** @description Has one set up. */
                            second_factor: boolean;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "members.delete": {
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "members.update": {
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
                    role: "owner" | "admin" | "member" | "viewer" | "limited";
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
                        /** @description The user's id. */
                        id: string;
                        email: string;
                        name: string;
                        role: "owner" | "admin" | "member" | "viewer" | "limited";
                        joined_at: string;
                        /** @description Has one set up. */
                        second_factor: boolean;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "members.permissions": {
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
                        items: {
                            role_id: string;
                            role_name: string;
                            resources: {
                                id: string;
                                type: "FUNCTION" | "SOURCE" | "SPACE" | "WAREHOUSE" | "WORKSPACE";
                                labels: {
                                    key: string;
                                    value: string;
                                    description?: string;
                                }[];
                            }[];
                            labels: {
                                key: string;
                                value: string;
                                description?: string;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "members.setPermissions": {
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
                    /** @description A role on resources each: GET /api/v1/roles. Labels narrow it to what has all of them. */
                    permissions: {
                        role_id: string;
                        resources: {
                            id: string;
                            type: "FUNCTION" | "SOURCE" | "SPACE" | "WAREHOUSE" | "WORKSPACE";
                            labels?: {
                                key: string;
                                value: string;
                                description?: string;
                            }[];
                        }[];
                        labels?: {
                            key: string;
                            value: string;
                            description?: string;
                        }[];
                    }[];
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
                        items: {
                            role_id: string;
                            role_name: string;
                            resources: {
                                id: string;
                                type: "FUNCTION" | "SOURCE" | "SPACE" | "WAREHOUSE" | "WORKSPACE";
                                labels: {
                                    key: string;
                                    value: string;
                                    description?: string;
                                }[];
                            }[];
                            labels: {
                                key: string;
                                value: string;
                                description?: string;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "members.sessions": {
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
                        items: {
                            id: string;
                            /** @description The one this call was made with. */
                            current: boolean;
                            created_at: string;
                            /** @description To about ten seconds. */
                            last_used_at: string;
                            expires_at: string;
                            ip: string | null;
                            user_agent: string | null;
                            /** @description totp, recovery_code or passkey. */
                            second_factor: string | null;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "members.signOut": {
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "metrics.deliveries": {
        parameters: {
            query: {
                granularity: "minute" | "hour" | "day";
                /** @description ISO 8601. */
                start: string;
                /** @description ISO 8601, not included. */
                end: string;
                destination_id: string;
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
                            time: string;
                            delivered: number;
                            failed: number;
                            retried: number;
                            /** @description From the event to its delivery. */
                            average_ms: number;
                        }[];
                        reasons: {
                            outcome: string;
                            reason: string;
                            total: number;
                        }[];
                        p95_ms: number | null;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "metrics.events": {
        parameters: {
            query: {
                granularity: "minute" | "hour" | "day";
                /** @description ISO 8601. */
                start: string;
                /** @description ISO 8601, not included. */
                end: string;
                outcome?: "received" | "refused" | "filtered";
                /** @description Of name, type, source_id, app_version, reason; several with commas. */
                group_by?: string;
                source_id?: string;
                name?: string;
                type?: string;
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
                            name?: string;
                            type?: string;
                            source_id?: string;
                            app_version?: string;
                            reason?: string;
                            total: number;
                            points: {
                                time: string;
                                count: number;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "metrics.usage": {
        parameters: {
            query: {
                month: string;
                per_source?: boolean;
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
                            /** @description Its beginning, UTC. All figures are running totals of the month. */
                            day: string;
                            source_id: string | null;
                            api_calls: number;
                            /** @description User ids, and anonymous ids that never came with one. */
                            tracked_users: number;
                            user_ids: number;
                            anonymous_ids: number;
                            identified_anonymous_ids: number;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "oauthClients.list": {
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
                            /** @description The client_id. */
                            id: string;
                            name: string;
                            homepage: string | null;
                            /** @description A test client never gets at live data. A live one asks the user which environment. */
                            environment: "live" | "test";
                            auth_method: "none" | "client_secret_basic" | "client_secret_post" | "private_key_jwt";
                            grant_types: string[];
                            redirect_uris: string[];
                            scopes: string[];
                            may_send: boolean;
                            created_at: string;
                            created_by: string;
                            updated_at: string;
                            secret_rotated_at: string | null;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "oauthClients.create": {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating the request with the same key and body within 24 hours answers as the first did (`Idempotent-Replayed: true`) and does nothing again. 1 to 255 visible ASCII characters. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    scopes: string[];
                    homepage?: string | null;
                    /** @description https, or http on localhost. Requests must name one of them to the letter. */
                    redirect_uris?: string[];
                    /** @description Only a signed-in owner can switch it on. */
                    may_send?: boolean;
                    /** @description With private_key_jwt: a JWK set of public keys. */
                    jwks?: {
                        keys: {
                            [key: string]: unknown;
                        }[];
                    };
                    auth_method?: "none" | "client_secret_basic" | "client_secret_post" | "private_key_jwt";
                    grant_types?: ("authorization_code" | "refresh_token" | "client_credentials")[];
                    environment?: "live" | "test";
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
                        /** @description The client_id. */
                        id: string;
                        name: string;
                        homepage: string | null;
                        /** @description A test client never gets at live data. A live one asks the user which environment. */
                        environment: "live" | "test";
                        auth_method: "none" | "client_secret_basic" | "client_secret_post" | "private_key_jwt";
                        grant_types: string[];
                        redirect_uris: string[];
                        scopes: string[];
                        may_send: boolean;
                        created_at: string;
                        created_by: string;
                        updated_at: string;
                        secret_rotated_at: string | null;
                        /** @description Shown only now. null for clients without one. */
                        client_secret: string | null;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "oauthClients.get": {
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
                        /** @description The client_id. */
                        id: string;
                        name: string;
                        homepage: string | null;
                        /** @description A test client never gets at live data. A live one asks the user which environment. */
                        environment: "live" | "test";
                        auth_method: "none" | "client_secret_basic" | "client_secret_post" | "private_key_jwt";
                        grant_types: string[];
                        redirect_uris: string[];
                        scopes: string[];
                        may_send: boolean;
                        created_at: string;
                        created_by: string;
                        updated_at: string;
                        secret_rotated_at: string | null;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "oauthClients.delete": {
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "oauthClients.update": {
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
                    homepage?: string | null;
                    /** @description https, or http on localhost. Requests must name one of them to the letter. */
                    redirect_uris?: string[];
                    scopes?: string[];
                    /** @description Only a signed-in owner can switch it on. */
                    may_send?: boolean;
                    /** @description With private_key_jwt: a JWK set of public keys. */
                    jwks?: {
                        keys: {
                            [key: string]: unknown;
                        }[];
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
                        /** @description The client_id. */
                        id: string;
                        name: string;
                        homepage: string | null;
                        /** @description A test client never gets at live data. A live one asks the user which environment. */
                        environment: "live" | "test";
                        auth_method: "none" | "client_secret_basic" | "client_secret_post" | "private_key_jwt";
                        grant_types: string[];
                        redirect_uris: string[];
                        scopes: string[];
                        may_send: boolean;
                        created_at: string;
                        created_by: string;
                        updated_at: string;
                        secret_rotated_at: string | null;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "oauthClients.rotateSecret": {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating the request with the same key and body within 24 hours answers as the first did (`Idempotent-Replayed: true`) and does nothing again. 1 to 255 visible ASCII characters. */
                "idempotency-key"?: string;
            };
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
                        /** @description The client_id. */
                        id: string;
                        name: string;
                        homepage: string | null;
                        /** @description A test client never gets at live data. A live one asks the user which environment. */
                        environment: "live" | "test";
                        auth_method: "none" | "client_secret_basic" | "client_secret_post" | "private_key_jwt";
                        grant_types: string[];
                        redirect_uris: string[];
                        scopes: string[];
                        may_send: boolean;
                        created_at: string;
                        created_by: string;
                        updated_at: string;
                        secret_rotated_at: string | null;
                        /** @description Shown only now. null for clients without one. */
                        client_secret: string | null;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "oauthGrants.list": {
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
                            client_id: string;
                            client_name: string;
                            user_id: string;
                            user_email: string;
                            environment: "live" | "test";
                            scopes: string[];
                            may_send: boolean;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "oauthGrants.revoke": {
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "passkeys.list": {
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
                            id: string;
                            name: string;
                            /** @description Kept by a provider, so that it is on several devices. */
                            backed_up: boolean;
                            created_at: string;
                            last_used_at: string | null;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "passkeys.create": {
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
                    response: {
                        id: string;
                        rawId: string;
                        /** @enum {string} */
                        type: "public-key";
                        clientExtensionResults?: {
                            [key: string]: unknown;
                        };
                        authenticatorAttachment?: string | null;
                        response: {
                            clientDataJSON: string;
                            attestationObject: string;
                            authenticatorData?: string;
                            transports?: string[];
                            publicKey?: string | null;
                            publicKeyAlgorithm?: number;
                        };
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
                        /** @description Kept by a provider, so that it is on several devices. */
                        backed_up: boolean;
                        created_at: string;
                        last_used_at: string | null;
                        /** @description Ten, shown this once, each good once; null when there were some already. */
                        recovery_codes: string[] | null;
                        /** @description Replaces the session of this call, which has ended; null when that had a second factor already. */
                        session: {
                            access: string;
                            refresh?: string;
                        } | null;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "passkeys.options": {
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
                    "application/json": unknown;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "passkeys.delete": {
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "passkeys.update": {
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
                    name: string;
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
                        /** @description Kept by a provider, so that it is on several devices. */
                        backed_up: boolean;
                        created_at: string;
                        last_used_at: string | null;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "password.change": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    current_password: string;
                    new_password: string;
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
                        error: {
                            code: string;
                            message: string;
                            details?: {
                                field: string;
                                message: string;
                            }[];
                            required?: string[];
                            approval_id?: string;
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
                            approval_id?: string;
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
                            approval_id?: string;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "keyPolicy.get": {
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
                        /** @description Longest life of a key; null: any. */
                        max_life_days: number | null;
                        force_expiry: boolean;
                        force_allowed_ips: boolean;
                        /** @description `key`: a key with api-keys:manage. */
                        may_mint: ("owner" | "admin" | "key")[];
                        /** @description `key`: a key with api-keys:manage. */
                        may_mint_sending: ("owner" | "admin" | "key")[];
                        /** @description Revoking a key revokes what it made, where the call does not say. */
                        revoke_children: boolean;
                        leak_action: "revoke" | "quarantine";
                        brake_action: "alert" | "quarantine";
                        /** @description The newest hundred living keys that could not be made today. They go on working. */
                        non_compliant: {
                            id: string;
                            public_id: string;
                            name: string;
                            reasons: string[];
                        }[];
                        non_compliant_total: number;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "keyPolicy.update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Longest life of a key; null: any. */
                    max_life_days?: number | null;
                    force_expiry?: boolean;
                    force_allowed_ips?: boolean;
                    /** @description `key`: a key with api-keys:manage. */
                    may_mint?: ("owner" | "admin" | "key")[];
                    /** @description `key`: a key with api-keys:manage. */
                    may_mint_sending?: ("owner" | "admin" | "key")[];
                    /** @description Revoking a key revokes what it made, where the call does not say. */
                    revoke_children?: boolean;
                    leak_action?: "revoke" | "quarantine";
                    brake_action?: "alert" | "quarantine";
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
                        /** @description Longest life of a key; null: any. */
                        max_life_days: number | null;
                        force_expiry: boolean;
                        force_allowed_ips: boolean;
                        /** @description `key`: a key with api-keys:manage. */
                        may_mint: ("owner" | "admin" | "key")[];
                        /** @description `key`: a key with api-keys:manage. */
                        may_mint_sending: ("owner" | "admin" | "key")[];
                        /** @description Revoking a key revokes what it made, where the call does not say. */
                        revoke_children: boolean;
                        leak_action: "revoke" | "quarantine";
                        brake_action: "alert" | "quarantine";
                        /** @description The newest hundred living keys that could not be made today. They go on working. */
                        non_compliant: {
                            id: string;
                            public_id: string;
                            name: string;
                            reasons: string[];
                        }[];
                        non_compliant_total: number;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "regulations.list": {
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
                            type: string;
                            subject_type: string;
                            subject_ids: string[];
                            source_id: string | null;
                            /** @description initialized, running, finished, failed, partial_success, invalid, not_supported */
                            status: string;
                            error: string | null;
                            created_at: string;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "regulations.create": {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating the request with the same key and body within 24 hours answers as the first did (`Idempotent-Replayed: true`) and does nothing again. 1 to 255 visible ASCII characters. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    type: "suppress_only" | "unsuppress" | "delete_only" | "delete_internal" | "suppress_with_delete" | "suppress_with_delete_internal" | "delete_archive_only";
                    subject_type?: "user_id" | "anonymous_id" | "object_id";
                    subject_ids: string[];
                    source_id?: string | null;
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
                        type: string;
                        subject_type: string;
                        subject_ids: string[];
                        source_id: string | null;
                        /** @description initialized, running, finished, failed, partial_success, invalid, not_supported */
                        status: string;
                        error: string | null;
                        created_at: string;
                        finished_at: string | null;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "regulations.get": {
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
                        type: string;
                        subject_type: string;
                        subject_ids: string[];
                        source_id: string | null;
                        /** @description initialized, running, finished, failed, partial_success, invalid, not_supported */
                        status: string;
                        error: string | null;
                        created_at: string;
                        finished_at: string | null;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "regulations.delete": {
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "roles.list": {
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
                            id: string;
                            name: string;
                            description: string;
                            /** @description What it can be given on. */
                            resources: string[];
                            /** @description On the whole workspace it makes this of a member. */
                            member_role: string | null;
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
                            approval_id?: string;
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
                            approval_id?: string;
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
                            approval_id?: string;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "secondFactor.policy": {
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
                        required: boolean;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "secondFactor.setPolicy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    required: boolean;
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
                        required: boolean;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "secondFactor.renewRecoveryCodes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        recovery_codes: string[];
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "secondFactor.beginTotp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Base32, for typing in. */
                        secret: string;
                        /** @description otpauth://totp/… */
                        uri: string;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "secondFactor.deleteTotp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "secondFactor.confirmTotp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    code: string;
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
                        /** @description Ten, shown this once, each good once; null when there were some already. */
                        recovery_codes: string[] | null;
                        /** @description Replaces the session of this call, which has ended; null when that had a second factor already. */
                        session: {
                            access: string;
                            refresh?: string;
                        } | null;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "sessions.list": {
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
                            id: string;
                            /** @description The one this call was made with. */
                            current: boolean;
                            created_at: string;
                            /** @description To about ten seconds. */
                            last_used_at: string;
                            expires_at: string;
                            ip: string | null;
                            user_agent: string | null;
                            /** @description totp, recovery_code or passkey. */
                            second_factor: string | null;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "sessions.deleteOthers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "sessions.confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    password: string;
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
                        error: {
                            code: string;
                            message: string;
                            details?: {
                                field: string;
                                message: string;
                            }[];
                            required?: string[];
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "sessions.delete": {
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
                            approval_id?: string;
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
                            /** @description Unique among the sources; made from the name. */
                            slug: string;
                            /** @description Of the catalog. */
                            type: {
                                id: string;
                                slug: string;
                                name: string;
                            };
                            /** @description Goes into the SDK or snippet that sends the events. The oldest one; empty when all were removed. */
                            write_key: string;
                            /** @description All of them, oldest first. */
                            write_keys: string[];
                            labels: {
                                key: string;
                                value: string;
                            }[];
                            settings: {
                                [key: string]: unknown;
                            };
                            /** @description The plan that it follows. */
                            tracking_plan_id: string | null;
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
                            approval_id?: string;
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
            header?: {
                /** @description Repeating the request with the same key and body within 24 hours answers as the first did (`Idempotent-Replayed: true`) and does nothing again. 1 to 255 visible ASCII characters. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    slug?: string;
                    /** @description Id or slug of a source type of the catalog. Default: http-api. */
                    type?: string;
                    /** @description Merged key by key; null removes a key. */
                    settings?: {
                        [key: string]: unknown;
                    };
                    /** @description All that it has from now on; made where they are new. */
                    labels?: {
                        key: string;
                        value: string;
                    }[];
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
                        /** @description Unique among the sources; made from the name. */
                        slug: string;
                        /** @description Of the catalog. */
                        type: {
                            id: string;
                            slug: string;
                            name: string;
                        };
                        /** @description Goes into the SDK or snippet that sends the events. The oldest one; empty when all were removed. */
                        write_key: string;
                        /** @description All of them, oldest first. */
                        write_keys: string[];
                        labels: {
                            key: string;
                            value: string;
                        }[];
                        settings: {
                            [key: string]: unknown;
                        };
                        /** @description The plan that it follows. */
                        tracking_plan_id: string | null;
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
                            approval_id?: string;
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
                        /** @description Unique among the sources; made from the name. */
                        slug: string;
                        /** @description Of the catalog. */
                        type: {
                            id: string;
                            slug: string;
                            name: string;
                        };
                        /** @description Goes into the SDK or snippet that sends the events. The oldest one; empty when all were removed. */
                        write_key: string;
                        /** @description All of them, oldest first. */
                        write_keys: string[];
                        labels: {
                            key: string;
                            value: string;
                        }[];
                        settings: {
                            [key: string]: unknown;
                        };
                        /** @description The plan that it follows. */
                        tracking_plan_id: string | null;
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
                            approval_id?: string;
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
                            approval_id?: string;
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
                    slug?: string;
                    /** @description Merged key by key; null removes a key. */
                    settings?: {
                        [key: string]: unknown;
                    };
                    /** @description All that it has from now on; made where they are new. */
                    labels?: {
                        key: string;
                        value: string;
                    }[];
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
                        /** @description Unique among the sources; made from the name. */
                        slug: string;
                        /** @description Of the catalog. */
                        type: {
                            id: string;
                            slug: string;
                            name: string;
                        };
                        /** @description Goes into the SDK or snippet that sends the events. The oldest one; empty when all were removed. */
                        write_key: string;
                        /** @description All of them, oldest first. */
                        write_keys: string[];
                        labels: {
                            key: string;
                            value: string;
                        }[];
                        settings: {
                            [key: string]: unknown;
                        };
                        /** @description The plan that it follows. */
                        tracking_plan_id: string | null;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "sources.schemaSettings": {
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
                        track: {
                            allow_unplanned_events: boolean;
                            allow_unplanned_event_properties: boolean;
                            allow_event_on_violations: boolean;
                            allow_properties_on_violations: boolean;
                            common_event_on_violations: "ALLOW" | "BLOCK" | "OMIT_PROPERTIES";
                        };
                        identify: {
                            allow_unplanned_traits: boolean;
                            allow_traits_on_violations: boolean;
                            common_event_on_violations: "ALLOW" | "BLOCK" | "OMIT_TRAITS";
                        };
                        group: {
                            allow_unplanned_traits: boolean;
                            allow_traits_on_violations: boolean;
                            common_event_on_violations: "ALLOW" | "BLOCK" | "OMIT_TRAITS";
                        };
                        /** @description Id of the source that gets them; null: none. */
                        forward_violations_to: string | null;
                        /** @description Id of the source that gets them; null: none. */
                        forward_blocked_events_to: string | null;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "sources.updateSchemaSettings": {
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
                    track?: {
                        allow_unplanned_events?: boolean;
                        allow_unplanned_event_properties?: boolean;
                        allow_event_on_violations?: boolean;
                        allow_properties_on_violations?: boolean;
                        common_event_on_violations?: "ALLOW" | "BLOCK" | "OMIT_PROPERTIES";
                    };
                    identify?: {
                        allow_unplanned_traits?: boolean;
                        allow_traits_on_violations?: boolean;
                        common_event_on_violations?: "ALLOW" | "BLOCK" | "OMIT_TRAITS";
                    };
                    group?: {
                        allow_unplanned_traits?: boolean;
                        allow_traits_on_violations?: boolean;
                        common_event_on_violations?: "ALLOW" | "BLOCK" | "OMIT_TRAITS";
                    };
                    /** @description Id of the source that gets them; null: none. */
                    forward_violations_to?: string | null;
                    /** @description Id of the source that gets them; null: none. */
                    forward_blocked_events_to?: string | null;
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
                        track: {
                            allow_unplanned_events: boolean;
                            allow_unplanned_event_properties: boolean;
                            allow_event_on_violations: boolean;
                            allow_properties_on_violations: boolean;
                            common_event_on_violations: "ALLOW" | "BLOCK" | "OMIT_PROPERTIES";
                        };
                        identify: {
                            allow_unplanned_traits: boolean;
                            allow_traits_on_violations: boolean;
                            common_event_on_violations: "ALLOW" | "BLOCK" | "OMIT_TRAITS";
                        };
                        group: {
                            allow_unplanned_traits: boolean;
                            allow_traits_on_violations: boolean;
                            common_event_on_violations: "ALLOW" | "BLOCK" | "OMIT_TRAITS";
                        };
                        /** @description Id of the source that gets them; null: none. */
                        forward_violations_to: string | null;
                        /** @description Id of the source that gets them; null: none. */
                        forward_blocked_events_to: string | null;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "sources.addWriteKey": {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating the request with the same key and body within 24 hours answers as the first did (`Idempotent-Replayed: true`) and does nothing again. 1 to 255 visible ASCII characters. */
                "idempotency-key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
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
                        /** @description Unique among the sources; made from the name. */
                        slug: string;
                        /** @description Of the catalog. */
                        type: {
                            id: string;
                            slug: string;
                            name: string;
                        };
                        /** @description Goes into the SDK or snippet that sends the events. The oldest one; empty when all were removed. */
                        write_key: string;
                        /** @description All of them, oldest first. */
                        write_keys: string[];
                        labels: {
                            key: string;
                            value: string;
                        }[];
                        settings: {
                            [key: string]: unknown;
                        };
                        /** @description The plan that it follows. */
                        tracking_plan_id: string | null;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "sources.removeWriteKey": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                write_key: string;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "suppressions.list": {
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
                            user_id: string;
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
                            approval_id?: string;
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
                            approval_id?: string;
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
            header?: {
                /** @description Repeating the request with the same key and body within 24 hours answers as the first did (`Idempotent-Replayed: true`) and does nothing again. 1 to 255 visible ASCII characters. */
                "idempotency-key"?: string;
            };
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
                            approval_id?: string;
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
            header?: {
                /** @description Repeating the request with the same key and body within 24 hours answers as the first did (`Idempotent-Replayed: true`) and does nothing again. 1 to 255 visible ASCII characters. */
                "idempotency-key"?: string;
            };
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
                            approval_id?: string;
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
                            approval_id?: string;
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
                            approval_id?: string;
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
                            approval_id?: string;
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
            header?: {
                /** @description Repeating the request with the same key and body within 24 hours answers as the first did (`Idempotent-Replayed: true`) and does nothing again. 1 to 255 visible ASCII characters. */
                "idempotency-key"?: string;
            };
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "trackingPlans.list": {
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
                            type: "LIVE" | "ENGAGE" | "PROPERTY_LIBRARY" | "RULE_LIBRARY" | "TEMPLATE";
                            name: string;
                            description: string | null;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "trackingPlans.create": {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating the request with the same key and body within 24 hours answers as the first did (`Idempotent-Replayed: true`) and does nothing again. 1 to 255 visible ASCII characters. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    description?: string;
                    type?: "LIVE" | "ENGAGE" | "PROPERTY_LIBRARY" | "RULE_LIBRARY" | "TEMPLATE";
                    rules?: {
                        type: "COMMON" | "GROUP" | "IDENTIFY" | "PAGE" | "SCREEN" | "TRACK";
                        key?: string | null;
                        /** @description Default 1. */
                        version?: number;
                        /** @description Left out: stays as it is. */
                        description?: string | null;
                        schema: unknown;
                    }[];
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
                        type: "LIVE" | "ENGAGE" | "PROPERTY_LIBRARY" | "RULE_LIBRARY" | "TEMPLATE";
                        name: string;
                        description: string | null;
                        created_at: string;
                        updated_at: string;
                        rules: {
                            type: "COMMON" | "GROUP" | "IDENTIFY" | "PAGE" | "SCREEN" | "TRACK";
                            /** @description Of a TRACK rule the event's name. */
                            key: string | null;
                            version: number;
                            description: string | null;
                            /** @description A JSON schema of draft 07 for the whole event; kept as it was sent. */
                            schema: unknown;
                            created_at: string;
                            updated_at: string;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "trackingPlans.get": {
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
                        type: "LIVE" | "ENGAGE" | "PROPERTY_LIBRARY" | "RULE_LIBRARY" | "TEMPLATE";
                        name: string;
                        description: string | null;
                        created_at: string;
                        updated_at: string;
                        rules: {
                            type: "COMMON" | "GROUP" | "IDENTIFY" | "PAGE" | "SCREEN" | "TRACK";
                            /** @description Of a TRACK rule the event's name. */
                            key: string | null;
                            version: number;
                            description: string | null;
                            /** @description A JSON schema of draft 07 for the whole event; kept as it was sent. */
                            schema: unknown;
                            created_at: string;
                            updated_at: string;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "trackingPlans.delete": {
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "trackingPlans.update": {
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
                    description?: string;
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
                        type: "LIVE" | "ENGAGE" | "PROPERTY_LIBRARY" | "RULE_LIBRARY" | "TEMPLATE";
                        name: string;
                        description: string | null;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "trackingPlans.replaceRules": {
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
                    rules: {
                        type: "COMMON" | "GROUP" | "IDENTIFY" | "PAGE" | "SCREEN" | "TRACK";
                        key?: string | null;
                        /** @description Default 1. */
                        version?: number;
                        /** @description Left out: stays as it is. */
                        description?: string | null;
                        schema: unknown;
                    }[];
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
                        type: "LIVE" | "ENGAGE" | "PROPERTY_LIBRARY" | "RULE_LIBRARY" | "TEMPLATE";
                        name: string;
                        description: string | null;
                        created_at: string;
                        updated_at: string;
                        rules: {
                            type: "COMMON" | "GROUP" | "IDENTIFY" | "PAGE" | "SCREEN" | "TRACK";
                            /** @description Of a TRACK rule the event's name. */
                            key: string | null;
                            version: number;
                            description: string | null;
                            /** @description A JSON schema of draft 07 for the whole event; kept as it was sent. */
                            schema: unknown;
                            created_at: string;
                            updated_at: string;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "trackingPlans.schema": {
        parameters: {
            query?: {
                /** @description Of this source alone, whether it follows. */
                source_id?: string;
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
                        /** @description How far back events were counted. Fields are from the newest events only. */
                        days: number;
                        events: {
                            type: string;
                            name: string;
                            planned: boolean;
                            received: number;
                            blocked: number;
                            /** @description A day, UTC. */
                            last_seen_on: string | null;
                            /** @description Newest events that were looked into. */
                            sampled: number;
                            /** @description Those of them that broke the plan. */
                            violating: number;
                            fields: {
                                name: string;
                                types: string[];
                                seen: number;
                                planned: boolean;
                            }[];
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "trackingPlans.sources": {
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
                            name: string;
                            slug: string;
                            enabled: boolean;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "trackingPlans.connect": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                source_id: string;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "trackingPlans.disconnect": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                source_id: string;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "transformations.list": {
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
                            source_id: string;
                            /** @description null: for everything that the source feeds, the event store too. */
                            destination_type: string | null;
                            if: string;
                            enabled: boolean;
                            /** @description Drops the event; the rest is not looked at. */
                            drop?: boolean;
                            /** @description Of track events. */
                            new_event_name?: string;
                            property_renames?: {
                                old_name: string;
                                new_name: string;
                            }[];
                            property_values?: {
                                paths: string[];
                                value: string;
                            }[];
                            fql_properties?: {
                                fql: string;
                                name: string;
                            }[];
                            allow_properties?: string[];
                            hash_properties?: {
                                /** @description MD5, SHA1, SHA224, SHA256, SHA384 or SHA512. */
                                algorithm: string;
                                /** @description Makes it an HMAC. */
                                key?: string;
                                encoding?: "BASE16" | "BASE64" | "BASE64URL" | "HEX";
                                paths: string[];
                            };
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "transformations.create": {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating the request with the same key and body within 24 hours answers as the first did (`Idempotent-Replayed: true`) and does nothing again. 1 to 255 visible ASCII characters. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    source_id: string;
                    /** @description The id of a destination type of the catalog. */
                    destination_type?: string;
                    /** @description FQL, as `event = 'Order'`; `all` is every event. */
                    if: string;
                    enabled?: boolean;
                    /** @description Drops the event; the rest is not looked at. */
                    drop?: boolean;
                    /** @description Of track events. */
                    new_event_name?: string;
                    property_renames?: {
                        old_name: string;
                        new_name: string;
                    }[];
                    property_values?: {
                        paths: string[];
                        value: string;
                    }[];
                    fql_properties?: {
                        fql: string;
                        name: string;
                    }[];
                    allow_properties?: string[];
                    hash_properties?: {
                        /** @description MD5, SHA1, SHA224, SHA256, SHA384 or SHA512. */
                        algorithm: string;
                        /** @description Makes it an HMAC. */
                        key?: string;
                        encoding?: "BASE16" | "BASE64" | "BASE64URL" | "HEX";
                        paths: string[];
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
                        source_id: string;
                        /** @description null: for everything that the source feeds, the event store too. */
                        destination_type: string | null;
                        if: string;
                        enabled: boolean;
                        /** @description Drops the event; the rest is not looked at. */
                        drop?: boolean;
                        /** @description Of track events. */
                        new_event_name?: string;
                        property_renames?: {
                            old_name: string;
                            new_name: string;
                        }[];
                        property_values?: {
                            paths: string[];
                            value: string;
                        }[];
                        fql_properties?: {
                            fql: string;
                            name: string;
                        }[];
                        allow_properties?: string[];
                        hash_properties?: {
                            /** @description MD5, SHA1, SHA224, SHA256, SHA384 or SHA512. */
                            algorithm: string;
                            /** @description Makes it an HMAC. */
                            key?: string;
                            encoding?: "BASE16" | "BASE64" | "BASE64URL" | "HEX";
                            paths: string[];
                        };
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "transformations.get": {
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
                        source_id: string;
                        /** @description null: for everything that the source feeds, the event store too. */
                        destination_type: string | null;
                        if: string;
                        enabled: boolean;
                        /** @description Drops the event; the rest is not looked at. */
                        drop?: boolean;
                        /** @description Of track events. */
                        new_event_name?: string;
                        property_renames?: {
                            old_name: string;
                            new_name: string;
                        }[];
                        property_values?: {
                            paths: string[];
                            value: string;
                        }[];
                        fql_properties?: {
                            fql: string;
                            name: string;
                        }[];
                        allow_properties?: string[];
                        hash_properties?: {
                            /** @description MD5, SHA1, SHA224, SHA256, SHA384 or SHA512. */
                            algorithm: string;
                            /** @description Makes it an HMAC. */
                            key?: string;
                            encoding?: "BASE16" | "BASE64" | "BASE64URL" | "HEX";
                            paths: string[];
                        };
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "transformations.delete": {
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "transformations.update": {
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
                    source_id?: string;
                    /** @description The id of a destination type of the catalog. */
                    destination_type?: string;
                    /** @description FQL, as `event = 'Order'`; `all` is every event. */
                    if?: string;
                    enabled?: boolean;
                    /** @description Drops the event; the rest is not looked at. */
                    drop?: boolean;
                    /** @description Of track events. */
                    new_event_name?: string;
                    property_renames?: {
                        old_name: string;
                        new_name: string;
                    }[];
                    property_values?: {
                        paths: string[];
                        value: string;
                    }[];
                    fql_properties?: {
                        fql: string;
                        name: string;
                    }[];
                    allow_properties?: string[];
                    hash_properties?: {
                        /** @description MD5, SHA1, SHA224, SHA256, SHA384 or SHA512. */
                        algorithm: string;
                        /** @description Makes it an HMAC. */
                        key?: string;
                        encoding?: "BASE16" | "BASE64" | "BASE64URL" | "HEX";
                        paths: string[];
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
                        source_id: string;
                        /** @description null: for everything that the source feeds, the event store too. */
                        destination_type: string | null;
                        if: string;
                        enabled: boolean;
                        /** @description Drops the event; the rest is not looked at. */
                        drop?: boolean;
                        /** @description Of track events. */
                        new_event_name?: string;
                        property_renames?: {
                            old_name: string;
                            new_name: string;
                        }[];
                        property_values?: {
                            paths: string[];
                            value: string;
                        }[];
                        fql_properties?: {
                            fql: string;
                            name: string;
                        }[];
                        allow_properties?: string[];
                        hash_properties?: {
                            /** @description MD5, SHA1, SHA224, SHA256, SHA384 or SHA512. */
                            algorithm: string;
                            /** @description Makes it an HMAC. */
                            key?: string;
                            encoding?: "BASE16" | "BASE64" | "BASE64URL" | "HEX";
                            paths: string[];
                        };
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "usage.list": {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                key_id?: string;
                user_id?: string;
                client_id?: string;
                /** @description `GET /api/v1/people/:id` */
                route?: string;
                /** @description `4xx` */
                status?: string;
                ip?: string;
                /** @description Default: a week before `to`. */
                from?: string;
                /** @description Up to, and not with. Default: now. */
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
                            /** @description The request, as its `x-request-id` names it. */
                            id: string;
                            /** @description When it was answered. */
                            time: string;
                            caller: {
                                kind: "key" | "user" | "oauth";
                                id: string;
                                label: string | null;
                                public_id: string | null;
                            };
                            environment: "live" | "test";
                            method: string;
                            /** @description The pattern: paths and queries are not kept. */
                            route: string;
                            operation: string | null;
                            /** @description What the route asks for. */
                            scope: string;
                            /** @description The id in the path. */
                            object_id: string | null;
                            /** @description 499: the caller was gone before the answer. */
                            status: number;
                            denied: boolean;
                            code: string | null;
                            /** @description The scope that the set on trial (`shadow_scopes`) lacks for this call. */
                            shadow_refusal: string | null;
                            /** @description Objects in the answer. */
                            rows: number;
                            bytes: number;
                            ms: number;
                            ip: string;
                            user_agent: string;
                            /** @description The first 16 characters of the base64url SHA-256 of the `Idempotency-Key`. */
                            idempotency_digest: string | null;
                        }[];
                        cursor: string | null;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "usage.unusedKeys": {
        parameters: {
            query?: {
                days?: number;
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
                            public_id: string;
                            environment: "live" | "test";
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
                        error: {
                            code: string;
                            message: string;
                            details?: {
                                field: string;
                                message: string;
                            }[];
                            required?: string[];
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "warehouses.list": {
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
                            name: string | null;
                            type: {
                                id: string;
                                slug: string;
                                name: string;
                            };
                            enabled: boolean;
                            /** @description Secrets are masked and the password is left out; a masked value that is sent back changes nothing. */
                            settings: {
                                [key: string]: unknown;
                            };
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "warehouses.create": {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating the request with the same key and body within 24 hours answers as the first did (`Idempotent-Replayed: true`) and does nothing again. 1 to 255 visible ASCII characters. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Id of a type of the catalog. */
                    type: string;
                    name?: string;
                    enabled?: boolean;
                    /** @description Secrets are masked and the password is left out; a masked value that is sent back changes nothing. */
                    settings: {
                        [key: string]: unknown;
                    };
                    connect_sources?: boolean;
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
                        name: string | null;
                        type: {
                            id: string;
                            slug: string;
                            name: string;
                        };
                        enabled: boolean;
                        /** @description Secrets are masked and the password is left out; a masked value that is sent back changes nothing. */
                        settings: {
                            [key: string]: unknown;
                        };
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "warehouses.get": {
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
                        type: {
                            id: string;
                            slug: string;
                            name: string;
                        };
                        enabled: boolean;
                        /** @description Secrets are masked and the password is left out; a masked value that is sent back changes nothing. */
                        settings: {
                            [key: string]: unknown;
                        };
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "warehouses.delete": {
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "warehouses.update": {
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
                    name?: string | null;
                    enabled?: boolean;
                    /** @description Secrets are masked and the password is left out; a masked value that is sent back changes nothing. */
                    settings?: {
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
                        id: string;
                        name: string | null;
                        type: {
                            id: string;
                            slug: string;
                            name: string;
                        };
                        enabled: boolean;
                        /** @description Secrets are masked and the password is left out; a masked value that is sent back changes nothing. */
                        settings: {
                            [key: string]: unknown;
                        };
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "warehouses.sources": {
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
                            name: string;
                            slug: string;
                            enabled: boolean;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "warehouses.connect": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                source_id: string;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "warehouses.disconnect": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                source_id: string;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "warehouses.try": {
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
                        state: "CONNECTED" | "FAILED";
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
                            approval_id?: string;
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
    "oauth.question": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                uid: string;
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
                        uid: string;
                        client: {
                            id: string;
                            name: string;
                            homepage: string | null;
                            /** @description Name of the workspace that registered the app. */
                            registered_by: string;
                        };
                        redirect_uri: string;
                        scopes: {
                            name: string;
                            description: string;
                            group: string;
                            reads: boolean;
                        }[];
                        environments: ("live" | "test")[];
                        workspaces: {
                            id: string;
                            slug: string;
                            name: string;
                            role: string;
                            /** @description Those of the asked that the user can give here. */
                            scopes: string[];
                            /** @description Whether the app can be allowed to send here. */
                            may_send: boolean;
                            /** @description Sign in with a second factor to agree for this workspace. */
                            second_factor_missing: boolean;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "oauth.abort": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                uid: string;
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
                        /** @description Send the browser there. */
                        redirect_to: string;
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
                            approval_id?: string;
                        };
                        detail: string;
                    };
                };
            };
        };
    };
    "oauth.confirm": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                uid: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    workspace_id: string;
                    environment: "live" | "test";
                    scopes?: string[];
                    /** @default false */
                    may_send?: boolean;
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
                        /** @description Send the browser there. */
                        redirect_to: string;
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
                            approval_id?: string;
                        };
                        detail: string;
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
    "segmentConfigAccessTokens.list": {
        parameters: {
            query?: {
                page_size?: number;
                page_token?: string;
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
                        access_tokens: {
                            /** @description `access-tokens/<number>` */
                            name: string;
                            description: string;
                            /** @description `workspace` or `workspace:read` */
                            scopes: string;
                            /** @description To the second. */
                            create_time: string;
                            workspace_names: string[];
                        }[];
                        next_page_token: string;
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
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigAccessTokens.create": {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating the request with the same key and body within 24 hours answers as the first did (`Idempotent-Replayed: true`) and does nothing again. 1 to 255 visible ASCII characters. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    access_token: {
                        description: string;
                        scopes: "workspace" | "workspace:read";
                        role?: "owner" | "member";
                        policies?: {
                            role: string;
                            resource: string;
                        }[];
                        workspace_names?: string[];
                        workspaceNames?: string[];
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
                        /** @description `access-tokens/<number>` */
                        name: string;
                        description: string;
                        /** @description `workspace` or `workspace:read` */
                        scopes: string;
                        /** @description To the second. */
                        create_time: string;
                        workspace_names: string[];
                        /** @description Shown this once. */
                        token: string;
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
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigAccessTokens.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
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
                        /** @description `access-tokens/<number>` */
                        name: string;
                        description: string;
                        /** @description `workspace` or `workspace:read` */
                        scopes: string;
                        /** @description To the second. */
                        create_time: string;
                        workspace_names: string[];
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
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigAccessTokens.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
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
                    "application/json": Record<string, never>;
                };
            };
            /** @description Refused: `error.code` and `error.message` say why and what to change. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigCatalog.destinations": {
        parameters: {
            query?: {
                page_size?: number;
                page_token?: string;
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
                        destinations: {
                            id: string;
                            /** @description `catalog/destinations/<slug>` */
                            name: string;
                            slug: string;
                            display_name: string;
                            description: string;
                            website: string;
                            /** @enum {string} */
                            type: "STREAMING";
                            status: string;
                            logos: {
                                logo: string;
                                mark: string;
                            };
                            categories: {
                                primary: string;
                                secondary: string;
                                additional: string[];
                            };
                            components: {
                                type: string;
                            }[];
                            methods: {
                                [key: string]: boolean;
                            };
                            platforms: {
                                [key: string]: boolean;
                            };
                            browserUnbundlingSupported: boolean;
                            browserUnbundlingPublic: boolean;
                            previous_names: string[];
                            settings: {
                                [key: string]: unknown;
                            }[];
                        }[];
                        next_page_token: string;
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
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigCatalog.destination": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                slug: string;
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
                        /** @description `catalog/destinations/<slug>` */
                        name: string;
                        slug: string;
                        display_name: string;
                        description: string;
                        website: string;
                        /** @enum {string} */
                        type: "STREAMING";
                        status: string;
                        logos: {
                            logo: string;
                            mark: string;
                        };
                        categories: {
                            primary: string;
                            secondary: string;
                            additional: string[];
                        };
                        components: {
                            type: string;
                        }[];
                        methods: {
                            [key: string]: boolean;
                        };
                        platforms: {
                            [key: string]: boolean;
                        };
                        browserUnbundlingSupported: boolean;
                        browserUnbundlingPublic: boolean;
                        previous_names: string[];
                        settings: {
                            [key: string]: unknown;
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
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigCatalog.sources": {
        parameters: {
            query?: {
                page_size?: number;
                page_token?: string;
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
                        sources: {
                            /** @description `catalog/sources/<slug>` */
                            name: string;
                            display_name: string;
                            description: string;
                            categories: string[];
                            type: "event" | "object";
                            logos: {
                                logo: string;
                                mark: string;
                            };
                        }[];
                        next_page_token: string;
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
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigCatalog.source": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                slug: string;
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
                        /** @description `catalog/sources/<slug>` */
                        name: string;
                        display_name: string;
                        description: string;
                        categories: string[];
                        type: "event" | "object";
                        logos: {
                            logo: string;
                            mark: string;
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
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigFilters.preview": {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating the request with the same key and body within 24 hours answers as the first did (`Idempotent-Replayed: true`) and does nothing again. 1 to 255 visible ASCII characters. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    filter?: {
                        if?: string;
                        actions?: {
                            type: string;
                            percent?: number;
                            path?: string;
                            /** @description By `properties`, `traits` and `context`. */
                            fields?: {
                                [key: string]: {
                                    fields?: string[];
                                };
                            };
                        }[];
                        title?: string;
                        description?: string;
                        enabled?: boolean | "true" | "false";
                        update_mask?: {
                            paths?: string[];
                        } | string;
                    };
                    /** @description The event as JSON. */
                    input: string;
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
                        input: string;
                        /** @description JSON; empty: it is dropped. */
                        output: string;
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
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigWorkspaces.list": {
        parameters: {
            query?: {
                page_size?: number;
                page_token?: string;
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
                        workspaces: {
                            /** @description `workspaces/<slug>` */
                            name: string;
                            display_name: string;
                            id: string;
                            create_time: string;
                        }[];
                        next_page_token: string;
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
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigWorkspaces.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
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
                        /** @description `workspaces/<slug>` */
                        name: string;
                        display_name: string;
                        id: string;
                        create_time: string;
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
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigFunctions.list": {
        parameters: {
            query: {
                page_size?: number;
                page_token?: string;
                type: string;
            };
            header?: never;
            path: {
                workspace: string;
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
                        functions: {
                            id: string;
                            workspace_id: string;
                            display_name: string;
                            /** @description `SOURCE`, `DESTINATION` or a kind of insert function */
                            type: string;
                            description: string;
                            logo_url: string;
                            buildpack: string;
                            code: string;
                            settings: {
                                name: string;
                                label: string;
                                type: string;
                                description: string;
                                required: boolean;
                                sensitive: boolean;
                            }[];
                            /** @description Empty until it is deployed. */
                            catalog_id: string;
                            created_at: string;
                            /** @description Empty for what an API key made. */
                            created_by: string;
                            deployed_at?: string;
                            is_latest: boolean;
                        }[];
                        next_page_token: string;
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
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigFunctions.create": {
        parameters: {
            query?: {
                type?: string;
            };
            header?: {
                /** @description Repeating the request with the same key and body within 24 hours answers as the first did (`Idempotent-Replayed: true`) and does nothing again. 1 to 255 visible ASCII characters. */
                "idempotency-key"?: string;
            };
            path: {
                workspace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    type?: string;
                    function: {
                        id?: unknown;
                        workspace_id?: unknown;
                        status?: unknown;
                        catalog_id?: unknown;
                        created_at?: unknown;
                        created_by?: unknown;
                        deployed_at?: unknown;
                        is_latest?: unknown;
                        is_latest_version?: unknown;
                        preview_webhook_url?: unknown;
                        batch_max_count?: unknown;
                        display_name: string;
                        code: string;
                        type?: string;
                        buildpack?: string;
                        settings?: {
                            name: string;
                            label?: string;
                            type?: string;
                            description?: string;
                            required?: boolean | "true" | "false";
                            sensitive?: boolean | "true" | "false";
                        }[];
                        description?: string;
                        logo_url?: string;
                        logo_uri?: string;
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
                        workspace_id: string;
                        display_name: string;
                        /** @description `SOURCE`, `DESTINATION` or a kind of insert function */
                        type: string;
                        description: string;
                        logo_url: string;
                        buildpack: string;
                        code: string;
                        settings: {
                            name: string;
                            label: string;
                            type: string;
                            description: string;
                            required: boolean;
                            sensitive: boolean;
                        }[];
                        /** @description Empty until it is deployed. */
                        catalog_id: string;
                        created_at: string;
                        /** @description Empty for what an API key made. */
                        created_by: string;
                        deployed_at?: string;
                        is_latest: boolean;
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
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigFunctions.preview": {
        parameters: {
            query?: {
                type?: string;
            };
            header?: never;
            path: {
                workspace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    type?: string;
                    function: {
                        code: string;
                        buildpack?: string;
                        /** @description Values: a map, or a list of {name, value}. */
                        settings?: unknown;
                    };
                    payload?: string;
                    session_id?: string;
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
                        invoke: {
                            success: boolean;
                            output: string;
                            error_reason: string | null;
                        };
                        logs: {
                            message: string;
                            created_at: string;
                        }[];
                        logs_truncated: boolean;
                        session_id: string;
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
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigFunctions.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                function: string;
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
                        workspace_id: string;
                        display_name: string;
                        /** @description `SOURCE`, `DESTINATION` or a kind of insert function */
                        type: string;
                        description: string;
                        logo_url: string;
                        buildpack: string;
                        code: string;
                        settings: {
                            name: string;
                            label: string;
                            type: string;
                            description: string;
                            required: boolean;
                            sensitive: boolean;
                        }[];
                        /** @description Empty until it is deployed. */
                        catalog_id: string;
                        created_at: string;
                        /** @description Empty for what an API key made. */
                        created_by: string;
                        deployed_at?: string;
                        is_latest: boolean;
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
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigFunctions.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                function: string;
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
                    "application/json": Record<string, never>;
                };
            };
            /** @description Refused: `error.code` and `error.message` say why and what to change. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigFunctions.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                function: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    function?: {
                        id?: unknown;
                        workspace_id?: unknown;
                        status?: unknown;
                        catalog_id?: unknown;
                        created_at?: unknown;
                        created_by?: unknown;
                        deployed_at?: unknown;
                        is_latest?: unknown;
                        is_latest_version?: unknown;
                        preview_webhook_url?: unknown;
                        batch_max_count?: unknown;
                        display_name?: string;
                        code?: string;
                        type?: string;
                        buildpack?: string;
                        settings?: {
                            name: string;
                            label?: string;
                            type?: string;
                            description?: string;
                            required?: boolean | "true" | "false";
                            sensitive?: boolean | "true" | "false";
                        }[];
                        description?: string;
                        logo_url?: string;
                        logo_uri?: string;
                        update_mask?: {
                            paths?: string[];
                        } | string;
                    };
                    update_mask?: {
                        paths?: string[];
                    } | string;
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
                        workspace_id: string;
                        display_name: string;
                        /** @description `SOURCE`, `DESTINATION` or a kind of insert function */
                        type: string;
                        description: string;
                        logo_url: string;
                        buildpack: string;
                        code: string;
                        settings: {
                            name: string;
                            label: string;
                            type: string;
                            description: string;
                            required: boolean;
                            sensitive: boolean;
                        }[];
                        /** @description Empty until it is deployed. */
                        catalog_id: string;
                        created_at: string;
                        /** @description Empty for what an API key made. */
                        created_by: string;
                        deployed_at?: string;
                        is_latest: boolean;
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
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigFunctions.deployByGet": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                function: string;
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
                    "application/json": Record<string, never>;
                };
            };
            /** @description Refused: `error.code` and `error.message` say why and what to change. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigFunctions.deploy": {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating the request with the same key and body within 24 hours answers as the first did (`Idempotent-Replayed: true`) and does nothing again. 1 to 255 visible ASCII characters. */
                "idempotency-key"?: string;
            };
            path: {
                workspace: string;
                function: string;
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
                    "application/json": Record<string, never>;
                };
            };
            /** @description Refused: `error.code` and `error.message` say why and what to change. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigFunctions.isLatestVersion": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                function: string;
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
                        is_latest: boolean;
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
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigInvites.list": {
        parameters: {
            query?: {
                page_size?: number;
                page_token?: string;
            };
            header?: never;
            path: {
                workspace: string;
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
                        invites: {
                            /** @description `workspaces/<slug>/invites/<id>` */
                            name: string;
                            parent: string;
                            email: string;
                            create_time: string;
                            expire_time: string;
                            policies: {
                                role: string;
                                resource: string;
                            }[];
                        }[];
                        next_page_token: string;
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
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigInvites.create": {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating the request with the same key and body within 24 hours answers as the first did (`Idempotent-Replayed: true`) and does nothing again. 1 to 255 visible ASCII characters. */
                "idempotency-key"?: string;
            };
            path: {
                workspace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    invite?: {
                        email: string;
                        policies?: {
                            role: string;
                            resource: string;
                        }[];
                    };
                    email?: string;
                    policies?: {
                        role: string;
                        resource: string;
                    }[];
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
                        /** @description `workspaces/<slug>/invites/<id>` */
                        name: string;
                        parent: string;
                        email: string;
                        create_time: string;
                        expire_time: string;
                        policies: {
                            role: string;
                            resource: string;
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
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigInvites.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                invite: string;
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
                    "application/json": Record<string, never>;
                };
            };
            /** @description Refused: `error.code` and `error.message` say why and what to change. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigRegulations.list": {
        parameters: {
            query?: {
                page_size?: number;
                page_token?: string;
                status?: string;
                /** @description Separated by commas. */
                regulation_types?: string;
            };
            header?: never;
            path: {
                workspace: string;
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
                        regulations: {
                            /** @description `workspaces/<slug>/regulations/<id>` */
                            name: string;
                            id: string;
                            workspace_id: string;
                            regulation_type: string;
                            attributes: {
                                name: string;
                                values: string[];
                            };
                            overall_status: string;
                            created_at: string;
                            finished_at: string;
                            stream_status: {
                                id: string;
                                destination_status: {
                                    name: string;
                                    id: string;
                                    status: string;
                                    err_string: string;
                                    finished_at: string;
                                }[];
                            }[];
                        }[];
                        next_page_token: string;
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
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigRegulations.create": {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating the request with the same key and body within 24 hours answers as the first did (`Idempotent-Replayed: true`) and does nothing again. 1 to 255 visible ASCII characters. */
                "idempotency-key"?: string;
            };
            path: {
                workspace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    regulation_type: string;
                    attributes: {
                        /** @description `userId` */
                        name: string;
                        values: string[];
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
                        regulate_id: string;
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
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigRegulations.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                regulation: string;
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
                        /** @description `workspaces/<slug>/regulations/<id>` */
                        name: string;
                        id: string;
                        workspace_id: string;
                        regulation_type: string;
                        attributes: {
                            name: string;
                            values: string[];
                        };
                        overall_status: string;
                        created_at: string;
                        finished_at: string;
                        stream_status: {
                            id: string;
                            destination_status: {
                                name: string;
                                id: string;
                                status: string;
                                err_string: string;
                                finished_at: string;
                            }[];
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
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigRegulations.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                regulation: string;
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
                    "application/json": Record<string, never>;
                };
            };
            /** @description Refused: `error.code` and `error.message` say why and what to change. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigIam.roles": {
        parameters: {
            query?: {
                page_size?: number;
                page_token?: string;
            };
            header?: never;
            path: {
                workspace: string;
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
                        roles: {
                            /** @description `workspaces/<slug>/roles/<id>` */
                            name: string;
                            display_name: string;
                            description: string;
                            /** @description `<area>.read`, `<area>.write` */
                            actions: string[];
                        }[];
                        next_page_token: string;
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
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigIam.policies": {
        parameters: {
            query?: {
                page_size?: number;
                page_token?: string;
            };
            header?: never;
            path: {
                workspace: string;
                role: string;
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
                        policies: {
                            name: string;
                            /** @description What it is on, by name. */
                            resource: string;
                            /** @description `users/<id>` or `groups/<id>` */
                            subject: string;
                        }[];
                        next_page_token: string;
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
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigIam.createPolicy": {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating the request with the same key and body within 24 hours answers as the first did (`Idempotent-Replayed: true`) and does nothing again. 1 to 255 visible ASCII characters. */
                "idempotency-key"?: string;
            };
            path: {
                workspace: string;
                role: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    policy?: {
                        subject: string;
                        resource: string;
                    };
                    subject?: string;
                    resource?: string;
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
                        name: string;
                        /** @description What it is on, by name. */
                        resource: string;
                        /** @description `users/<id>` or `groups/<id>` */
                        subject: string;
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
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigIam.deletePolicy": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                role: string;
                policy: string;
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
                    "application/json": Record<string, never>;
                };
            };
            /** @description Refused: `error.code` and `error.message` say why and what to change. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigSources.list": {
        parameters: {
            query?: {
                page_size?: number;
                page_token?: string;
            };
            header?: never;
            path: {
                workspace: string;
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
                        sources: {
                            /** @description `workspaces/<slug>/sources/<slug>` */
                            name: string;
                            parent: string;
                            display_name: string;
                            write_keys: string[];
                            library_config: {
                                metrics_enabled: boolean;
                                retry_queue: boolean;
                                cross_domain_id_enabled: boolean;
                                api_host: string;
                            };
                            /** @description By their key; the last of several values. */
                            labels: {
                                [key: string]: string;
                            };
                            id: string;
                            function_config: unknown[];
                            create_time: string;
                            /** @description `catalog/sources/<slug>` */
                            catalog_name: string;
                        }[];
                        next_page_token: string;
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
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigSources.create": {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating the request with the same key and body within 24 hours answers as the first did (`Idempotent-Replayed: true`) and does nothing again. 1 to 255 visible ASCII characters. */
                "idempotency-key"?: string;
            };
            path: {
                workspace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    source: {
                        name: string;
                        catalog_name: string;
                        display_name?: string;
                        labels?: {
                            [key: string]: string;
                        };
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
                        /** @description `workspaces/<slug>/sources/<slug>` */
                        name: string;
                        parent: string;
                        display_name: string;
                        write_keys: string[];
                        library_config: {
                            metrics_enabled: boolean;
                            retry_queue: boolean;
                            cross_domain_id_enabled: boolean;
                            api_host: string;
                        };
                        /** @description By their key; the last of several values. */
                        labels: {
                            [key: string]: string;
                        };
                        id: string;
                        function_config: unknown[];
                        create_time: string;
                        /** @description `catalog/sources/<slug>` */
                        catalog_name: string;
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
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigSources.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                source: string;
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
                        /** @description `workspaces/<slug>/sources/<slug>` */
                        name: string;
                        parent: string;
                        display_name: string;
                        write_keys: string[];
                        library_config: {
                            metrics_enabled: boolean;
                            retry_queue: boolean;
                            cross_domain_id_enabled: boolean;
                            api_host: string;
                        };
                        /** @description By their key; the last of several values. */
                        labels: {
                            [key: string]: string;
                        };
                        id: string;
                        function_config: unknown[];
                        create_time: string;
                        /** @description `catalog/sources/<slug>` */
                        catalog_name: string;
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
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigSources.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                source: string;
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
                    "application/json": Record<string, never>;
                };
            };
            /** @description Refused: `error.code` and `error.message` say why and what to change. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigSources.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                source: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    source?: {
                        display_name?: string;
                        labels?: {
                            [key: string]: string;
                        };
                        library_config?: {
                            metrics_enabled?: boolean | "true" | "false";
                            retry_queue?: boolean | "true" | "false";
                            cross_domain_id_enabled?: boolean | "true" | "false";
                            api_host?: string;
                        };
                        enabled?: boolean | "true" | "false";
                        update_mask?: {
                            paths?: string[];
                        } | string;
                    };
                    update_mask?: {
                        paths?: string[];
                    } | string;
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
                        /** @description `workspaces/<slug>/sources/<slug>` */
                        name: string;
                        parent: string;
                        display_name: string;
                        write_keys: string[];
                        library_config: {
                            metrics_enabled: boolean;
                            retry_queue: boolean;
                            cross_domain_id_enabled: boolean;
                            api_host: string;
                        };
                        /** @description By their key; the last of several values. */
                        labels: {
                            [key: string]: string;
                        };
                        id: string;
                        function_config: unknown[];
                        create_time: string;
                        /** @description `catalog/sources/<slug>` */
                        catalog_name: string;
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
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigSources.connectWarehouse": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                source: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    warehouse_id: string;
                    enabled?: boolean | "true" | "false";
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
                    "application/json": Record<string, never>;
                };
            };
            /** @description Refused: `error.code` and `error.message` say why and what to change. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigDestinations.list": {
        parameters: {
            query?: {
                page_size?: number;
                page_token?: string;
            };
            header?: never;
            path: {
                workspace: string;
                source: string;
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
                        destinations: {
                            /** @description `workspaces/<slug>/sources/<slug>/destinations/<slug>` */
                            name: string;
                            parent: string;
                            display_name: string;
                            enabled: boolean;
                            connection_mode: "UNSPECIFIED" | "CLOUD" | "DEVICE";
                            /** @description All settings of the type, those never set with their defaults. */
                            config: {
                                /** @description `…/destinations/<slug>/config/<setting>` */
                                name: string;
                                display_name: string;
                                /** @description A secret one is bullets; sent back, they stand for the stored one. */
                                value: unknown;
                                type: string;
                            }[];
                            catalog_id: string;
                            create_time: string;
                            update_time: string;
                        }[];
                        next_page_token: string;
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
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigDestinations.create": {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating the request with the same key and body within 24 hours answers as the first did (`Idempotent-Replayed: true`) and does nothing again. 1 to 255 visible ASCII characters. */
                "idempotency-key"?: string;
            };
            path: {
                workspace: string;
                source: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    destination: {
                        name: string;
                        display_name?: string;
                        enabled?: boolean | "true" | "false";
                        connection_mode?: string;
                        config?: {
                            name: string;
                            value?: unknown;
                        }[];
                        update_mask?: {
                            paths?: string[];
                        } | string;
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
                        /** @description `workspaces/<slug>/sources/<slug>/destinations/<slug>` */
                        name: string;
                        parent: string;
                        display_name: string;
                        enabled: boolean;
                        connection_mode: "UNSPECIFIED" | "CLOUD" | "DEVICE";
                        /** @description All settings of the type, those never set with their defaults. */
                        config: {
                            /** @description `…/destinations/<slug>/config/<setting>` */
                            name: string;
                            display_name: string;
                            /** @description A secret one is bullets; sent back, they stand for the stored one. */
                            value: unknown;
                            type: string;
                        }[];
                        catalog_id: string;
                        create_time: string;
                        update_time: string;
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
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigDestinations.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                source: string;
                destination: string;
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
                        /** @description `workspaces/<slug>/sources/<slug>/destinations/<slug>` */
                        name: string;
                        parent: string;
                        display_name: string;
                        enabled: boolean;
                        connection_mode: "UNSPECIFIED" | "CLOUD" | "DEVICE";
                        /** @description All settings of the type, those never set with their defaults. */
                        config: {
                            /** @description `…/destinations/<slug>/config/<setting>` */
                            name: string;
                            display_name: string;
                            /** @description A secret one is bullets; sent back, they stand for the stored one. */
                            value: unknown;
                            type: string;
                        }[];
                        catalog_id: string;
                        create_time: string;
                        update_time: string;
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
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigDestinations.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                source: string;
                destination: string;
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
                    "application/json": Record<string, never>;
                };
            };
            /** @description Refused: `error.code` and `error.message` say why and what to change. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigDestinations.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                source: string;
                destination: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    destination?: {
                        name?: string;
                        display_name?: string;
                        enabled?: boolean | "true" | "false";
                        connection_mode?: string;
                        config?: {
                            name: string;
                            value?: unknown;
                        }[];
                        update_mask?: {
                            paths?: string[];
                        } | string;
                    };
                    update_mask?: {
                        paths?: string[];
                    } | string;
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
                        /** @description `workspaces/<slug>/sources/<slug>/destinations/<slug>` */
                        name: string;
                        parent: string;
                        display_name: string;
                        enabled: boolean;
                        connection_mode: "UNSPECIFIED" | "CLOUD" | "DEVICE";
                        /** @description All settings of the type, those never set with their defaults. */
                        config: {
                            /** @description `…/destinations/<slug>/config/<setting>` */
                            name: string;
                            display_name: string;
                            /** @description A secret one is bullets; sent back, they stand for the stored one. */
                            value: unknown;
                            type: string;
                        }[];
                        catalog_id: string;
                        create_time: string;
                        update_time: string;
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
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigDestinations.getConnection": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                source: string;
                destination: string;
                connection: string;
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
                        /** @description `workspaces/<slug>/sources/<slug>/destinations/<slug>` */
                        name: string;
                        parent: string;
                        display_name: string;
                        enabled: boolean;
                        connection_mode: "UNSPECIFIED" | "CLOUD" | "DEVICE";
                        /** @description All settings of the type, those never set with their defaults. */
                        config: {
                            /** @description `…/destinations/<slug>/config/<setting>` */
                            name: string;
                            display_name: string;
                            /** @description A secret one is bullets; sent back, they stand for the stored one. */
                            value: unknown;
                            type: string;
                        }[];
                        catalog_id: string;
                        create_time: string;
                        update_time: string;
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
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigDestinations.deleteConnection": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                source: string;
                destination: string;
                connection: string;
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
                    "application/json": Record<string, never>;
                };
            };
            /** @description Refused: `error.code` and `error.message` say why and what to change. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigDestinations.updateConnection": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                source: string;
                destination: string;
                connection: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    destination?: {
                        name?: string;
                        display_name?: string;
                        enabled?: boolean | "true" | "false";
                        connection_mode?: string;
                        config?: {
                            name: string;
                            value?: unknown;
                        }[];
                        update_mask?: {
                            paths?: string[];
                        } | string;
                    };
                    update_mask?: {
                        paths?: string[];
                    } | string;
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
                        /** @description `workspaces/<slug>/sources/<slug>/destinations/<slug>` */
                        name: string;
                        parent: string;
                        display_name: string;
                        enabled: boolean;
                        connection_mode: "UNSPECIFIED" | "CLOUD" | "DEVICE";
                        /** @description All settings of the type, those never set with their defaults. */
                        config: {
                            /** @description `…/destinations/<slug>/config/<setting>` */
                            name: string;
                            display_name: string;
                            /** @description A secret one is bullets; sent back, they stand for the stored one. */
                            value: unknown;
                            type: string;
                        }[];
                        catalog_id: string;
                        create_time: string;
                        update_time: string;
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
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigFilters.list": {
        parameters: {
            query?: {
                page_size?: number;
                page_token?: string;
            };
            header?: never;
            path: {
                workspace: string;
                source: string;
                destination: string;
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
                        filters: {
                            /** @description `…/destinations/<slug>/config/<hex>/filters/df_<id>` */
                            name: string;
                            if: string;
                            actions: {
                                type: string;
                                percent?: number;
                                path?: string;
                                /** @description By `properties`, `traits` and `context`. */
                                fields?: {
                                    [key: string]: {
                                        fields?: string[];
                                    };
                                };
                            }[];
                            title: string;
                            description: string;
                            enabled: boolean;
                        }[];
                        next_page_token: string;
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
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigFilters.create": {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating the request with the same key and body within 24 hours answers as the first did (`Idempotent-Replayed: true`) and does nothing again. 1 to 255 visible ASCII characters. */
                "idempotency-key"?: string;
            };
            path: {
                workspace: string;
                source: string;
                destination: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    filter: {
                        if?: string;
                        actions?: {
                            type: string;
                            percent?: number;
                            path?: string;
                            /** @description By `properties`, `traits` and `context`. */
                            fields?: {
                                [key: string]: {
                                    fields?: string[];
                                };
                            };
                        }[];
                        title?: string;
                        description?: string;
                        enabled?: boolean | "true" | "false";
                        update_mask?: {
                            paths?: string[];
                        } | string;
                    };
                    update_mask?: {
                        paths?: string[];
                    } | string;
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
                        /** @description `…/destinations/<slug>/config/<hex>/filters/df_<id>` */
                        name: string;
                        if: string;
                        actions: {
                            type: string;
                            percent?: number;
                            path?: string;
                            /** @description By `properties`, `traits` and `context`. */
                            fields?: {
                                [key: string]: {
                                    fields?: string[];
                                };
                            };
                        }[];
                        title: string;
                        description: string;
                        enabled: boolean;
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
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigFilters.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                source: string;
                destination: string;
                filter: string;
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
                        /** @description `…/destinations/<slug>/config/<hex>/filters/df_<id>` */
                        name: string;
                        if: string;
                        actions: {
                            type: string;
                            percent?: number;
                            path?: string;
                            /** @description By `properties`, `traits` and `context`. */
                            fields?: {
                                [key: string]: {
                                    fields?: string[];
                                };
                            };
                        }[];
                        title: string;
                        description: string;
                        enabled: boolean;
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
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigFilters.updateByPost": {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating the request with the same key and body within 24 hours answers as the first did (`Idempotent-Replayed: true`) and does nothing again. 1 to 255 visible ASCII characters. */
                "idempotency-key"?: string;
            };
            path: {
                workspace: string;
                source: string;
                destination: string;
                filter: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    filter?: {
                        if?: string;
                        actions?: {
                            type: string;
                            percent?: number;
                            path?: string;
                            /** @description By `properties`, `traits` and `context`. */
                            fields?: {
                                [key: string]: {
                                    fields?: string[];
                                };
                            };
                        }[];
                        title?: string;
                        description?: string;
                        enabled?: boolean | "true" | "false";
                        update_mask?: {
                            paths?: string[];
                        } | string;
                    };
                    update_mask?: {
                        paths?: string[];
                    } | string;
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
                        /** @description `…/destinations/<slug>/config/<hex>/filters/df_<id>` */
                        name: string;
                        if: string;
                        actions: {
                            type: string;
                            percent?: number;
                            path?: string;
                            /** @description By `properties`, `traits` and `context`. */
                            fields?: {
                                [key: string]: {
                                    fields?: string[];
                                };
                            };
                        }[];
                        title: string;
                        description: string;
                        enabled: boolean;
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
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigFilters.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                source: string;
                destination: string;
                filter: string;
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
                    "application/json": Record<string, never>;
                };
            };
            /** @description Refused: `error.code` and `error.message` say why and what to change. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigFilters.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                source: string;
                destination: string;
                filter: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    filter?: {
                        if?: string;
                        actions?: {
                            type: string;
                            percent?: number;
                            path?: string;
                            /** @description By `properties`, `traits` and `context`. */
                            fields?: {
                                [key: string]: {
                                    fields?: string[];
                                };
                            };
                        }[];
                        title?: string;
                        description?: string;
                        enabled?: boolean | "true" | "false";
                        update_mask?: {
                            paths?: string[];
                        } | string;
                    };
                    update_mask?: {
                        paths?: string[];
                    } | string;
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
                        /** @description `…/destinations/<slug>/config/<hex>/filters/df_<id>` */
                        name: string;
                        if: string;
                        actions: {
                            type: string;
                            percent?: number;
                            path?: string;
                            /** @description By `properties`, `traits` and `context`. */
                            fields?: {
                                [key: string]: {
                                    fields?: string[];
                                };
                            };
                        }[];
                        title: string;
                        description: string;
                        enabled: boolean;
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
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigMetrics.list": {
        parameters: {
            query?: {
                start_time?: string;
                end_time?: string;
                /** @description MINUTE, HOUR, DAY */
                granularity?: string;
                names?: unknown;
            };
            header?: never;
            path: {
                workspace: string;
                source: string;
                destination: string;
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
                        metrics: {
                            /** @description `workspaces/<w>/sources/<s>/destinations/<d>/metrics/<metric>` */
                            name: string;
                            granularity: string;
                            points: {
                                time: string;
                                value: number;
                            }[];
                        }[];
                        next_page_token: string;
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
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigMetrics.get": {
        parameters: {
            query?: {
                start_time?: string;
                end_time?: string;
                /** @description MINUTE, HOUR, DAY */
                granularity?: string;
                names?: unknown;
            };
            header?: never;
            path: {
                workspace: string;
                source: string;
                destination: string;
                metric: string;
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
                        /** @description `workspaces/<w>/sources/<s>/destinations/<d>/metrics/<metric>` */
                        name: string;
                        granularity: string;
                        points: {
                            time: string;
                            value: number;
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
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigMetrics.ofDestination": {
        parameters: {
            query?: {
                start_time?: string;
                end_time?: string;
                /** @description MINUTE, HOUR, DAY */
                granularity?: string;
                names?: unknown;
            };
            header?: never;
            path: {
                workspace: string;
                source: string;
                destination: string;
                call: string;
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
                        metrics: {
                            /** @description `workspaces/<w>/sources/<s>/destinations/<d>/metrics/<metric>` */
                            name: string;
                            granularity: string;
                            points: {
                                time: string;
                                value: number;
                            }[];
                        }[];
                        next_page_token: string;
                    } | {
                        name: string;
                        metrics: {
                            metric_name: string;
                            total: number;
                            breakdown: {
                                metric_name: string;
                                value: number;
                            }[];
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
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigRegulations.createOfSource": {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating the request with the same key and body within 24 hours answers as the first did (`Idempotent-Replayed: true`) and does nothing again. 1 to 255 visible ASCII characters. */
                "idempotency-key"?: string;
            };
            path: {
                workspace: string;
                source: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    regulation_type: string;
                    attributes: {
                        /** @description `userId` */
                        name: string;
                        values: string[];
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
                        regulate_id: string;
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
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigSources.schemaConfig": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                source: string;
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
                        name: string;
                        parent: string;
                        allow_unplanned_track_events: boolean;
                        allow_unplanned_identify_traits: boolean;
                        allow_unplanned_group_traits: boolean;
                        /** @description A source's slug; empty: nowhere. */
                        forwarding_blocked_events_to: string;
                        allow_unplanned_track_event_properties: boolean;
                        allow_track_event_on_violations: boolean;
                        allow_identify_traits_on_violations: boolean;
                        allow_group_traits_on_violations: boolean;
                        /** @description A source's slug; empty: nowhere. */
                        forwarding_violations_to: string;
                        allow_track_properties_on_violations: boolean;
                        common_track_event_on_violations: "ALLOW" | "OMIT_PROPERTIES" | "BLOCK";
                        common_identify_event_on_violations: "ALLOW" | "OMIT_TRAITS" | "BLOCK";
                        common_group_event_on_violations: "ALLOW" | "OMIT_TRAITS" | "BLOCK";
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
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigSources.updateSchemaConfig": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                source: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    schema_config?: {
                        allow_unplanned_track_events?: boolean | "true" | "false";
                        allow_unplanned_track_event_properties?: boolean | "true" | "false";
                        allow_track_event_on_violations?: boolean | "true" | "false";
                        allow_track_properties_on_violations?: boolean | "true" | "false";
                        allow_unplanned_identify_traits?: boolean | "true" | "false";
                        allow_identify_traits_on_violations?: boolean | "true" | "false";
                        allow_unplanned_group_traits?: boolean | "true" | "false";
                        allow_group_traits_on_violations?: boolean | "true" | "false";
                        common_track_event_on_violations?: "ALLOW" | "OMIT_PROPERTIES" | "BLOCK";
                        common_identify_event_on_violations?: "ALLOW" | "OMIT_TRAITS" | "BLOCK";
                        common_group_event_on_violations?: "ALLOW" | "OMIT_TRAITS" | "BLOCK";
                        forwarding_violations_to?: string;
                        forwarding_blocked_events_to?: string;
                        update_mask?: {
                            paths?: string[];
                        } | string;
                    };
                    update_mask?: {
                        paths?: string[];
                    } | string;
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
                        name: string;
                        parent: string;
                        allow_unplanned_track_events: boolean;
                        allow_unplanned_identify_traits: boolean;
                        allow_unplanned_group_traits: boolean;
                        /** @description A source's slug; empty: nowhere. */
                        forwarding_blocked_events_to: string;
                        allow_unplanned_track_event_properties: boolean;
                        allow_track_event_on_violations: boolean;
                        allow_identify_traits_on_violations: boolean;
                        allow_group_traits_on_violations: boolean;
                        /** @description A source's slug; empty: nowhere. */
                        forwarding_violations_to: string;
                        allow_track_properties_on_violations: boolean;
                        common_track_event_on_violations: "ALLOW" | "OMIT_PROPERTIES" | "BLOCK";
                        common_identify_event_on_violations: "ALLOW" | "OMIT_TRAITS" | "BLOCK";
                        common_group_event_on_violations: "ALLOW" | "OMIT_TRAITS" | "BLOCK";
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
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigRegulations.suppressed": {
        parameters: {
            query?: {
                page_size?: number;
                page_token?: string;
            };
            header?: never;
            path: {
                workspace: string;
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
                        suppressed_users: string[];
                        next_page_token: string;
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
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigTrackingPlans.list": {
        parameters: {
            query?: {
                page_size?: number;
                page_token?: string;
            };
            header?: never;
            path: {
                workspace: string;
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
                        tracking_plans: {
                            /** @description `workspaces/<slug>/tracking-plans/rs_…` */
                            name: string;
                            display_name: string;
                            rules: {
                                events: {
                                    name: string;
                                    description: string;
                                    version: number;
                                    /** @description A JSON schema of draft 07; kept as it was sent. */
                                    rules: unknown;
                                }[];
                                /** @description A JSON schema of draft 07; kept as it was sent. */
                                global?: unknown;
                                /** @description A JSON schema of draft 07; kept as it was sent. */
                                identify?: unknown;
                                /** @description A JSON schema of draft 07; kept as it was sent. */
                                group?: unknown;
                                /** @description An older form; always empty. */
                                identify_traits: unknown[];
                                /** @description An older form; always empty. */
                                group_traits: unknown[];
                            };
                            create_time: string;
                            update_time: string;
                        }[];
                        next_page_token: string;
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
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigTrackingPlans.create": {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating the request with the same key and body within 24 hours answers as the first did (`Idempotent-Replayed: true`) and does nothing again. 1 to 255 visible ASCII characters. */
                "idempotency-key"?: string;
            };
            path: {
                workspace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    tracking_plan: {
                        display_name?: string;
                        rules?: {
                            events?: {
                                name: string;
                                description?: string;
                                /** @description Default 1. */
                                version?: number;
                                /** @description A JSON schema of draft 07; kept as it was sent. */
                                rules?: unknown;
                            }[];
                            /** @description A JSON schema of draft 07; kept as it was sent. */
                            global?: unknown;
                            /** @description A JSON schema of draft 07; kept as it was sent. */
                            identify?: unknown;
                            /** @description A JSON schema of draft 07; kept as it was sent. */
                            group?: unknown;
                        };
                        update_mask?: {
                            paths?: string[];
                        } | string;
                    };
                    update_mask?: {
                        paths?: string[];
                    } | string;
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
                        /** @description `workspaces/<slug>/tracking-plans/rs_…` */
                        name: string;
                        display_name: string;
                        rules: {
                            events: {
                                name: string;
                                description: string;
                                version: number;
                                /** @description A JSON schema of draft 07; kept as it was sent. */
                                rules: unknown;
                            }[];
                            /** @description A JSON schema of draft 07; kept as it was sent. */
                            global?: unknown;
                            /** @description A JSON schema of draft 07; kept as it was sent. */
                            identify?: unknown;
                            /** @description A JSON schema of draft 07; kept as it was sent. */
                            group?: unknown;
                            /** @description An older form; always empty. */
                            identify_traits: unknown[];
                            /** @description An older form; always empty. */
                            group_traits: unknown[];
                        };
                        create_time: string;
                        update_time: string;
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
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigTrackingPlans.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                plan: string;
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
                        /** @description `workspaces/<slug>/tracking-plans/rs_…` */
                        name: string;
                        display_name: string;
                        rules: {
                            events: {
                                name: string;
                                description: string;
                                version: number;
                                /** @description A JSON schema of draft 07; kept as it was sent. */
                                rules: unknown;
                            }[];
                            /** @description A JSON schema of draft 07; kept as it was sent. */
                            global?: unknown;
                            /** @description A JSON schema of draft 07; kept as it was sent. */
                            identify?: unknown;
                            /** @description A JSON schema of draft 07; kept as it was sent. */
                            group?: unknown;
                            /** @description An older form; always empty. */
                            identify_traits: unknown[];
                            /** @description An older form; always empty. */
                            group_traits: unknown[];
                        };
                        create_time: string;
                        update_time: string;
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
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigTrackingPlans.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                plan: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    tracking_plan?: {
                        display_name?: string;
                        rules?: {
                            events?: {
                                name: string;
                                description?: string;
                                /** @description Default 1. */
                                version?: number;
                                /** @description A JSON schema of draft 07; kept as it was sent. */
                                rules?: unknown;
                            }[];
                            /** @description A JSON schema of draft 07; kept as it was sent. */
                            global?: unknown;
                            /** @description A JSON schema of draft 07; kept as it was sent. */
                            identify?: unknown;
                            /** @description A JSON schema of draft 07; kept as it was sent. */
                            group?: unknown;
                        };
                        update_mask?: {
                            paths?: string[];
                        } | string;
                    };
                    update_mask?: {
                        paths?: string[];
                    } | string;
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
                        /** @description `workspaces/<slug>/tracking-plans/rs_…` */
                        name: string;
                        display_name: string;
                        rules: {
                            events: {
                                name: string;
                                description: string;
                                version: number;
                                /** @description A JSON schema of draft 07; kept as it was sent. */
                                rules: unknown;
                            }[];
                            /** @description A JSON schema of draft 07; kept as it was sent. */
                            global?: unknown;
                            /** @description A JSON schema of draft 07; kept as it was sent. */
                            identify?: unknown;
                            /** @description A JSON schema of draft 07; kept as it was sent. */
                            group?: unknown;
                            /** @description An older form; always empty. */
                            identify_traits: unknown[];
                            /** @description An older form; always empty. */
                            group_traits: unknown[];
                        };
                        create_time: string;
                        update_time: string;
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
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigTrackingPlans.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                plan: string;
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
                    "application/json": Record<string, never>;
                };
            };
            /** @description Refused: `error.code` and `error.message` say why and what to change. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigTrackingPlans.patch": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                plan: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    tracking_plan?: {
                        display_name?: string;
                        rules?: {
                            events?: {
                                name: string;
                                description?: string;
                                /** @description Default 1. */
                                version?: number;
                                /** @description A JSON schema of draft 07; kept as it was sent. */
                                rules?: unknown;
                            }[];
                            /** @description A JSON schema of draft 07; kept as it was sent. */
                            global?: unknown;
                            /** @description A JSON schema of draft 07; kept as it was sent. */
                            identify?: unknown;
                            /** @description A JSON schema of draft 07; kept as it was sent. */
                            group?: unknown;
                        };
                        update_mask?: {
                            paths?: string[];
                        } | string;
                    };
                    update_mask?: {
                        paths?: string[];
                    } | string;
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
                        /** @description `workspaces/<slug>/tracking-plans/rs_…` */
                        name: string;
                        display_name: string;
                        rules: {
                            events: {
                                name: string;
                                description: string;
                                version: number;
                                /** @description A JSON schema of draft 07; kept as it was sent. */
                                rules: unknown;
                            }[];
                            /** @description A JSON schema of draft 07; kept as it was sent. */
                            global?: unknown;
                            /** @description A JSON schema of draft 07; kept as it was sent. */
                            identify?: unknown;
                            /** @description A JSON schema of draft 07; kept as it was sent. */
                            group?: unknown;
                            /** @description An older form; always empty. */
                            identify_traits: unknown[];
                            /** @description An older form; always empty. */
                            group_traits: unknown[];
                        };
                        create_time: string;
                        update_time: string;
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
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigTrackingPlans.connections": {
        parameters: {
            query?: {
                page_size?: number;
                page_token?: string;
            };
            header?: never;
            path: {
                workspace: string;
                plan: string;
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
                        connections: {
                            source_name: string;
                            tracking_plan_id: string;
                        }[];
                        next_page_token: string;
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
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigTrackingPlans.connect": {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating the request with the same key and body within 24 hours answers as the first did (`Idempotent-Replayed: true`) and does nothing again. 1 to 255 visible ASCII characters. */
                "idempotency-key"?: string;
            };
            path: {
                workspace: string;
                plan: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    source_name: string;
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
                        source_name: string;
                        tracking_plan_id: string;
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
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigTrackingPlans.disconnect": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                plan: string;
                source: string;
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
                    "application/json": Record<string, never>;
                };
            };
            /** @description Refused: `error.code` and `error.message` say why and what to change. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigTrackingPlans.connectMany": {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeating the request with the same key and body within 24 hours answers as the first did (`Idempotent-Replayed: true`) and does nothing again. 1 to 255 visible ASCII characters. */
                "idempotency-key"?: string;
            };
            path: {
                workspace: string;
                plan: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    source_names: string[];
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
                        connections: {
                            source_name: string;
                            tracking_plan_id: string;
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
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigIam.users": {
        parameters: {
            query?: {
                page_size?: number;
                page_token?: string;
            };
            header?: never;
            path: {
                workspace: string;
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
                        users: {
                            name: string;
                            email: string;
                            display_name: string;
                        }[];
                        next_page_token: string;
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
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
    "segmentConfigMetrics.ofWorkspace": {
        parameters: {
            query?: {
                start_time?: string;
                end_time?: string;
                /** @description MINUTE, HOUR, DAY */
                granularity?: string;
                names?: unknown;
            };
            header?: never;
            path: {
                workspace: string;
                call: string;
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
                        summaries: {
                            name: string;
                            metrics: {
                                metric_name: string;
                                total: number;
                                breakdown: {
                                    metric_name: string;
                                    value: number;
                                }[];
                            }[];
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
                        error: string;
                        code: number;
                    };
                };
            };
        };
    };
}
