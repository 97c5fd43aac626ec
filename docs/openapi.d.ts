export interface paths {
    "/api/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List events, newest first */
        get: operations["listEvents"];
        put?: never;
        /**
         * Publish an event, or a batch of 1 to 1,000
         * @description Answered once what was published is durable. On Kafka this call is answered by the ingestion processes.
         */
        post: operations["publishEvents"];
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
        /** Read an event, with its body and deliveries */
        get: operations["getEvent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List endpoints, oldest first */
        get: operations["listWebhooks"];
        put?: never;
        /**
         * Register an endpoint
         * @description The secret is shown in this answer, and again only on rotation.
         */
        post: operations["createWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an endpoint, with its latest deliveries */
        get: operations["getWebhook"];
        /**
         * Change an endpoint, like PATCH
         * @description What is absent stays. "active": true enables one that is off or failed, and releases what was held.
         */
        put: operations["putWebhook"];
        post?: never;
        /**
         * Delete an endpoint
         * @description What still waits for it becomes cancelled; its history stays.
         */
        delete: operations["deleteWebhook"];
        options?: never;
        head?: never;
        /**
         * Change an endpoint
         * @description What is absent stays. "active": true enables one that is off or failed, and releases what was held.
         */
        patch: operations["updateWebhook"];
        trace?: never;
    };
    "/api/v1/webhooks/{id}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give an endpoint a new secret
         * @description In force from the next attempt of every delivery on, waiting ones included.
         */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}/expire-old-secrets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End the grace period of earlier secrets now */
        post: operations["expireOldSecrets"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}/reveal-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Show the secrets of an endpoint
         * @description Who asked, and when, is in the audit before they are shown.
         */
        post: operations["revealWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Switch an endpoint on */
        post: operations["enableWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Switch an endpoint off
         * @description No deliveries are made for new events; what comes due becomes cancelled.
         */
        post: operations["disableWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}/held/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send what was left held, as a replay */
        post: operations["releaseHeld"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}/held/discard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End what is held, as a replay that sends nothing */
        post: operations["discardHeld"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a test event
         * @description A valid sample, one attempt, never counted against the endpoint. 10 a minute for each.
         */
        post: operations["testWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/activity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The last day of many endpoints, hour by hour, by one call
         * @description By the hour in which events were accepted, as their deliveries stand now. Tests are not counted.
         */
        get: operations["listActivity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List deliveries, newest first */
        get: operations["listDeliveries"];
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
        /** Read a delivery, with every attempt */
        get: operations["getDelivery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a delivery once more
         * @description The same id and bytes, under a chain of its own with the whole schedule; also to an endpoint that is off or failed.
         */
        post: operations["retryDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What changes, as it happens
         * @description Server-sent events. changed: {"webhooks":bool,"deliveries":bool,"replays":bool}, what to ask for again; the first one says all three. stats, for operators that ask for it: what GET /stats answers, on one line. end: {"reason":"stopping"|"credential"}, the last one.
         */
        get: operations["listen"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/replays": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List replays, oldest first */
        get: operations["listReplays"];
        put?: never;
        /** Send many deliveries again, or count them */
        post: operations["startReplay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/replays/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a replay, with what became of what it sent */
        get: operations["getReplay"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change the rate of a replay */
        patch: operations["updateReplay"];
        trace?: never;
    };
    "/api/v1/replays/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Pause a replay */
        post: operations["pauseReplay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/replays/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Go on with a replay */
        post: operations["resumeReplay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/replays/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End a replay */
        post: operations["cancelReplay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List tenants, oldest first */
        get: operations["listTenants"];
        put?: never;
        /** Make a tenant */
        post: operations["createTenant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a tenant */
        get: operations["getTenant"];
        /**
         * Change a tenant, like PATCH
         * @description What is absent stays; attributes and limits that are named are replaced.
         */
        put: operations["putTenant"];
        post?: never;
        /** Delete a tenant, with its webhooks and keys */
        delete: operations["deleteTenant"];
        options?: never;
        head?: never;
        /**
         * Change a tenant
         * @description What is absent stays; attributes and limits that are named are replaced.
         */
        patch: operations["updateTenant"];
        trace?: never;
    };
    "/api/v1/tenants/{id}/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Set the secret of a tenant whose contract signs with it */
        put: operations["setTenantSecret"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{id}/reveal-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Show a tenant's own secret
         * @description Who asked, and when, is in the audit before it is shown.
         */
        post: operations["revealTenantSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{id}/portal-tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Issue a token for a customer's own page
         * @description It speaks for this tenant, for a day at most, and ends with the key that issues it. Everything but publishing takes it in the place of a key.
         */
        post: operations["issuePortalToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{id}/erase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have the tables forget events and deliveries of a tenant
         * @description Named events, those with a value in their body, or all. It is carried out within about a minute.
         */
        post: operations["eraseData"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List keys, oldest first */
        get: operations["listKeys"];
        put?: never;
        /**
         * Make a key
         * @description Without a tenant: a root key. The key is shown in this answer alone.
         */
        post: operations["createKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a key, with its last use */
        get: operations["getKey"];
        put?: never;
        post?: never;
        /** Revoke a key, at once */
        delete: operations["revokeKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The whole installation at a glance, from the tables */
        get: operations["getStats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stats/minutes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The last hour, minute by minute */
        get: operations["getMinutes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/processes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The processes that are there now, and how far behind the log their groups are */
        get: operations["listProcesses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/quarantine": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Records that nobody could read, newest first */
        get: operations["listQuarantine"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/quarantine/redrive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put a quarantined record into its topic once more, after what kept it from being read was mended
         * @description Records of events, deliveries and retry topics. Asked for again it says where the first one stands, and puts nothing there.
         */
        post: operations["redriveRecord"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
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
         * Who decided what, newest first
         * @description Operators see all of it; a tenant's key sees what happened to its webhooks.
         */
        get: operations["listAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bring tenants, keys and webhooks in, with their ids and secrets
         * @description Each line says what is to be, so the same lines again change nothing. A line that is wrong stops no other.
         */
        post: operations["importLines"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All tenants, keys and webhooks, with their ids and secrets in clear
         * @description That they left is a fact in control before the first line is sent. The last line counts the others.
         */
        get: operations["exportLines"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/backup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The control topic as it stands, for a new installation to begin with
         * @description Secrets in it stay sealed. The last line holds a checksum of the others.
         */
        get: operations["backupControl"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contracts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All contracts: event types, schedules, words */
        get: operations["listContracts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tiers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The retry tiers */
        get: operations["listTiers"];
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
        /** Whom the key or token speaks for, and what it may do */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/livez": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Should the process be left running? */
        get: operations["isLive"];
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
        /** May the process get work? */
        get: operations["isReady"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Figures of the process, as Prometheus text */
        get: operations["readMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document */
        get: operations["readDocument"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document as a page */
        get: operations["readPage"];
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
    schemas: {
        PublishedEvent: {
            /** @description Your own id for it; it must fit the contract. Publish again under the same id, and it is delivered once. Absent: the engine makes one. */
            id?: string;
            /** @description An event type of the contract of the tenant. */
            type: string;
            /**
             * Format: date-time
             * @description When it happened; at most 24 hours ahead. Absent: now.
             */
            occurred_at?: string;
            /** @description As the event type asks; text of numbers and order of members are kept. */
            data?: {
                [key: string]: unknown;
            };
            /** @description Whose event it is; for root keys only. */
            tenant?: string;
        };
        /** @description The event is durable. */
        Accepted: {
            /** @description Of the event. */
            id: string;
            /**
             * @description duplicate: this process has seen the id become durable within the last 10 minutes.
             * @enum {string}
             */
            status: "accepted" | "duplicate";
        };
        Refused: {
            /** @constant */
            status: "refused";
            problem: components["schemas"]["Problem"];
        };
        Event: {
            /** @description As published, or as the engine made it. */
            id: string;
            type: string;
            /** @description Whose it is. */
            tenant: string;
            /**
             * Format: date-time
             * @description As published; else when it was accepted.
             */
            occurred_at: string;
            /**
             * Format: date-time
             * @description When it became durable.
             */
            accepted_at: string;
            /** @description How many copies reached the log after it. */
            duplicates: number;
        };
        EventWithDeliveries: {
            /** @description As published, or as the engine made it. */
            id: string;
            type: string;
            /** @description Whose it is. */
            tenant: string;
            /**
             * Format: date-time
             * @description As published; else when it was accepted.
             */
            occurred_at: string;
            /**
             * Format: date-time
             * @description When it became durable.
             */
            accepted_at: string;
            /** @description How many copies reached the log after it. */
            duplicates: number;
            /** @description True: no endpoint wanted it. */
            unmatched: boolean;
            /** @description As it is sent; where it holds the id of the delivery, 36 zeros stand for it. */
            body: string;
            /** @description The newest 100. */
            deliveries: components["schemas"]["Delivery"][];
        };
        Webhook: {
            /** @description wh_… */
            id: string;
            /** @description In the canonical form in which requests are sent. */
            url: string;
            /** @description Types that it wants; empty: all, future ones included. */
            events: string[];
            /** @description Does it get events? */
            active: boolean;
            /**
             * @description off: switched off by the customer; failed: disabled by the engine.
             * @enum {string}
             */
            status: "active" | "off" | "failed";
            /** Format: date-time */
            created_at: string;
            description: string;
            /** @description Names of its extra request headers; their values are never shown. */
            headers: string[];
            /** @description What its receiver can take; null: as much as anybody. */
            limits: {
                /** @description Attempts begun a second. */
                per_second: number | null;
                /** @description Attempts in flight. */
                concurrency: number | null;
            };
            /**
             * @description How it is signed, where receivers have a public key.
             * @enum {string}
             */
            signature?: "v1a" | "both";
            /** @description What receivers verify with: whpk_… */
            public_key?: string;
            /**
             * @description Why the engine disabled it.
             * @enum {string}
             */
            reason?: "attempts_exhausted" | "gone";
            /** @description For root keys that act for no tenant. */
            tenant?: string;
        };
        WebhookWithSecret: {
            /** @description wh_… */
            id: string;
            /** @description In the canonical form in which requests are sent. */
            url: string;
            /** @description Types that it wants; empty: all, future ones included. */
            events: string[];
            /** @description Does it get events? */
            active: boolean;
            /**
             * @description off: switched off by the customer; failed: disabled by the engine.
             * @enum {string}
             */
            status: "active" | "off" | "failed";
            /** Format: date-time */
            created_at: string;
            description: string;
            /** @description Names of its extra request headers; their values are never shown. */
            headers: string[];
            /** @description What its receiver can take; null: as much as anybody. */
            limits: {
                /** @description Attempts begun a second. */
                per_second: number | null;
                /** @description Attempts in flight. */
                concurrency: number | null;
            };
            /**
             * @description How it is signed, where receivers have a public key.
             * @enum {string}
             */
            signature?: "v1a" | "both";
            /** @description What receivers verify with: whpk_… */
            public_key?: string;
            /**
             * @description Why the engine disabled it.
             * @enum {string}
             */
            reason?: "attempts_exhausted" | "gone";
            /** @description For root keys that act for no tenant. */
            tenant?: string;
            /** @description Shown here and never again; null: requests are not signed by it. */
            secret: string | null;
        };
        WebhookWithDeliveries: {
            /** @description wh_… */
            id: string;
            /** @description In the canonical form in which requests are sent. */
            url: string;
            /** @description Types that it wants; empty: all, future ones included. */
            events: string[];
            /** @description Does it get events? */
            active: boolean;
            /**
             * @description off: switched off by the customer; failed: disabled by the engine.
             * @enum {string}
             */
            status: "active" | "off" | "failed";
            /** Format: date-time */
            created_at: string;
            description: string;
            /** @description Names of its extra request headers; their values are never shown. */
            headers: string[];
            /** @description What its receiver can take; null: as much as anybody. */
            limits: {
                /** @description Attempts begun a second. */
                per_second: number | null;
                /** @description Attempts in flight. */
                concurrency: number | null;
            };
            /**
             * @description How it is signed, where receivers have a public key.
             * @enum {string}
             */
            signature?: "v1a" | "both";
            /** @description What receivers verify with: whpk_… */
            public_key?: string;
            /**
             * @description Why the engine disabled it.
             * @enum {string}
             */
            reason?: "attempts_exhausted" | "gone";
            /** @description For root keys that act for no tenant. */
            tenant?: string;
            /** @description How many deliveries are held; null: the history does not answer now. */
            held: number | null;
            /** @description The latest 50; null: the history does not answer now. */
            deliveries: {
                data: components["schemas"]["Delivery"][];
                /** @description Send it as "after" for more. */
                next: string | null;
            } | null;
        };
        RevealedSecret: {
            /** @description Whose it is. */
            id: string;
            /** @description The newest. */
            secret: string;
            /** @description Those that sign beside it until their grace period ends. */
            previous: {
                secret: string;
                /** Format: date-time */
                expires_at: string | null;
            }[];
        };
        Activities: {
            /** @description In the order asked for. */
            data: components["schemas"]["Activity"][];
        };
        Activity: {
            /** @description Which. */
            webhook_id: string;
            /** @description Of the 24 hours together. */
            deliveries: number;
            /** @description Those of them that are delivered. */
            delivered: number;
            /** @description Those that failed or expired. */
            failed: number;
            /** @description delivered of delivered and failed; null: none has ended. */
            success_ratio: number | null;
            /** @description The current hour and the 23 before it, oldest first. */
            hours: {
                /**
                 * Format: date-time
                 * @description Its start.
                 */
                at: string;
                deliveries: number;
                delivered: number;
                failed: number;
            }[];
        };
        TestResult: {
            /** @description Of the test event. */
            delivery_id: string;
            /** @description Of the event that was sent. */
            type: string;
            status: components["schemas"]["DeliveryStatus"];
            /** @description What the endpoint answered. */
            status_code: number | null;
            duration_ms: number | null;
            error: components["schemas"]["AttemptError"] | null;
        };
        /**
         * @description pending: an attempt is to come; failed: attempts used up, gone, or overload; expired: its time ran out; held: waits for a release; cancelled: nobody will ever want it.
         * @enum {string}
         */
        DeliveryStatus: "pending" | "delivered" | "failed" | "expired" | "held" | "cancelled";
        Delivery: {
            /**
             * Format: uuid
             * @description Equal on every attempt.
             */
            id: string;
            /** @description Where it goes. */
            webhook_id: string;
            /** @description What it tells. */
            event_id: string;
            /** @description Of the event. */
            type: string;
            /** @description Whose it is. */
            tenant: string;
            status: components["schemas"]["DeliveryStatus"];
            /**
             * @description Why it failed or was cancelled.
             * @enum {string|null}
             */
            reason: "attempts_exhausted" | "gone" | "overload" | "endpoint_deleted" | "tenant_deleted" | "discarded" | "endpoint_off" | null;
            /**
             * @description What asked for it.
             * @enum {string}
             */
            asked_by: "event" | "replay" | "release" | "test";
            /** @description Is it a test event? */
            test: boolean;
            /** @description Requests made in the latest chain. */
            attempts: number;
            /** @description What the endpoint answered last; null: nothing yet, or no answer came. */
            last_status_code: number | null;
            /**
             * @description Why no answer came to the last request.
             * @enum {string|null}
             */
            last_error: "timeout" | "dns" | "connect" | "tls" | "reset" | "protocol" | "blocked_address" | "invalid_request" | null;
            /** @description How long the last request took. */
            last_duration_ms: number | null;
            /**
             * Format: date-time
             * @description When the next request is due; null: none waits.
             */
            next_attempt_at: string | null;
            /**
             * Format: date-time
             * @description What the body says.
             */
            occurred_at: string;
            /**
             * Format: date-time
             * @description When the event was accepted.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it last changed.
             */
            updated_at: string;
        };
        DeliveryWithAttempts: {
            /**
             * Format: uuid
             * @description Equal on every attempt.
             */
            id: string;
            /** @description Where it goes. */
            webhook_id: string;
            /** @description What it tells. */
            event_id: string;
            /** @description Of the event. */
            type: string;
            /** @description Whose it is. */
            tenant: string;
            status: components["schemas"]["DeliveryStatus"];
            /**
             * @description Why it failed or was cancelled.
             * @enum {string|null}
             */
            reason: "attempts_exhausted" | "gone" | "overload" | "endpoint_deleted" | "tenant_deleted" | "discarded" | "endpoint_off" | null;
            /**
             * @description What asked for it.
             * @enum {string}
             */
            asked_by: "event" | "replay" | "release" | "test";
            /** @description Is it a test event? */
            test: boolean;
            /** @description Requests made in the latest chain. */
            attempts: number;
            /** @description What the endpoint answered last; null: nothing yet, or no answer came. */
            last_status_code: number | null;
            /**
             * @description Why no answer came to the last request.
             * @enum {string|null}
             */
            last_error: "timeout" | "dns" | "connect" | "tls" | "reset" | "protocol" | "blocked_address" | "invalid_request" | null;
            /** @description How long the last request took. */
            last_duration_ms: number | null;
            /**
             * Format: date-time
             * @description When the next request is due; null: none waits.
             */
            next_attempt_at: string | null;
            /**
             * Format: date-time
             * @description What the body says.
             */
            occurred_at: string;
            /**
             * Format: date-time
             * @description When the event was accepted.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it last changed.
             */
            updated_at: string;
            /** @description Exactly as sent, on every attempt that was not restamped. null: it is kept no more, it was a test, or the key lacks events:read. */
            body: string | null;
            /** @description Every attempt of every chain, oldest first. */
            attempt_log: components["schemas"]["Attempt"][];
        };
        AttemptError: {
            /**
             * @description Why no answer came.
             * @enum {string}
             */
            class: "timeout" | "dns" | "connect" | "tls" | "reset" | "protocol" | "blocked_address" | "invalid_request";
            /** @description The same, for people. */
            message: string | null;
        };
        /** @description A stranger's text: show it, never render it. */
        AttemptResponse: {
            /** @description As the endpoint answered. */
            status_code: number;
            /** @description As the endpoint answered. */
            headers: {
                [key: string]: string;
            } | null;
            /** @description The first 16 KiB. */
            body: string | null;
            /** @description How many were read. */
            bytes: number | null;
            /** @description Was there more than is kept? */
            truncated: boolean;
        };
        Attempt: {
            /** @description Its number within the chain. */
            attempt: number;
            /** @description The asking that it belongs to; 0: the event itself. */
            chain: number;
            /**
             * @description What asked for it.
             * @enum {string}
             */
            asked_by: "event" | "replay" | "release" | "test";
            /**
             * Format: date-time
             * @description The body was given this new time.
             */
            restamped_at?: string;
            /** @description What was sent in place of the body, with the new time. */
            restamped_body?: string;
            /**
             * @description What came of it.
             * @enum {string}
             */
            result: "delivered" | "retry" | "failed" | "expired" | "held" | "cancelled";
            /**
             * @description Why it failed or was cancelled.
             * @enum {string|null}
             */
            reason: "attempts_exhausted" | "gone" | "overload" | "endpoint_deleted" | "tenant_deleted" | "discarded" | "endpoint_off" | null;
            /**
             * Format: date-time
             * @description When that was known.
             */
            at: string;
            /**
             * Format: date-time
             * @description When the request began; null: none was made.
             */
            started_at: string | null;
            /** @description How long it took. */
            duration_ms: number | null;
            request: {
                /** @description As requested. */
                url: string;
                /** @description As sent. */
                headers: {
                    [key: string]: string;
                } | null;
            } | null;
            response: components["schemas"]["AttemptResponse"] | null;
            error: components["schemas"]["AttemptError"] | null;
            /**
             * Format: date-time
             * @description When the next one is due.
             */
            next_attempt_at: string | null;
            /** @description What the delivery passes through until then. */
            waits_in: string[] | null;
        };
        RetriedDelivery: {
            /**
             * Format: uuid
             * @description The same as before.
             */
            delivery_id: string;
            /** @constant */
            status: "pending";
            /** @description Of the new attempts. */
            chain: number;
            /** @description Was the body given a new time? */
            restamped: boolean;
            /**
             * Format: date-time
             * @description What the body says now.
             */
            occurred_at: string;
        };
        Replay: {
            /** @description rpl_… */
            id: string;
            /** @description Whose it is. */
            tenant: string;
            /**
             * @description Of the job.
             * @enum {string}
             */
            state: "running" | "paused" | "cancelled" | "finished";
            /**
             * @description What it is about.
             * @enum {string}
             */
            what: "deliveries" | "failed" | "missed" | "held";
            /**
             * @description What it does with it.
             * @enum {string}
             */
            action: "replay" | "release" | "discard";
            filter: {
                /** @description null: any. */
                webhook: string | null;
                /** @description Empty: all. */
                types: string[];
                /** @description Empty: the kind of job says it. */
                status: ("failed" | "expired" | "cancelled" | "delivered")[];
                /** Format: date-time */
                since: string | null;
                /** Format: date-time */
                until: string | null;
            };
            /** @description Are the bodies given a new time? */
            restamp: boolean;
            /** @description Are webhooks that are off or failed sent to? */
            include_inactive: boolean;
            /** @description Deliveries a second. */
            rate: number;
            /** @description Of the attempts that it asks for. */
            chain: number;
            /** @description As counted when it began. */
            total: number;
            /** @description Asked for or skipped. */
            done: number;
            /** @description Sent, or discarded. */
            asked: number;
            /** @description What is not sent, and why. */
            skipped: {
                webhook_deleted?: number;
                webhook_inactive?: number;
                event_gone?: number;
                too_old?: number;
                not_fanned_out?: number;
                changed_meanwhile?: number;
            };
            /** @description Not looked at yet. */
            remaining: number;
            /** @description At its rate; null: it stands still. */
            eta_seconds: number | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        ReplayWithOutcomes: {
            /** @description rpl_… */
            id: string;
            /** @description Whose it is. */
            tenant: string;
            /**
             * @description Of the job.
             * @enum {string}
             */
            state: "running" | "paused" | "cancelled" | "finished";
            /**
             * @description What it is about.
             * @enum {string}
             */
            what: "deliveries" | "failed" | "missed" | "held";
            /**
             * @description What it does with it.
             * @enum {string}
             */
            action: "replay" | "release" | "discard";
            filter: {
                /** @description null: any. */
                webhook: string | null;
                /** @description Empty: all. */
                types: string[];
                /** @description Empty: the kind of job says it. */
                status: ("failed" | "expired" | "cancelled" | "delivered")[];
                /** Format: date-time */
                since: string | null;
                /** Format: date-time */
                until: string | null;
            };
            /** @description Are the bodies given a new time? */
            restamp: boolean;
            /** @description Are webhooks that are off or failed sent to? */
            include_inactive: boolean;
            /** @description Deliveries a second. */
            rate: number;
            /** @description Of the attempts that it asks for. */
            chain: number;
            /** @description As counted when it began. */
            total: number;
            /** @description Asked for or skipped. */
            done: number;
            /** @description Sent, or discarded. */
            asked: number;
            /** @description What is not sent, and why. */
            skipped: {
                webhook_deleted?: number;
                webhook_inactive?: number;
                event_gone?: number;
                too_old?: number;
                not_fanned_out?: number;
                changed_meanwhile?: number;
            };
            /** @description Not looked at yet. */
            remaining: number;
            /** @description At its rate; null: it stands still. */
            eta_seconds: number | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            /** @description How its deliveries stand; null: the history does not answer now. */
            outcomes: {
                pending?: number;
                delivered?: number;
                failed?: number;
                expired?: number;
                held?: number;
                cancelled?: number;
            } | null;
        };
        ReplayPlan: {
            /** @constant */
            dry_run: true;
            /** @description What it would look at. */
            total: number;
            /** @description What it would send. */
            to_send: number;
            /** @description What is not sent, and why. */
            skipped: {
                webhook_deleted?: number;
                webhook_inactive?: number;
                event_gone?: number;
                too_old?: number;
                not_fanned_out?: number;
                changed_meanwhile?: number;
            };
            /** @description Have the tables got as far as the log? */
            up_to_date: boolean;
        };
        Tenant: {
            /** @description As given, or ten_… */
            id: string;
            name: string;
            /** @description How its webhooks are sent; never changes. */
            contract: string;
            /** @description As its contract asks for them. */
            attributes: {
                [key: string]: string;
            };
            /** @description Does its plan include webhooks? */
            entitled: boolean;
            /** @description What its plan includes; null: what the installation gives every tenant. */
            limits: {
                /** @description Webhooks that it may have. */
                max_endpoints: number | null;
                /** @description Events that each process takes in a second. */
                events_per_second: number | null;
                /** @description Bytes of data of one event. */
                max_payload_bytes: number | null;
            };
            /** @description Has it a secret of its own to sign with? */
            has_secret: boolean;
            /** Format: date-time */
            created_at: string;
        };
        Key: {
            /** @description key_… */
            id: string;
            /** @description Its first characters, to tell keys apart. */
            prefix: string;
            name: string;
            /** @description Whom it speaks for; null: a root key. */
            tenant: string | null;
            /** @description What it may do. */
            scopes: ("events:write" | "events:read" | "endpoints:read" | "endpoints:write" | "deliveries:read" | "deliveries:replay" | "secrets:reveal" | "admin")[];
            /**
             * Format: date-time
             * @description null: never.
             */
            expires_at: string | null;
            /** Format: date-time */
            created_at: string;
            /**
             * Format: date-time
             * @description To about a minute; null: never. Absent while the history does not answer.
             */
            last_used_at?: string | null;
        };
        PortalToken: {
            /** @description Sent as a key is; shown here and never again. */
            token: string;
            /** @description Whom it speaks for. */
            tenant: string;
            /** @description What it may do: no more than the key that issued it. */
            scopes: ("events:write" | "events:read" | "endpoints:read" | "endpoints:write" | "deliveries:read" | "deliveries:replay" | "secrets:reveal" | "admin")[];
            /** Format: date-time */
            expires_at: string;
        };
        Me: {
            /**
             * @description What was sent.
             * @enum {string}
             */
            credential: "key" | "portal_token";
            /** @description What it may do. */
            scopes: ("events:write" | "events:read" | "endpoints:read" | "endpoints:write" | "deliveries:read" | "deliveries:replay" | "secrets:reveal" | "admin")[];
            tenant: components["schemas"]["Tenant"] | null;
        };
        KeyWithText: {
            /** @description key_… */
            id: string;
            /** @description Its first characters, to tell keys apart. */
            prefix: string;
            name: string;
            /** @description Whom it speaks for; null: a root key. */
            tenant: string | null;
            /** @description What it may do. */
            scopes: ("events:write" | "events:read" | "endpoints:read" | "endpoints:write" | "deliveries:read" | "deliveries:replay" | "secrets:reveal" | "admin")[];
            /**
             * Format: date-time
             * @description null: never.
             */
            expires_at: string | null;
            /** Format: date-time */
            created_at: string;
            /** @description The key itself, shown here and never again. */
            key: string;
        };
        Imported: {
            counts: {
                /** @description How many lines. */
                created: number;
                /** @description How many lines. */
                updated: number;
                /** @description How many lines. */
                unchanged: number;
                /** @description How many lines. */
                skipped: number;
                /** @description How many lines. */
                conflict: number;
                /** @description How many lines. */
                refused: number;
            };
            results: {
                /** @description As the line says. */
                kind?: string;
                /** @description As the line says. */
                id?: string;
                /** @enum {string} */
                result: "created" | "updated" | "unchanged" | "skipped" | "conflict" | "refused";
                problem?: {
                    status: number;
                    /** @description From the list of problem codes. */
                    code: string;
                    /** @description What is wrong, and how to mend it. */
                    detail: string;
                    errors?: {
                        /** @description Into the request. */
                        pointer: string;
                        code: string;
                        detail: string;
                    }[];
                };
            }[];
        };
        Erasing: {
            tenant: string;
            /** @description How many events are meant; null: all. */
            events: number | null;
            /**
             * Format: date-time
             * @description Nothing that was accepted later is meant.
             */
            accepted_until: string;
        };
        Stats: {
            /** @description Rates and attempts are those of so many seconds up to now. */
            window_seconds: number;
            rates: {
                /** @description Events. */
                accepted_per_second: number;
                /** @description Requests made. */
                attempts_per_second: number;
                /** @description Deliveries. */
                delivered_per_second: number;
            };
            attempts: {
                /** @description Tests are not counted. */
                made: number;
                /** @description Those that delivered. */
                delivered: number;
                /** @description delivered / made; null: none was made. */
                success_ratio: number | null;
                duration_seconds: {
                    p50: number | null;
                    p95: number | null;
                    p99: number | null;
                };
            };
            /** @description From acceptance to the answer that delivered, of events accepted within the window. */
            end_to_end_seconds: {
                p50: number | null;
                p95: number | null;
                p99: number | null;
            };
            endpoints: {
                active: number;
                off: number;
                failed: number;
            };
            /** @description What is not settled. */
            backlog: {
                /** @description By when it is due. */
                due: string;
                deliveries: number;
                /** @description For how long the oldest has been due. */
                oldest_due_seconds: number | null;
                /**
                 * Format: date-time
                 * @description When the event of the oldest was accepted.
                 */
                oldest_accepted_at: string;
            }[];
            /** @description The same deliveries, the youngest first; ages without any are absent. */
            backlog_by_age: {
                /**
                 * @description How long ago the event was accepted.
                 * @enum {string}
                 */
                age: "under_1m" | "under_10m" | "under_1h" | "under_6h" | "under_1d" | "older";
                pending: number;
                held: number;
            }[];
            /** @description What waits for its next attempt. */
            tiers: {
                /** @description Where it waits. */
                tier: string;
                deliveries: number;
                /**
                 * Format: date-time
                 * @description When the first of them is due.
                 */
                oldest_due_at: string;
                /** @description For how long it has been due. */
                oldest_due_seconds: number | null;
            }[];
            /** @description By failed attempts since yesterday, 10 at most. */
            worst_endpoints: {
                /** @description Which. */
                webhook_id: string;
                /** @description Whose. */
                tenant: string;
                /** @description Scheme, host and port of its URL. */
                origin: string;
                /** @description As of a webhook. */
                status: string;
                attempts: number;
                failed_attempts: number;
            }[];
            /** @description The latest first, 100 at most. */
            disabled_today: {
                /** @description Which. */
                webhook_id: string;
                /** @description Whose. */
                tenant: string;
                /** @description Scheme, host and port of its URL. */
                origin: string;
                /** @description Why the engine disabled it. */
                reason: string | null;
                /** Format: date-time */
                disabled_at: string;
            }[];
            /** @description Records that nobody could read. */
            quarantined: number;
            /**
             * Format: date-time
             * @description All of this is as of then; null: nothing was written yet.
             */
            tables_written_at: string | null;
        };
        Processes: {
            data: {
                /** @description New at each start. */
                id: string;
                /** @description Which part of the engine. Standalone has all of them in one process. */
                role: string;
                /** @description Where it runs. */
                host: string;
                pid: number;
                /** @description Of the engine. */
                version: string;
                /** Format: date-time */
                started_at: string;
                /**
                 * Format: date-time
                 * @description When it told of itself last; who is silent for seven seconds is gone.
                 */
                told_at: string;
                /** @description Attempts under way, or events that wait for the log; null: its role has nothing to count. */
                in_flight: number | null;
                /** @description Those that it owns. */
                partitions: number[];
            }[];
            /** @description Of the dispatcher in retry topics: what waits in that tier. */
            lag: {
                /** @description Who reads. */
                group: string;
                /** @description What. */
                topic: string;
                /** @description Not done yet. */
                records: number;
            }[];
        };
        Minutes: {
            /** @description The current minute and the 59 before it, oldest first. */
            data: {
                /**
                 * Format: date-time
                 * @description Its start.
                 */
                at: string;
                /** @description Events. */
                accepted: number;
                /** @description Requests made. Tests are not counted. */
                attempts: number;
                /** @description Those of them that delivered. */
                delivered: number;
            }[];
        };
        AuditEntry: {
            /** @description Of the fact. */
            id: string;
            /**
             * Format: date-time
             * @description When it was decided.
             */
            at: string;
            /** @description Who: key:… , or a part of the engine. */
            actor: string;
            /** @description What was decided. */
            type: string;
            subject: {
                /** @description What kind of thing it is about. */
                kind: string;
                id: string | null;
            };
            /** @description Whose it is; null: of the installation. */
            tenant: string | null;
            /** @description What it was; secrets and header values are … */
            before: {
                [key: string]: unknown;
            } | null;
            /** @description What it is since. */
            after: {
                [key: string]: unknown;
            } | null;
            /** @description What is true of the decision alone. */
            details: {
                [key: string]: unknown;
            };
            /** @description Where it stands in control. */
            control_position: number;
        };
        RedrivenRecord: {
            /** @description As asked. */
            topic: string;
            /** @description As asked. */
            partition: number;
            /** @description Of the record that was put there. */
            offset: number;
            /** @description false: it was put there before. */
            redriven: boolean;
            /**
             * Format: date-time
             * @description When it was put there.
             */
            at: string;
        };
        QuarantinedRecord: {
            /** @description Where it stood. */
            topic: string;
            /** @description Of the topic. */
            partition: number;
            /** @description Within the partition. */
            offset: number;
            /** @description Why nobody could read it. */
            reason: string;
            /**
             * Format: date-time
             * @description When it was put aside.
             */
            at: string;
            /**
             * Format: date-time
             * @description When it was put into its topic once more.
             */
            redriven_at: string | null;
        };
        EventType: {
            /** @description As published. */
            type: string;
            label: string;
            description: string;
            /** @description JSON Schema of data. */
            schema: {
                [key: string]: unknown;
            };
            /** @description Valid data. */
            sample: {
                [key: string]: unknown;
            };
        };
        Contract: {
            /** @description As tenants name it. */
            id: string;
            title: string;
            /** @description What tenants must bring. */
            attributes: {
                name: string;
                description: string;
                /** @description Regular expression that the whole value matches. */
                pattern: string | null;
                example: string;
            }[];
            event_types: components["schemas"]["EventType"][];
            /** @description Are types that are not listed taken too? */
            open_types: boolean;
            secret: {
                /**
                 * @description Who holds the secret.
                 * @enum {string}
                 */
                owner: "endpoint" | "tenant";
                /** @description May the engine make one? */
                generated: boolean;
                /** @description May a customer choose unsigned requests? */
                optional: boolean;
                /** @description Characters of one that is supplied, at least. */
                min_length: number;
                /** @description Characters of one that is supplied, at most. */
                max_length: number;
            };
            signature_header: string;
            /** @description How a receiver checks who sent a request. */
            signature: {
                /** @description Where it stands. */
                header: string;
                /** @description Text before each one. */
                prefix: string;
                /**
                 * @description Of the digest, HMAC-SHA256.
                 * @enum {string}
                 */
                encoding: "hex" | "base64";
                /**
                 * @description The whole secret as text; or what follows its prefix, decoded.
                 * @enum {string}
                 */
                key: "utf8" | "base64-after-prefix";
                /** @description What is signed, joined by dots. */
                content: ("event-id" | "event-type" | "delivery-id" | "attempt-seconds" | "body")[];
                /** @description Between several; null: only the newest secret signs. */
                separator: string | null;
                /** @description Text before one made with a private key; null: never. */
                ed25519_prefix: string | null;
            };
            /** @description Besides Content-Type and the signature. */
            headers: {
                name: string;
                /**
                 * @description What it carries.
                 * @enum {string}
                 */
                value: "event-id" | "event-type" | "delivery-id" | "attempt-seconds";
            }[];
            /** @description How its webhooks may be signed. */
            signatures: ("v1" | "v1a" | "both")[];
            /**
             * @description always: http is refused everywhere.
             * @enum {string}
             */
            https: "always" | "production";
            /**
             * @description What a retry by hand sends.
             * @enum {string}
             */
            replay: "same-bytes" | "restamp";
            /** @description Ranges of status codes, ends included. */
            success: number[][];
            timeout_seconds: number;
            /** @description Waits after each failure. */
            delays_seconds: number[];
            /** @description Then a delivery expires. */
            max_age_seconds: number | null;
            /** @description Does the last failure disable the endpoint? */
            exhaustion_disables: boolean;
            /** @description Does 410 disable the endpoint? */
            gone_disables: boolean;
            /** @description The provider's own word for each status. */
            words: {
                pending: string;
                delivered: string;
                failed: string;
                expired: string;
                held: string;
                cancelled: string;
            };
        };
        Contracts: {
            data: components["schemas"]["Contract"][];
        };
        Tier: {
            /** @description As waits_in names it. */
            name: string;
            delay_seconds: number;
            /** @description Where it waits in Kafka. */
            topic: string;
        };
        Tiers: {
            data: components["schemas"]["Tier"][];
        };
        FieldProblem: {
            /** @description Where in the request body (RFC 6901); "" is the whole body. */
            pointer: string;
            /** @description What is wrong, for programs. */
            code: string;
            /** @description What is wrong and how to mend it, for people. */
            detail: string;
        };
        /** @description Problem details (RFC 9457). */
        Problem: {
            /**
             * Format: uri
             * @description Names the code as a URI.
             */
            type: string;
            /** @description The same for every problem of this code. */
            title: string;
            /** @description The HTTP status. */
            status: number;
            /**
             * @description From a closed list; never changes its meaning.
             * @enum {string}
             */
            code: "empty_body" | "invalid_utf8" | "invalid_json" | "lone_surrogate" | "duplicate_key" | "too_deep" | "invalid_header" | "invalid_cursor" | "bad_request" | "missing_key" | "unknown_key" | "expired_key" | "missing_scope" | "not_entitled" | "forbidden" | "not_found" | "method_not_allowed" | "not_acceptable" | "request_timeout" | "conflict" | "too_many_webhooks" | "already_exists" | "precondition_failed" | "idempotency_key_in_use" | "body_too_large" | "payload_too_large" | "unsupported_media_type" | "validation_failed" | "invalid" | "idempotency_key_reused" | "loop_detected" | "headers_too_large" | "too_many_requests" | "quota_exceeded" | "internal" | "not_implemented" | "overloaded" | "unavailable";
            /** @description What, where, and how to mend it; for people. */
            detail: string;
            /** @description Path of the request, without its query. */
            instance?: string;
            /** @description What is wrong within the request, 20 at most. */
            errors?: components["schemas"]["FieldProblem"][];
        };
    };
    responses: {
        /** @description empty_body, invalid_utf8, invalid_json, lone_surrogate, duplicate_key, too_deep, invalid_header, invalid_cursor, bad_request */
        Problem400: {
            headers: {
                RateLimit: components["headers"]["rateLimit"];
                "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status: 400;
                    /** @enum {unknown} */
                    code: "empty_body" | "invalid_utf8" | "invalid_json" | "lone_surrogate" | "duplicate_key" | "too_deep" | "invalid_header" | "invalid_cursor" | "bad_request";
                };
            };
        };
        /** @description missing_key, unknown_key, expired_key */
        Problem401: {
            headers: {
                "WWW-Authenticate": components["headers"]["authenticate"];
                RateLimit: components["headers"]["rateLimit"];
                "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status: 401;
                    /** @enum {unknown} */
                    code: "missing_key" | "unknown_key" | "expired_key";
                };
            };
        };
        /** @description missing_scope, not_entitled, forbidden */
        Problem403: {
            headers: {
                "WWW-Authenticate": components["headers"]["authenticate"];
                RateLimit: components["headers"]["rateLimit"];
                "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status: 403;
                    /** @enum {unknown} */
                    code: "missing_scope" | "not_entitled" | "forbidden";
                };
            };
        };
        /** @description not_found */
        Problem404: {
            headers: {
                RateLimit: components["headers"]["rateLimit"];
                "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status: 404;
                    /** @enum {unknown} */
                    code: "not_found";
                };
            };
        };
        /** @description method_not_allowed */
        Problem405: {
            headers: {
                RateLimit: components["headers"]["rateLimit"];
                "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status: 405;
                    /** @enum {unknown} */
                    code: "method_not_allowed";
                };
            };
        };
        /** @description not_acceptable */
        Problem406: {
            headers: {
                RateLimit: components["headers"]["rateLimit"];
                "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status: 406;
                    /** @enum {unknown} */
                    code: "not_acceptable";
                };
            };
        };
        /** @description request_timeout */
        Problem408: {
            headers: {
                RateLimit: components["headers"]["rateLimit"];
                "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status: 408;
                    /** @enum {unknown} */
                    code: "request_timeout";
                };
            };
        };
        /** @description conflict, too_many_webhooks, already_exists, idempotency_key_in_use */
        Problem409: {
            headers: {
                RateLimit: components["headers"]["rateLimit"];
                "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status: 409;
                    /** @enum {unknown} */
                    code: "conflict" | "too_many_webhooks" | "already_exists" | "idempotency_key_in_use";
                };
            };
        };
        /** @description precondition_failed */
        Problem412: {
            headers: {
                RateLimit: components["headers"]["rateLimit"];
                "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status: 412;
                    /** @enum {unknown} */
                    code: "precondition_failed";
                };
            };
        };
        /** @description body_too_large, payload_too_large */
        Problem413: {
            headers: {
                RateLimit: components["headers"]["rateLimit"];
                "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status: 413;
                    /** @enum {unknown} */
                    code: "body_too_large" | "payload_too_large";
                };
            };
        };
        /** @description unsupported_media_type */
        Problem415: {
            headers: {
                RateLimit: components["headers"]["rateLimit"];
                "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status: 415;
                    /** @enum {unknown} */
                    code: "unsupported_media_type";
                };
            };
        };
        /** @description validation_failed, invalid, idempotency_key_reused, loop_detected */
        Problem422: {
            headers: {
                RateLimit: components["headers"]["rateLimit"];
                "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status: 422;
                    /** @enum {unknown} */
                    code: "validation_failed" | "invalid" | "idempotency_key_reused" | "loop_detected";
                };
            };
        };
        /** @description too_many_requests, quota_exceeded */
        Problem429: {
            headers: {
                "Retry-After": components["headers"]["retryAfter"];
                RateLimit: components["headers"]["rateLimit"];
                "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status: 429;
                    /** @enum {unknown} */
                    code: "too_many_requests" | "quota_exceeded";
                };
            };
        };
        /** @description headers_too_large */
        Problem431: {
            headers: {
                RateLimit: components["headers"]["rateLimit"];
                "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status: 431;
                    /** @enum {unknown} */
                    code: "headers_too_large";
                };
            };
        };
        /** @description internal */
        Problem500: {
            headers: {
                RateLimit: components["headers"]["rateLimit"];
                "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status: 500;
                    /** @enum {unknown} */
                    code: "internal";
                };
            };
        };
        /** @description not_implemented */
        Problem501: {
            headers: {
                RateLimit: components["headers"]["rateLimit"];
                "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status: 501;
                    /** @enum {unknown} */
                    code: "not_implemented";
                };
            };
        };
        /** @description overloaded, unavailable */
        Problem503: {
            headers: {
                "Retry-After": components["headers"]["retryAfter"];
                RateLimit: components["headers"]["rateLimit"];
                "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status: 503;
                    /** @enum {unknown} */
                    code: "overloaded" | "unavailable";
                };
            };
        };
    };
    parameters: {
        /** @description As an earlier answer gave it: this call is served by a process that knows that change. Waits 2 s at most, then 503. */
        ControlPosition: string;
        /** @description The ETag of an earlier answer: the change is made over that version, or not at all (412). */
        IfMatch: string;
        /** @description Any text of your own. The same key with the same request is answered as before, for 24 hours; with another request it is refused. */
        IdempotencyKey: string;
    };
    requestBodies: never;
    headers: {
        /** @description The version that this answer shows. Send it back in If-Match to change no other. */
        etag: string;
        /** @description Send it back with the next request, and it is served by a process that knows this change. */
        position: string;
        /** @description Path of what was made, or is to be read next. */
        location: string;
        /** @description The pages beside this one (RFC 8288): rel="next" and rel="prev". */
        link: string;
        /** @description Seconds after which the same request may go through. */
        retryAfter: number;
        /** @description What is left to this key in this process: requests (r), and seconds until all are back (t). */
        rateLimit: string;
        /** @description How many requests (q) a key may make in how many seconds (w). */
        rateLimitPolicy: string;
        /** @description true: this is the answer that the same request was given before. */
        replayed: "true";
        /** @description no: a proxy that gathers answers before it passes them on should not do so here. */
        unbuffered: "no";
        /** @description What the key lacks (RFC 6750). */
        authenticate: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listEvents: {
        parameters: {
            query?: {
                /** @description An event type. */
                type?: string;
                /** @description Accepted at or after this moment. */
                since?: string;
                /** @description Accepted before this moment. */
                until?: string;
                /** @description For root keys: the tenant that the call acts for. */
                tenant?: string;
                /** @description "next" of the page before. */
                after?: string;
                /** @description How many at most, 1 to 100. */
                limit?: string;
                /** @description "previous" of the page after. */
                before?: string;
            };
            header?: {
                /** @description As an earlier answer gave it: this call is served by a process that knows that change. Waits 2 s at most, then 503. */
                "hyperhook-control-position"?: components["parameters"]["ControlPosition"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    Link: components["headers"]["link"];
                    RateLimit: components["headers"]["rateLimit"];
                    "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Event"][];
                        /** @description Send it as "after" for the next page; null: that was all. */
                        next: string | null;
                        /** @description Send it as "before" for the page before; null: there is none. */
                        previous: string | null;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    publishEvents: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of a single event that brings none in its body. */
                "Idempotency-Key"?: string;
                /** @description As an earlier answer gave it: this call is served by a process that knows that change. Waits 2 s at most, then 503. */
                "hyperhook-control-position"?: components["parameters"]["ControlPosition"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "id": "evt_1",
                 *       "type": "host.online",
                 *       "occurred_at": "2026-11-21T12:00:00Z",
                 *       "data": {
                 *         "host_id": "h_1",
                 *         "hostname": "web-1",
                 *         "platform": "linux"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["PublishedEvent"] | components["schemas"]["PublishedEvent"][];
            };
        };
        responses: {
            /** @description Durable. */
            202: {
                headers: {
                    "hyperhook-control-position": components["headers"]["position"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "evt_1",
                     *       "status": "accepted"
                     *     }
                     */
                    "application/json": components["schemas"]["Accepted"] | components["schemas"]["Accepted"][];
                };
            };
            /** @description A batch of which some were refused; one entry for each event, in order. */
            207: {
                headers: {
                    "hyperhook-control-position": components["headers"]["position"];
                    "Retry-After": components["headers"]["retryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": (components["schemas"]["Accepted"] | components["schemas"]["Refused"])[];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getEvent: {
        parameters: {
            query?: {
                /** @description For root keys: the tenant that the call acts for. */
                tenant?: string;
            };
            header?: {
                /** @description As an earlier answer gave it: this call is served by a process that knows that change. Waits 2 s at most, then 503. */
                "hyperhook-control-position"?: components["parameters"]["ControlPosition"];
            };
            path: {
                /** @description As the API gave it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    RateLimit: components["headers"]["rateLimit"];
                    "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventWithDeliveries"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listWebhooks: {
        parameters: {
            query?: {
                /** @description How many at most, 1 to 100. */
                limit?: string;
                /** @description For root keys: the tenant that the call acts for. */
                tenant?: string;
                /** @description "next" of the page before. */
                after?: string;
            };
            header?: {
                /** @description As an earlier answer gave it: this call is served by a process that knows that change. Waits 2 s at most, then 503. */
                "hyperhook-control-position"?: components["parameters"]["ControlPosition"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    Link: components["headers"]["link"];
                    RateLimit: components["headers"]["rateLimit"];
                    "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Webhook"][];
                        /** @description Send it as "after" for the next page; null: that was all. */
                        next: string | null;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    createWebhook: {
        parameters: {
            query?: {
                /** @description For root keys: the tenant that the call acts for. */
                tenant?: string;
            };
            header?: {
                /** @description As an earlier answer gave it: this call is served by a process that knows that change. Waits 2 s at most, then 503. */
                "hyperhook-control-position"?: components["parameters"]["ControlPosition"];
                /** @description Any text of your own. The same key with the same request is answered as before, for 24 hours; with another request it is refused. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "url": "https://example.com/hook",
                 *       "events": [
                 *         "host.online"
                 *       ]
                 *     }
                 */
                "application/json": {
                    /** @description https, port 443 or 8443, a public host, no user name, no fragment. */
                    url: string;
                    /** @description Absent: made by the rule of the contract; null: unsigned, where the contract allows it. */
                    secret?: string | null;
                    /**
                     * @description Where receivers may have a public key (standard-webhooks). Absent: v1, a shared secret.
                     * @enum {unknown}
                     */
                    signature?: "v1" | "v1a" | "both";
                    /** @description Whose it is; for root keys only. */
                    tenant?: string;
                    /** @description Types that it wants. Absent or empty: all, future ones included. */
                    events?: string[];
                    /** @description For people. */
                    description?: string;
                    /** @description Up to 20 extra request headers; their values are never shown again. */
                    headers?: {
                        [key: string]: string;
                    };
                    /** @description What the receiver can take; of those that are not named nothing changes, null takes one away. */
                    limits?: {
                        per_second?: number | null;
                        concurrency?: number | null;
                    };
                    /** @description Does it get events? Absent: true where it is made, else as it is. */
                    active?: boolean;
                };
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    ETag: components["headers"]["etag"];
                    Location: components["headers"]["location"];
                    "hyperhook-control-position": components["headers"]["position"];
                    "Idempotency-Replayed": components["headers"]["replayed"];
                    RateLimit: components["headers"]["rateLimit"];
                    "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "wh_9cj6kvw9t4xygd8qwf8q",
                     *       "url": "https://example.com/hook",
                     *       "events": [
                     *         "host.online"
                     *       ],
                     *       "active": true,
                     *       "status": "active",
                     *       "created_at": "2026-11-21T12:27:45Z",
                     *       "description": "",
                     *       "headers": [],
                     *       "limits": {
                     *         "per_second": null,
                     *         "concurrency": null
                     *       },
                     *       "secret": "whsec_uHijtrFKfweiEmvRhOyRgYmL54y6e7/h0A5TLZLpKMU="
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookWithSecret"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getWebhook: {
        parameters: {
            query?: {
                /** @description "next" of the page before. */
                after?: string;
                /** @description For root keys: the tenant that the call acts for. */
                tenant?: string;
            };
            header?: {
                /** @description As an earlier answer gave it: this call is served by a process that knows that change. Waits 2 s at most, then 503. */
                "hyperhook-control-position"?: components["parameters"]["ControlPosition"];
            };
            path: {
                /** @description As the API gave it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    ETag: components["headers"]["etag"];
                    RateLimit: components["headers"]["rateLimit"];
                    "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "wh_9cj6kvw9t4xygd8qwf8q",
                     *       "url": "https://example.com/hook",
                     *       "events": [
                     *         "host.online"
                     *       ],
                     *       "active": true,
                     *       "status": "active",
                     *       "created_at": "2026-11-21T12:27:45Z",
                     *       "description": "",
                     *       "headers": [],
                     *       "limits": {
                     *         "per_second": null,
                     *         "concurrency": null
                     *       },
                     *       "held": 0,
                     *       "deliveries": {
                     *         "data": [],
                     *         "next": null
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookWithDeliveries"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    putWebhook: {
        parameters: {
            query?: {
                /** @description For root keys: the tenant that the call acts for. */
                tenant?: string;
            };
            header?: {
                /** @description As an earlier answer gave it: this call is served by a process that knows that change. Waits 2 s at most, then 503. */
                "hyperhook-control-position"?: components["parameters"]["ControlPosition"];
                /** @description The ETag of an earlier answer: the change is made over that version, or not at all (412). */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** @description As the API gave it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "events": [
                 *         "host.online",
                 *         "host.offline"
                 *       ]
                 *     }
                 */
                "application/json": {
                    /** @description https, port 443 or 8443, a public host, no user name, no fragment. */
                    url?: string;
                    /** @description Types that it wants. Absent or empty: all, future ones included. */
                    events?: string[];
                    /** @description For people. */
                    description?: string;
                    /** @description Up to 20 extra request headers; their values are never shown again. */
                    headers?: {
                        [key: string]: string;
                    };
                    /** @description What the receiver can take; of those that are not named nothing changes, null takes one away. */
                    limits?: {
                        per_second?: number | null;
                        concurrency?: number | null;
                    };
                    /** @description Does it get events? Absent: true where it is made, else as it is. */
                    active?: boolean;
                };
            };
        };
        responses: {
            /** @description As it is after the change. */
            200: {
                headers: {
                    ETag: components["headers"]["etag"];
                    "hyperhook-control-position": components["headers"]["position"];
                    RateLimit: components["headers"]["rateLimit"];
                    "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "wh_9cj6kvw9t4xygd8qwf8q",
                     *       "url": "https://example.com/hook",
                     *       "events": [
                     *         "host.online",
                     *         "host.offline"
                     *       ],
                     *       "active": true,
                     *       "status": "active",
                     *       "created_at": "2026-11-21T12:27:45Z",
                     *       "description": "",
                     *       "headers": [],
                     *       "limits": {
                     *         "per_second": null,
                     *         "concurrency": null
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    deleteWebhook: {
        parameters: {
            query?: {
                /** @description For root keys: the tenant that the call acts for. */
                tenant?: string;
            };
            header?: {
                /** @description As an earlier answer gave it: this call is served by a process that knows that change. Waits 2 s at most, then 503. */
                "hyperhook-control-position"?: components["parameters"]["ControlPosition"];
                /** @description The ETag of an earlier answer: the change is made over that version, or not at all (412). */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** @description As the API gave it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    "hyperhook-control-position": components["headers"]["position"];
                    RateLimit: components["headers"]["rateLimit"];
                    "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    updateWebhook: {
        parameters: {
            query?: {
                /** @description For root keys: the tenant that the call acts for. */
                tenant?: string;
            };
            header?: {
                /** @description As an earlier answer gave it: this call is served by a process that knows that change. Waits 2 s at most, then 503. */
                "hyperhook-control-position"?: components["parameters"]["ControlPosition"];
                /** @description The ETag of an earlier answer: the change is made over that version, or not at all (412). */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** @description As the API gave it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "description": "production"
                 *     }
                 */
                "application/json": {
                    /** @description https, port 443 or 8443, a public host, no user name, no fragment. */
                    url?: string;
                    /** @description Types that it wants. Absent or empty: all, future ones included. */
                    events?: string[];
                    /** @description For people. */
                    description?: string;
                    /** @description Up to 20 extra request headers; their values are never shown again. */
                    headers?: {
                        [key: string]: string;
                    };
                    /** @description What the receiver can take; of those that are not named nothing changes, null takes one away. */
                    limits?: {
                        per_second?: number | null;
                        concurrency?: number | null;
                    };
                    /** @description Does it get events? Absent: true where it is made, else as it is. */
                    active?: boolean;
                };
            };
        };
        responses: {
            /** @description As it is after the change. */
            200: {
                headers: {
                    ETag: components["headers"]["etag"];
                    "hyperhook-control-position": components["headers"]["position"];
                    RateLimit: components["headers"]["rateLimit"];
                    "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "wh_9cj6kvw9t4xygd8qwf8q",
                     *       "url": "https://example.com/hook",
                     *       "events": [
                     *         "host.online"
                     *       ],
                     *       "active": true,
                     *       "status": "active",
                     *       "created_at": "2026-11-21T12:27:45Z",
                     *       "description": "production",
                     *       "headers": [],
                     *       "limits": {
                     *         "per_second": null,
                     *         "concurrency": null
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    rotateWebhookSecret: {
        parameters: {
            query?: {
                /** @description For root keys: the tenant that the call acts for. */
                tenant?: string;
            };
            header?: {
                /** @description As an earlier answer gave it: this call is served by a process that knows that change. Waits 2 s at most, then 503. */
                "hyperhook-control-position"?: components["parameters"]["ControlPosition"];
                /** @description The ETag of an earlier answer: the change is made over that version, or not at all (412). */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Any text of your own. The same key with the same request is answered as before, for 24 hours; with another request it is refused. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description As the API gave it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "grace_period_seconds": 3600
                 *     }
                 */
                "application/json": {
                    /** @description Absent: made by the rule of the contract; null: sign no more, where the contract allows it. */
                    secret?: string | null;
                    /**
                     * @description Absent: as before.
                     * @enum {unknown}
                     */
                    signature?: "v1" | "v1a" | "both";
                    /** @description How long the one before goes on signing beside it, where several secrets sign at once. */
                    grace_period_seconds?: number;
                };
            };
        };
        responses: {
            /** @description As it is after the change. */
            200: {
                headers: {
                    ETag: components["headers"]["etag"];
                    "hyperhook-control-position": components["headers"]["position"];
                    RateLimit: components["headers"]["rateLimit"];
                    "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "wh_9cj6kvw9t4xygd8qwf8q",
                     *       "url": "https://example.com/hook",
                     *       "events": [
                     *         "host.online"
                     *       ],
                     *       "active": true,
                     *       "status": "active",
                     *       "created_at": "2026-11-21T12:27:45Z",
                     *       "description": "",
                     *       "headers": [],
                     *       "limits": {
                     *         "per_second": null,
                     *         "concurrency": null
                     *       },
                     *       "secret": "whsec_uHijtrFKfweiEmvRhOyRgYmL54y6e7/h0A5TLZLpKMU="
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookWithSecret"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    expireOldSecrets: {
        parameters: {
            query?: {
                /** @description For root keys: the tenant that the call acts for. */
                tenant?: string;
            };
            header?: {
                /** @description As an earlier answer gave it: this call is served by a process that knows that change. Waits 2 s at most, then 503. */
                "hyperhook-control-position"?: components["parameters"]["ControlPosition"];
                /** @description The ETag of an earlier answer: the change is made over that version, or not at all (412). */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Any text of your own. The same key with the same request is answered as before, for 24 hours; with another request it is refused. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description As the API gave it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is after the change. */
            200: {
                headers: {
                    ETag: components["headers"]["etag"];
                    "hyperhook-control-position": components["headers"]["position"];
                    RateLimit: components["headers"]["rateLimit"];
                    "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "wh_9cj6kvw9t4xygd8qwf8q",
                     *       "url": "https://example.com/hook",
                     *       "events": [
                     *         "host.online"
                     *       ],
                     *       "active": true,
                     *       "status": "active",
                     *       "created_at": "2026-11-21T12:27:45Z",
                     *       "description": "",
                     *       "headers": [],
                     *       "limits": {
                     *         "per_second": null,
                     *         "concurrency": null
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    revealWebhookSecret: {
        parameters: {
            query?: {
                /** @description For root keys: the tenant that the call acts for. */
                tenant?: string;
            };
            header?: {
                /** @description As an earlier answer gave it: this call is served by a process that knows that change. Waits 2 s at most, then 503. */
                "hyperhook-control-position"?: components["parameters"]["ControlPosition"];
                /** @description Any text of your own. The same key with the same request is answered as before, for 24 hours; with another request it is refused. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description As the API gave it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description In clear. */
            200: {
                headers: {
                    "hyperhook-control-position": components["headers"]["position"];
                    "Idempotency-Replayed": components["headers"]["replayed"];
                    RateLimit: components["headers"]["rateLimit"];
                    "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RevealedSecret"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    enableWebhook: {
        parameters: {
            query?: {
                /** @description For root keys: the tenant that the call acts for. */
                tenant?: string;
            };
            header?: {
                /** @description As an earlier answer gave it: this call is served by a process that knows that change. Waits 2 s at most, then 503. */
                "hyperhook-control-position"?: components["parameters"]["ControlPosition"];
                /** @description The ETag of an earlier answer: the change is made over that version, or not at all (412). */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Any text of your own. The same key with the same request is answered as before, for 24 hours; with another request it is refused. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description As the API gave it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "held": "release"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description What becomes of held deliveries; release: they are sent.
                     * @enum {unknown}
                     */
                    held?: "release" | "discard" | "keep";
                };
            };
        };
        responses: {
            /** @description As it is after the change. */
            200: {
                headers: {
                    ETag: components["headers"]["etag"];
                    "hyperhook-control-position": components["headers"]["position"];
                    RateLimit: components["headers"]["rateLimit"];
                    "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "wh_9cj6kvw9t4xygd8qwf8q",
                     *       "url": "https://example.com/hook",
                     *       "events": [
                     *         "host.online"
                     *       ],
                     *       "active": true,
                     *       "status": "active",
                     *       "created_at": "2026-11-21T12:27:45Z",
                     *       "description": "",
                     *       "headers": [],
                     *       "limits": {
                     *         "per_second": null,
                     *         "concurrency": null
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    disableWebhook: {
        parameters: {
            query?: {
                /** @description For root keys: the tenant that the call acts for. */
                tenant?: string;
            };
            header?: {
                /** @description As an earlier answer gave it: this call is served by a process that knows that change. Waits 2 s at most, then 503. */
                "hyperhook-control-position"?: components["parameters"]["ControlPosition"];
                /** @description The ETag of an earlier answer: the change is made over that version, or not at all (412). */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Any text of your own. The same key with the same request is answered as before, for 24 hours; with another request it is refused. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description As the API gave it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is after the change. */
            200: {
                headers: {
                    ETag: components["headers"]["etag"];
                    "hyperhook-control-position": components["headers"]["position"];
                    RateLimit: components["headers"]["rateLimit"];
                    "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "wh_9cj6kvw9t4xygd8qwf8q",
                     *       "url": "https://example.com/hook",
                     *       "events": [
                     *         "host.online"
                     *       ],
                     *       "active": false,
                     *       "status": "off",
                     *       "created_at": "2026-11-21T12:27:45Z",
                     *       "description": "",
                     *       "headers": [],
                     *       "limits": {
                     *         "per_second": null,
                     *         "concurrency": null
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    releaseHeld: {
        parameters: {
            query?: {
                /** @description For root keys: the tenant that the call acts for. */
                tenant?: string;
            };
            header?: {
                /** @description As an earlier answer gave it: this call is served by a process that knows that change. Waits 2 s at most, then 503. */
                "hyperhook-control-position"?: components["parameters"]["ControlPosition"];
                /** @description Any text of your own. The same key with the same request is answered as before, for 24 hours; with another request it is refused. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description As the API gave it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "rate": 100
                 *     }
                 */
                "application/json": {
                    /** @description Deliveries a second. */
                    rate?: number;
                };
            };
        };
        responses: {
            /** @description A job has begun; its own page tells how far it has got. */
            202: {
                headers: {
                    Location: components["headers"]["location"];
                    "hyperhook-control-position": components["headers"]["position"];
                    "Idempotency-Replayed": components["headers"]["replayed"];
                    RateLimit: components["headers"]["rateLimit"];
                    "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Replay"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    discardHeld: {
        parameters: {
            query?: {
                /** @description For root keys: the tenant that the call acts for. */
                tenant?: string;
            };
            header?: {
                /** @description As an earlier answer gave it: this call is served by a process that knows that change. Waits 2 s at most, then 503. */
                "hyperhook-control-position"?: components["parameters"]["ControlPosition"];
                /** @description Any text of your own. The same key with the same request is answered as before, for 24 hours; with another request it is refused. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description As the API gave it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "rate": 100
                 *     }
                 */
                "application/json": {
                    /** @description Deliveries a second. */
                    rate?: number;
                };
            };
        };
        responses: {
            /** @description A job has begun; its own page tells how far it has got. */
            202: {
                headers: {
                    Location: components["headers"]["location"];
                    "hyperhook-control-position": components["headers"]["position"];
                    "Idempotency-Replayed": components["headers"]["replayed"];
                    RateLimit: components["headers"]["rateLimit"];
                    "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Replay"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    testWebhook: {
        parameters: {
            query?: {
                /** @description For root keys: the tenant that the call acts for. */
                tenant?: string;
            };
            header?: {
                /** @description As an earlier answer gave it: this call is served by a process that knows that change. Waits 2 s at most, then 503. */
                "hyperhook-control-position"?: components["parameters"]["ControlPosition"];
                /** @description Any text of your own. The same key with the same request is answered as before, for 24 hours; with another request it is refused. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description As the API gave it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "type": "host.online"
                 *     }
                 */
                "application/json": {
                    /** @description An event type of the contract. Absent: its first. */
                    type?: string;
                };
            };
        };
        responses: {
            /** @description What came of it. */
            200: {
                headers: {
                    "hyperhook-control-position": components["headers"]["position"];
                    "Idempotency-Replayed": components["headers"]["replayed"];
                    RateLimit: components["headers"]["rateLimit"];
                    "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "delivery_id": "284b2746-93a5-5d8b-8c39-0a5ad2a3a4d1",
                     *       "type": "host.online",
                     *       "status": "delivered",
                     *       "status_code": 204,
                     *       "duration_ms": 3,
                     *       "error": null
                     *     }
                     */
                    "application/json": components["schemas"]["TestResult"];
                };
            };
            /** @description No outcome came in time; the delivery will have it. */
            202: {
                headers: {
                    "hyperhook-control-position": components["headers"]["position"];
                    "Idempotency-Replayed": components["headers"]["replayed"];
                    RateLimit: components["headers"]["rateLimit"];
                    "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TestResult"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listActivity: {
        parameters: {
            query?: {
                /** @description Ids of up to 100 webhooks, separated by commas; absent: the first 100. */
                webhooks?: string;
                /** @description For root keys: the tenant that the call acts for. */
                tenant?: string;
            };
            header?: {
                /** @description As an earlier answer gave it: this call is served by a process that knows that change. Waits 2 s at most, then 503. */
                "hyperhook-control-position"?: components["parameters"]["ControlPosition"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    RateLimit: components["headers"]["rateLimit"];
                    "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Activities"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listDeliveries: {
        parameters: {
            query?: {
                /** @description Those of one webhook. */
                webhook?: string;
                /** @description Those of one event. */
                event?: string;
                /** @description Those that stand so now. */
                status?: "pending" | "delivered" | "failed" | "expired" | "held" | "cancelled";
                /** @description What the endpoint answered last; none: it has given no answer. */
                code_class?: "1xx" | "2xx" | "3xx" | "4xx" | "5xx" | "none";
                /** @description For root keys: the tenant that the call acts for. */
                tenant?: string;
                /** @description "next" of the page before. */
                after?: string;
                /** @description How many at most, 1 to 100. */
                limit?: string;
                /** @description "previous" of the page after. */
                before?: string;
                /** @description An event type. */
                type?: string;
                /** @description Accepted at or after this moment. */
                since?: string;
                /** @description Accepted before this moment. */
                until?: string;
            };
            header?: {
                /** @description As an earlier answer gave it: this call is served by a process that knows that change. Waits 2 s at most, then 503. */
                "hyperhook-control-position"?: components["parameters"]["ControlPosition"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    Link: components["headers"]["link"];
                    RateLimit: components["headers"]["rateLimit"];
                    "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Delivery"][];
                        /** @description Send it as "after" for the next page; null: that was all. */
                        next: string | null;
                        /** @description Send it as "before" for the page before; null: there is none. */
                        previous: string | null;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getDelivery: {
        parameters: {
            query?: {
                /** @description For root keys: the tenant that the call acts for. */
                tenant?: string;
            };
            header?: {
                /** @description As an earlier answer gave it: this call is served by a process that knows that change. Waits 2 s at most, then 503. */
                "hyperhook-control-position"?: components["parameters"]["ControlPosition"];
            };
            path: {
                /** @description As the API gave it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    RateLimit: components["headers"]["rateLimit"];
                    "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryWithAttempts"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    retryDelivery: {
        parameters: {
            query?: {
                /** @description For root keys: the tenant that the call acts for. */
                tenant?: string;
            };
            header?: {
                /** @description As an earlier answer gave it: this call is served by a process that knows that change. Waits 2 s at most, then 503. */
                "hyperhook-control-position"?: components["parameters"]["ControlPosition"];
                /** @description Any text of your own. The same key with the same request is answered as before, for 24 hours; with another request it is refused. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description As the API gave it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": {
                    /** @description Writes a new time into the body, where the contract refuses old ones (Hyperspell). */
                    restamp?: boolean;
                };
            };
        };
        responses: {
            /** @description Asked for; the attempts follow. */
            202: {
                headers: {
                    Location: components["headers"]["location"];
                    "hyperhook-control-position": components["headers"]["position"];
                    "Idempotency-Replayed": components["headers"]["replayed"];
                    RateLimit: components["headers"]["rateLimit"];
                    "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "delivery_id": "f215e3fb-db3e-5167-bb38-6b9efff9bbc4",
                     *       "status": "pending",
                     *       "chain": 5,
                     *       "restamped": false,
                     *       "occurred_at": "2026-11-21T12:27:45.495Z"
                     *     }
                     */
                    "application/json": components["schemas"]["RetriedDelivery"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listen: {
        parameters: {
            query?: {
                /** @description For operators: true also sends what GET /stats answers, once a second. */
                stats?: "true" | "false";
                /** @description For root keys: the tenant that the call acts for. */
                tenant?: string;
            };
            header?: {
                /** @description As an earlier answer gave it: this call is served by a process that knows that change. Waits 2 s at most, then 503. */
                "hyperhook-control-position"?: components["parameters"]["ControlPosition"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A stream without an end of its own. */
            200: {
                headers: {
                    "X-Accel-Buffering": components["headers"]["unbuffered"];
                    RateLimit: components["headers"]["rateLimit"];
                    "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listReplays: {
        parameters: {
            query?: {
                /** @description How many at most, 1 to 100. */
                limit?: string;
                /** @description For root keys: the tenant that the call acts for. */
                tenant?: string;
                /** @description "next" of the page before. */
                after?: string;
            };
            header?: {
                /** @description As an earlier answer gave it: this call is served by a process that knows that change. Waits 2 s at most, then 503. */
                "hyperhook-control-position"?: components["parameters"]["ControlPosition"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    Link: components["headers"]["link"];
                    RateLimit: components["headers"]["rateLimit"];
                    "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Replay"][];
                        /** @description Send it as "after" for the next page; null: that was all. */
                        next: string | null;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    startReplay: {
        parameters: {
            query?: {
                /** @description For root keys: the tenant that the call acts for. */
                tenant?: string;
            };
            header?: {
                /** @description As an earlier answer gave it: this call is served by a process that knows that change. Waits 2 s at most, then 503. */
                "hyperhook-control-position"?: components["parameters"]["ControlPosition"];
                /** @description Any text of your own. The same key with the same request is answered as before, for 24 hours; with another request it is refused. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "what": "failed",
                 *       "filter": {
                 *         "since": "2026-11-21T00:00:00Z"
                 *       },
                 *       "dry_run": true
                 *     }
                 */
                "application/json": {
                    /**
                     * @description deliveries: what the filter names; failed: what failed within a time; missed: events that a webhook would want now and has no delivery of.
                     * @enum {unknown}
                     */
                    what: "deliveries" | "failed" | "missed";
                    /** @description Which ones; what is absent bounds nothing. */
                    filter?: {
                        /** @description Those of one webhook; "missed" needs it. */
                        webhook?: string;
                        /** @description An event type. */
                        type?: string;
                        /** @description How they stand. */
                        status?: ("failed" | "expired" | "cancelled" | "delivered")[];
                        /**
                         * Format: date-time
                         * @description At or after this moment.
                         */
                        since?: string;
                        /**
                         * Format: date-time
                         * @description At or before this moment.
                         */
                        until?: string;
                    };
                    /** @description Only for root keys that name no webhook. */
                    tenant?: string;
                    /** @description Counts, and sends nothing. */
                    dry_run?: boolean;
                    /** @description Deliveries a second. */
                    rate?: number;
                    /** @description Writes a new time into the bodies, where the contract refuses old ones (Hyperspell). */
                    restamp?: boolean;
                    /** @description Sends to webhooks that are off or failed, too. */
                    include_inactive?: boolean;
                };
            };
        };
        responses: {
            /** @description A dry run. */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["replayed"];
                    RateLimit: components["headers"]["rateLimit"];
                    "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayPlan"];
                };
            };
            /** @description A job has begun; its own page tells how far it has got. */
            202: {
                headers: {
                    Location: components["headers"]["location"];
                    "hyperhook-control-position": components["headers"]["position"];
                    "Idempotency-Replayed": components["headers"]["replayed"];
                    RateLimit: components["headers"]["rateLimit"];
                    "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Replay"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getReplay: {
        parameters: {
            query?: {
                /** @description For root keys: the tenant that the call acts for. */
                tenant?: string;
            };
            header?: {
                /** @description As an earlier answer gave it: this call is served by a process that knows that change. Waits 2 s at most, then 503. */
                "hyperhook-control-position"?: components["parameters"]["ControlPosition"];
            };
            path: {
                /** @description As the API gave it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    RateLimit: components["headers"]["rateLimit"];
                    "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayWithOutcomes"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    updateReplay: {
        parameters: {
            query?: {
                /** @description For root keys: the tenant that the call acts for. */
                tenant?: string;
            };
            header?: {
                /** @description As an earlier answer gave it: this call is served by a process that knows that change. Waits 2 s at most, then 503. */
                "hyperhook-control-position"?: components["parameters"]["ControlPosition"];
            };
            path: {
                /** @description As the API gave it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "rate": 1
                 *     }
                 */
                "application/json": {
                    /** @description Deliveries a second. */
                    rate: number;
                };
            };
        };
        responses: {
            /** @description As it is after the change. */
            200: {
                headers: {
                    "hyperhook-control-position": components["headers"]["position"];
                    RateLimit: components["headers"]["rateLimit"];
                    "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Replay"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    pauseReplay: {
        parameters: {
            query?: {
                /** @description For root keys: the tenant that the call acts for. */
                tenant?: string;
            };
            header?: {
                /** @description As an earlier answer gave it: this call is served by a process that knows that change. Waits 2 s at most, then 503. */
                "hyperhook-control-position"?: components["parameters"]["ControlPosition"];
                /** @description Any text of your own. The same key with the same request is answered as before, for 24 hours; with another request it is refused. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description As the API gave it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is after the change. */
            200: {
                headers: {
                    "hyperhook-control-position": components["headers"]["position"];
                    "Idempotency-Replayed": components["headers"]["replayed"];
                    RateLimit: components["headers"]["rateLimit"];
                    "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Replay"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    resumeReplay: {
        parameters: {
            query?: {
                /** @description For root keys: the tenant that the call acts for. */
                tenant?: string;
            };
            header?: {
                /** @description As an earlier answer gave it: this call is served by a process that knows that change. Waits 2 s at most, then 503. */
                "hyperhook-control-position"?: components["parameters"]["ControlPosition"];
                /** @description Any text of your own. The same key with the same request is answered as before, for 24 hours; with another request it is refused. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description As the API gave it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is after the change. */
            200: {
                headers: {
                    "hyperhook-control-position": components["headers"]["position"];
                    "Idempotency-Replayed": components["headers"]["replayed"];
                    RateLimit: components["headers"]["rateLimit"];
                    "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Replay"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    cancelReplay: {
        parameters: {
            query?: {
                /** @description For root keys: the tenant that the call acts for. */
                tenant?: string;
            };
            header?: {
                /** @description As an earlier answer gave it: this call is served by a process that knows that change. Waits 2 s at most, then 503. */
                "hyperhook-control-position"?: components["parameters"]["ControlPosition"];
                /** @description Any text of your own. The same key with the same request is answered as before, for 24 hours; with another request it is refused. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description As the API gave it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is after the change. */
            200: {
                headers: {
                    "hyperhook-control-position": components["headers"]["position"];
                    "Idempotency-Replayed": components["headers"]["replayed"];
                    RateLimit: components["headers"]["rateLimit"];
                    "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Replay"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listTenants: {
        parameters: {
            query?: {
                /** @description How many at most, 1 to 100. */
                limit?: string;
                /** @description For root keys: the tenant that the call acts for. */
                tenant?: string;
                /** @description "next" of the page before. */
                after?: string;
            };
            header?: {
                /** @description As an earlier answer gave it: this call is served by a process that knows that change. Waits 2 s at most, then 503. */
                "hyperhook-control-position"?: components["parameters"]["ControlPosition"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    Link: components["headers"]["link"];
                    RateLimit: components["headers"]["rateLimit"];
                    "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Tenant"][];
                        /** @description Send it as "after" for the next page; null: that was all. */
                        next: string | null;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    createTenant: {
        parameters: {
            query?: {
                /** @description For root keys: the tenant that the call acts for. */
                tenant?: string;
            };
            header?: {
                /** @description As an earlier answer gave it: this call is served by a process that knows that change. Waits 2 s at most, then 503. */
                "hyperhook-control-position"?: components["parameters"]["ControlPosition"];
                /** @description Any text of your own. The same key with the same request is answered as before, for 24 hours; with another request it is refused. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Acme",
                 *       "contract": "hyprwatch"
                 *     }
                 */
                "application/json": {
                    /** @description Absent: one is made (ten_…). */
                    id?: string;
                    /** @description For people. */
                    name: string;
                    /** @description Never changes. Absent: standard-webhooks. */
                    contract?: string;
                    /** @description As the contract asks for them (GET /contracts). */
                    attributes?: {
                        [key: string]: string;
                    };
                    /** @description Only where the contract signs with the secret of the tenant (Hyperspell). */
                    secret?: string;
                    /** @description False: the plan does not include webhooks. Absent: true. */
                    entitled?: boolean;
                    /** @description What the plan includes; of those that are not named nothing changes, null: what the installation gives. */
                    limits?: {
                        max_endpoints?: number | null;
                        events_per_second?: number | null;
                        max_payload_bytes?: number | null;
                    };
                };
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    ETag: components["headers"]["etag"];
                    Location: components["headers"]["location"];
                    "hyperhook-control-position": components["headers"]["position"];
                    "Idempotency-Replayed": components["headers"]["replayed"];
                    RateLimit: components["headers"]["rateLimit"];
                    "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "acme",
                     *       "name": "Acme",
                     *       "contract": "hyprwatch",
                     *       "attributes": {},
                     *       "entitled": true,
                     *       "limits": {
                     *         "max_endpoints": null,
                     *         "events_per_second": null,
                     *         "max_payload_bytes": null
                     *       },
                     *       "has_secret": false,
                     *       "created_at": "2026-11-21T12:27:45.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Tenant"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getTenant: {
        parameters: {
            query?: {
                /** @description For root keys: the tenant that the call acts for. */
                tenant?: string;
            };
            header?: {
                /** @description As an earlier answer gave it: this call is served by a process that knows that change. Waits 2 s at most, then 503. */
                "hyperhook-control-position"?: components["parameters"]["ControlPosition"];
            };
            path: {
                /** @description As the API gave it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    ETag: components["headers"]["etag"];
                    RateLimit: components["headers"]["rateLimit"];
                    "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "acme",
                     *       "name": "Acme",
                     *       "contract": "hyprwatch",
                     *       "attributes": {},
                     *       "entitled": true,
                     *       "limits": {
                     *         "max_endpoints": null,
                     *         "events_per_second": null,
                     *         "max_payload_bytes": null
                     *       },
                     *       "has_secret": false,
                     *       "created_at": "2026-11-21T12:27:45.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Tenant"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    putTenant: {
        parameters: {
            query?: {
                /** @description For root keys: the tenant that the call acts for. */
                tenant?: string;
            };
            header?: {
                /** @description As an earlier answer gave it: this call is served by a process that knows that change. Waits 2 s at most, then 503. */
                "hyperhook-control-position"?: components["parameters"]["ControlPosition"];
                /** @description The ETag of an earlier answer: the change is made over that version, or not at all (412). */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** @description As the API gave it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "entitled": true
                 *     }
                 */
                "application/json": {
                    /** @description For people. */
                    name?: string;
                    /** @description As the contract asks for them (GET /contracts); those named are replaced. */
                    attributes?: {
                        [key: string]: string;
                    };
                    /** @description False: the plan does not include webhooks. */
                    entitled?: boolean;
                    /** @description What the plan includes; of those that are not named nothing changes, null: what the installation gives. */
                    limits?: {
                        max_endpoints?: number | null;
                        events_per_second?: number | null;
                        max_payload_bytes?: number | null;
                    };
                };
            };
        };
        responses: {
            /** @description As it is after the change. */
            200: {
                headers: {
                    ETag: components["headers"]["etag"];
                    "hyperhook-control-position": components["headers"]["position"];
                    RateLimit: components["headers"]["rateLimit"];
                    "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "acme",
                     *       "name": "Acme",
                     *       "contract": "hyprwatch",
                     *       "attributes": {},
                     *       "entitled": true,
                     *       "limits": {
                     *         "max_endpoints": null,
                     *         "events_per_second": null,
                     *         "max_payload_bytes": null
                     *       },
                     *       "has_secret": false,
                     *       "created_at": "2026-11-21T12:27:45.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Tenant"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    deleteTenant: {
        parameters: {
            query?: {
                /** @description For root keys: the tenant that the call acts for. */
                tenant?: string;
            };
            header?: {
                /** @description As an earlier answer gave it: this call is served by a process that knows that change. Waits 2 s at most, then 503. */
                "hyperhook-control-position"?: components["parameters"]["ControlPosition"];
                /** @description The ETag of an earlier answer: the change is made over that version, or not at all (412). */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** @description As the API gave it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    "hyperhook-control-position": components["headers"]["position"];
                    RateLimit: components["headers"]["rateLimit"];
                    "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    updateTenant: {
        parameters: {
            query?: {
                /** @description For root keys: the tenant that the call acts for. */
                tenant?: string;
            };
            header?: {
                /** @description As an earlier answer gave it: this call is served by a process that knows that change. Waits 2 s at most, then 503. */
                "hyperhook-control-position"?: components["parameters"]["ControlPosition"];
                /** @description The ETag of an earlier answer: the change is made over that version, or not at all (412). */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** @description As the API gave it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "name": "Acme Corporation"
                 *     }
                 */
                "application/json": {
                    /** @description For people. */
                    name?: string;
                    /** @description As the contract asks for them (GET /contracts); those named are replaced. */
                    attributes?: {
                        [key: string]: string;
                    };
                    /** @description False: the plan does not include webhooks. */
                    entitled?: boolean;
                    /** @description What the plan includes; of those that are not named nothing changes, null: what the installation gives. */
                    limits?: {
                        max_endpoints?: number | null;
                        events_per_second?: number | null;
                        max_payload_bytes?: number | null;
                    };
                };
            };
        };
        responses: {
            /** @description As it is after the change. */
            200: {
                headers: {
                    ETag: components["headers"]["etag"];
                    "hyperhook-control-position": components["headers"]["position"];
                    RateLimit: components["headers"]["rateLimit"];
                    "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "acme",
                     *       "name": "Acme Corporation",
                     *       "contract": "hyprwatch",
                     *       "attributes": {},
                     *       "entitled": true,
                     *       "limits": {
                     *         "max_endpoints": null,
                     *         "events_per_second": null,
                     *         "max_payload_bytes": null
                     *       },
                     *       "has_secret": false,
                     *       "created_at": "2026-11-21T12:27:45.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Tenant"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    setTenantSecret: {
        parameters: {
            query?: {
                /** @description For root keys: the tenant that the call acts for. */
                tenant?: string;
            };
            header?: {
                /** @description As an earlier answer gave it: this call is served by a process that knows that change. Waits 2 s at most, then 503. */
                "hyperhook-control-position"?: components["parameters"]["ControlPosition"];
                /** @description The ETag of an earlier answer: the change is made over that version, or not at all (412). */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** @description As the API gave it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "secret": "the-jwt-secret-of-the-app"
                 *     }
                 */
                "application/json": {
                    /** @description Within the bounds of the contract; never shown again. */
                    secret: string;
                };
            };
        };
        responses: {
            /** @description As it is after the change. */
            200: {
                headers: {
                    ETag: components["headers"]["etag"];
                    "hyperhook-control-position": components["headers"]["position"];
                    RateLimit: components["headers"]["rateLimit"];
                    "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "acme",
                     *       "name": "Acme",
                     *       "contract": "hyperspell",
                     *       "attributes": {
                     *         "app": "demo"
                     *       },
                     *       "entitled": true,
                     *       "limits": {
                     *         "max_endpoints": null,
                     *         "events_per_second": null,
                     *         "max_payload_bytes": null
                     *       },
                     *       "has_secret": true,
                     *       "created_at": "2026-11-21T12:27:45.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Tenant"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    revealTenantSecret: {
        parameters: {
            query?: {
                /** @description For root keys: the tenant that the call acts for. */
                tenant?: string;
            };
            header?: {
                /** @description As an earlier answer gave it: this call is served by a process that knows that change. Waits 2 s at most, then 503. */
                "hyperhook-control-position"?: components["parameters"]["ControlPosition"];
                /** @description Any text of your own. The same key with the same request is answered as before, for 24 hours; with another request it is refused. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description As the API gave it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description In clear. */
            200: {
                headers: {
                    "hyperhook-control-position": components["headers"]["position"];
                    "Idempotency-Replayed": components["headers"]["replayed"];
                    RateLimit: components["headers"]["rateLimit"];
                    "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RevealedSecret"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    issuePortalToken: {
        parameters: {
            query?: {
                /** @description For root keys: the tenant that the call acts for. */
                tenant?: string;
            };
            header?: {
                /** @description As an earlier answer gave it: this call is served by a process that knows that change. Waits 2 s at most, then 503. */
                "hyperhook-control-position"?: components["parameters"]["ControlPosition"];
                /** @description Any text of your own. The same key with the same request is answered as before, for 24 hours; with another request it is refused. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description As the API gave it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "expires_in_seconds": 900
                 *     }
                 */
                "application/json": {
                    /** @description Absent: an hour. */
                    expires_in_seconds?: number;
                    /** @description True: it has the scope secrets:reveal, which the key that asks must have. */
                    reveal_secrets?: boolean;
                };
            };
        };
        responses: {
            /** @description Made, and stored nowhere. */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["replayed"];
                    RateLimit: components["headers"]["rateLimit"];
                    "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PortalToken"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    eraseData: {
        parameters: {
            query?: {
                /** @description For root keys: the tenant that the call acts for. */
                tenant?: string;
            };
            header?: {
                /** @description As an earlier answer gave it: this call is served by a process that knows that change. Waits 2 s at most, then 503. */
                "hyperhook-control-position"?: components["parameters"]["ControlPosition"];
                /** @description Any text of your own. The same key with the same request is answered as before, for 24 hours; with another request it is refused. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description As the API gave it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "event_ids": [
                 *         "evt_1"
                 *       ]
                 *     }
                 */
                "application/json": {
                    event_ids?: string[];
                    match?: {
                        pointer: string;
                        equals: string | number | boolean | null;
                    };
                };
            };
        };
        responses: {
            /** @description It will be done. */
            202: {
                headers: {
                    "hyperhook-control-position": components["headers"]["position"];
                    "Idempotency-Replayed": components["headers"]["replayed"];
                    RateLimit: components["headers"]["rateLimit"];
                    "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Erasing"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listKeys: {
        parameters: {
            query?: {
                /** @description How many at most, 1 to 100. */
                limit?: string;
                /** @description For root keys: the tenant that the call acts for. */
                tenant?: string;
                /** @description "next" of the page before. */
                after?: string;
            };
            header?: {
                /** @description As an earlier answer gave it: this call is served by a process that knows that change. Waits 2 s at most, then 503. */
                "hyperhook-control-position"?: components["parameters"]["ControlPosition"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    Link: components["headers"]["link"];
                    RateLimit: components["headers"]["rateLimit"];
                    "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Key"][];
                        /** @description Send it as "after" for the next page; null: that was all. */
                        next: string | null;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    createKey: {
        parameters: {
            query?: {
                /** @description For root keys: the tenant that the call acts for. */
                tenant?: string;
            };
            header?: {
                /** @description As an earlier answer gave it: this call is served by a process that knows that change. Waits 2 s at most, then 503. */
                "hyperhook-control-position"?: components["parameters"]["ControlPosition"];
                /** @description Any text of your own. The same key with the same request is answered as before, for 24 hours; with another request it is refused. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "backend",
                 *       "scopes": [
                 *         "admin"
                 *       ]
                 *     }
                 */
                "application/json": {
                    /** @description For people. */
                    name: string;
                    /** @description Whom it speaks for. Absent: nobody alone; a root key. */
                    tenant?: string;
                    /** @description Absent: what a customer needs, or admin for a root key. */
                    scopes?: ("events:write" | "events:read" | "endpoints:read" | "endpoints:write" | "deliveries:read" | "deliveries:replay" | "secrets:reveal" | "admin")[];
                    /**
                     * Format: date-time
                     * @description Still to come. Absent: never.
                     */
                    expires_at?: string;
                };
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    "hyperhook-control-position": components["headers"]["position"];
                    "Idempotency-Replayed": components["headers"]["replayed"];
                    RateLimit: components["headers"]["rateLimit"];
                    "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "key_2knsn75h3pq1s3xff6rm",
                     *       "key": "hh_root_k_0aFcofjKu9rARtwTopHkFUjTIKRGltDB3rRzn2sto",
                     *       "prefix": "hh_root_k_0a",
                     *       "name": "backend",
                     *       "tenant": null,
                     *       "scopes": [
                     *         "admin"
                     *       ],
                     *       "expires_at": null,
                     *       "created_at": "2026-11-21T12:27:45.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["KeyWithText"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getKey: {
        parameters: {
            query?: {
                /** @description For root keys: the tenant that the call acts for. */
                tenant?: string;
            };
            header?: {
                /** @description As an earlier answer gave it: this call is served by a process that knows that change. Waits 2 s at most, then 503. */
                "hyperhook-control-position"?: components["parameters"]["ControlPosition"];
            };
            path: {
                /** @description As the API gave it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    RateLimit: components["headers"]["rateLimit"];
                    "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "key_2knsn75h3pq1s3xff6rm",
                     *       "prefix": "hw_live_pHiR",
                     *       "name": "backend",
                     *       "tenant": "acme",
                     *       "scopes": [
                     *         "events:write"
                     *       ],
                     *       "expires_at": null,
                     *       "created_at": "2026-11-21T12:27:45.000Z",
                     *       "last_used_at": null
                     *     }
                     */
                    "application/json": components["schemas"]["Key"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    revokeKey: {
        parameters: {
            query?: {
                /** @description For root keys: the tenant that the call acts for. */
                tenant?: string;
            };
            header?: {
                /** @description As an earlier answer gave it: this call is served by a process that knows that change. Waits 2 s at most, then 503. */
                "hyperhook-control-position"?: components["parameters"]["ControlPosition"];
            };
            path: {
                /** @description As the API gave it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    "hyperhook-control-position": components["headers"]["position"];
                    RateLimit: components["headers"]["rateLimit"];
                    "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getStats: {
        parameters: {
            query?: {
                /** @description For root keys: the tenant that the call acts for. */
                tenant?: string;
            };
            header?: {
                /** @description As an earlier answer gave it: this call is served by a process that knows that change. Waits 2 s at most, then 503. */
                "hyperhook-control-position"?: components["parameters"]["ControlPosition"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    RateLimit: components["headers"]["rateLimit"];
                    "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Stats"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getMinutes: {
        parameters: {
            query?: {
                /** @description For root keys: the tenant that the call acts for. */
                tenant?: string;
            };
            header?: {
                /** @description As an earlier answer gave it: this call is served by a process that knows that change. Waits 2 s at most, then 503. */
                "hyperhook-control-position"?: components["parameters"]["ControlPosition"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    RateLimit: components["headers"]["rateLimit"];
                    "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Minutes"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listProcesses: {
        parameters: {
            query?: {
                /** @description For root keys: the tenant that the call acts for. */
                tenant?: string;
            };
            header?: {
                /** @description As an earlier answer gave it: this call is served by a process that knows that change. Waits 2 s at most, then 503. */
                "hyperhook-control-position"?: components["parameters"]["ControlPosition"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    RateLimit: components["headers"]["rateLimit"];
                    "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Processes"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listQuarantine: {
        parameters: {
            query?: {
                /** @description For root keys: the tenant that the call acts for. */
                tenant?: string;
                /** @description "next" of the page before. */
                after?: string;
                /** @description How many at most, 1 to 100. */
                limit?: string;
                /** @description "previous" of the page after. */
                before?: string;
            };
            header?: {
                /** @description As an earlier answer gave it: this call is served by a process that knows that change. Waits 2 s at most, then 503. */
                "hyperhook-control-position"?: components["parameters"]["ControlPosition"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    Link: components["headers"]["link"];
                    RateLimit: components["headers"]["rateLimit"];
                    "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["QuarantinedRecord"][];
                        /** @description Send it as "after" for the next page; null: that was all. */
                        next: string | null;
                        /** @description Send it as "before" for the page before; null: there is none. */
                        previous: string | null;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    redriveRecord: {
        parameters: {
            query?: {
                /** @description For root keys: the tenant that the call acts for. */
                tenant?: string;
            };
            header?: {
                /** @description As an earlier answer gave it: this call is served by a process that knows that change. Waits 2 s at most, then 503. */
                "hyperhook-control-position"?: components["parameters"]["ControlPosition"];
                /** @description Any text of your own. The same key with the same request is answered as before, for 24 hours; with another request it is refused. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "topic": "events",
                 *       "partition": 0,
                 *       "offset": 12
                 *     }
                 */
                "application/json": {
                    topic: string;
                    partition: number;
                    offset: number;
                };
            };
        };
        responses: {
            /** @description Where it stands now. */
            200: {
                headers: {
                    "hyperhook-control-position": components["headers"]["position"];
                    "Idempotency-Replayed": components["headers"]["replayed"];
                    RateLimit: components["headers"]["rateLimit"];
                    "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RedrivenRecord"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listAudit: {
        parameters: {
            query?: {
                /** @description "previous" of the page after. */
                before?: string;
                /** @description Who decided: key:… */
                actor?: string;
                /** @description What was decided, like endpoint.updated. */
                type?: string;
                /** @description About which webhook, tenant or key. */
                subject?: string;
                /** @description At or after this moment. */
                since?: string;
                /** @description Before this moment. */
                until?: string;
                /** @description For root keys: the tenant that the call acts for. */
                tenant?: string;
                /** @description "next" of the page before. */
                after?: string;
                /** @description How many at most, 1 to 100. */
                limit?: string;
            };
            header?: {
                /** @description As an earlier answer gave it: this call is served by a process that knows that change. Waits 2 s at most, then 503. */
                "hyperhook-control-position"?: components["parameters"]["ControlPosition"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    Link: components["headers"]["link"];
                    RateLimit: components["headers"]["rateLimit"];
                    "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["AuditEntry"][];
                        /** @description Send it as "after" for the next page; null: that was all. */
                        next: string | null;
                        /** @description Send it as "before" for the page before; null: there is none. */
                        previous: string | null;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    importLines: {
        parameters: {
            query?: {
                /** @description For root keys: the tenant that the call acts for. */
                tenant?: string;
            };
            header?: {
                /** @description As an earlier answer gave it: this call is served by a process that knows that change. Waits 2 s at most, then 503. */
                "hyperhook-control-position"?: components["parameters"]["ControlPosition"];
                /** @description Any text of your own. The same key with the same request is answered as before, for 24 hours; with another request it is refused. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "lines": [
                 *         {
                 *           "kind": "tenant",
                 *           "id": "moved",
                 *           "name": "Moved in",
                 *           "contract": "hyprwatch"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": {
                    lines: unknown[];
                    /** @enum {unknown} */
                    on_conflict?: "fail" | "skip" | "update";
                    dry_run?: boolean;
                };
            };
        };
        responses: {
            /** @description What became of each line, in their order. */
            200: {
                headers: {
                    "hyperhook-control-position": components["headers"]["position"];
                    "Idempotency-Replayed": components["headers"]["replayed"];
                    RateLimit: components["headers"]["rateLimit"];
                    "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Imported"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    exportLines: {
        parameters: {
            query?: {
                /** @description For root keys: the tenant that the call acts for. */
                tenant?: string;
            };
            header?: {
                /** @description As an earlier answer gave it: this call is served by a process that knows that change. Waits 2 s at most, then 503. */
                "hyperhook-control-position"?: components["parameters"]["ControlPosition"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Lines as an import takes them. */
            200: {
                headers: {
                    RateLimit: components["headers"]["rateLimit"];
                    "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    backupControl: {
        parameters: {
            query?: {
                /** @description For root keys: the tenant that the call acts for. */
                tenant?: string;
            };
            header?: {
                /** @description As an earlier answer gave it: this call is served by a process that knows that change. Waits 2 s at most, then 503. */
                "hyperhook-control-position"?: components["parameters"]["ControlPosition"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Records of control, with their offsets. */
            200: {
                headers: {
                    RateLimit: components["headers"]["rateLimit"];
                    "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listContracts: {
        parameters: {
            query?: {
                /** @description For root keys: the tenant that the call acts for. */
                tenant?: string;
            };
            header?: {
                /** @description As an earlier answer gave it: this call is served by a process that knows that change. Waits 2 s at most, then 503. */
                "hyperhook-control-position"?: components["parameters"]["ControlPosition"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    RateLimit: components["headers"]["rateLimit"];
                    "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contracts"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listTiers: {
        parameters: {
            query?: {
                /** @description For root keys: the tenant that the call acts for. */
                tenant?: string;
            };
            header?: {
                /** @description As an earlier answer gave it: this call is served by a process that knows that change. Waits 2 s at most, then 503. */
                "hyperhook-control-position"?: components["parameters"]["ControlPosition"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    RateLimit: components["headers"]["rateLimit"];
                    "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tiers"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getMe: {
        parameters: {
            query?: {
                /** @description For root keys: the tenant that the call acts for. */
                tenant?: string;
            };
            header?: {
                /** @description As an earlier answer gave it: this call is served by a process that knows that change. Waits 2 s at most, then 503. */
                "hyperhook-control-position"?: components["parameters"]["ControlPosition"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    RateLimit: components["headers"]["rateLimit"];
                    "RateLimit-Policy": components["headers"]["rateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            404: components["responses"]["Problem404"];
            408: components["responses"]["Problem408"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    isLive: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It lives. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        live: true;
                        /** @description Since it was started. */
                        uptimeSeconds: number;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            408: components["responses"]["Problem408"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
        };
    };
    isReady: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It may. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description May it get work? */
                        ready: boolean;
                        /** @description What is not well, by name. */
                        reasons: {
                            [key: string]: string;
                        };
                    };
                };
            };
            400: components["responses"]["Problem400"];
            408: components["responses"]["Problem408"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            /** @description Not now; the reasons are told. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description May it get work? */
                        ready: boolean;
                        /** @description What is not well, by name. */
                        reasons: {
                            [key: string]: string;
                        };
                    };
                };
            };
        };
    };
    readMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The figures. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            400: components["responses"]["Problem400"];
            408: components["responses"]["Problem408"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
        };
    };
    readDocument: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OpenAPI 3.1. */
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
            400: components["responses"]["Problem400"];
            408: components["responses"]["Problem408"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
        };
    };
    readPage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description For people. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            400: components["responses"]["Problem400"];
            408: components["responses"]["Problem408"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
        };
    };
}
