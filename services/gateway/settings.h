/* settings.h: what an instance's "settings" in the topology may say of a gateway. */
#ifndef SERVICES_GATEWAY_SETTINGS_H
#define SERVICES_GATEWAY_SETTINGS_H

#include "common/service/spec.h"

struct gateway_settings {
        const char *web;                  /* directory of the built page */
        const char *rules;                /* directory of the dated rules; "": see config_rules_directory() */
        const char *table;                /* program that reads files; "": guichet-table beside the gateway's own */
        int64_t table_timeout_ms;         /* for it to read one */
        const char *print;                /* program that prints documents; "": guichet-print beside it */
        int64_t print_timeout_ms;         /* for it to print one */
        int64_t connections_max;          /* that have asked something, at the same time */
        int64_t strangers_per_address;    /* connections without a token that one address may hold */
        int64_t head_timeout_s;           /* for the first line and the headers of a request */
        int64_t request_timeout_s;        /* for the rest of it, and for its answer to be taken */
        int64_t idle_timeout_s;           /* between two requests */
        int64_t requests_per_s;           /* of an account, in the long run; 0: any number */
        int64_t strangers_requests_per_s; /* of those without a token, from one address; 0: any number */
        int64_t requests_at_once;         /* of one that was quiet before */
        int64_t streams_max;              /* event streams open at the same time */
        int64_t streams_per_account;      /* of one account */
        int64_t heartbeat_s;              /* of a stream on which nothing is told */
        const char *proxies;              /* reverse proxies whose X-Forwarded-For is believed, by spaces; "": none */
        const char *origins;              /* of pages elsewhere that may ask, by spaces; "": none */
        const char *oidc;                 /* file of identity providers (oidc/provider.h); "": none */
        const char *about;                /* file of who runs the network (links/about.h); "": not said */
        const char *demo_sign_ins;        /* file of tokens by role; "": none */
        int64_t stranger_age_s;           /* of a connection that has shown no token */
        int64_t query_timeout_ms;         /* for a daemon to answer a query */
        int64_t command_timeout_ms;       /* the same for one sending of a command, which is sent up to three times */
};

enum { GATEWAY_SETTINGS_COUNT = 25 };

extern const struct config_row gateway_settings_rows[GATEWAY_SETTINGS_COUNT];

/* Of what start() made, which begins with them. */
static inline const struct gateway_settings *gateway_settings_of(const void *context)
{
        return context;
}

#endif
