/* settings.h: what an instance's "settings" in the topology may say of a gateway. */
#ifndef SERVICES_GATEWAY_SETTINGS_H
#define SERVICES_GATEWAY_SETTINGS_H

#include "common/service/spec.h"

struct gateway_settings {
        const char *web;             /* directory of the built page */
        int64_t connections_max;     /* open at the same time */
        int64_t request_timeout_s;   /* for a request to come in whole, and for its answer to be taken */
        int64_t idle_timeout_s;      /* nothing at all on the connection */
        int64_t query_timeout_ms;    /* for a daemon to answer a query */
        int64_t token_life_days;     /* of a token for which CreateUser says nothing else */
        int64_t command_timeout_ms;  /* the same for one sending of a command, which is sent up to three times */
};

enum { GATEWAY_SETTINGS_COUNT = 7 };

extern const struct config_row gateway_settings_rows[GATEWAY_SETTINGS_COUNT];

#endif
