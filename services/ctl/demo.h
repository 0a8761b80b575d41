/* demo.h: loads the demo region into the network. For demo and journey. Failures are told on standard error. */
#ifndef SERVICES_CTL_DEMO_H
#define SERVICES_CTL_DEMO_H

#include "services/ctl/session.h"

struct demo_options {
        const char *directory; /* run directory: demo.json, tokens.json */
        const char *tables;    /* NULL: deploy/demo */
        uint64_t seed;
};

/* Loading again does nothing: the keys are derived from the seed and the day of the first loading. */
bool demo_load(struct session *session, const struct demo_options *options) ATTR_MUST_CHECK;

#endif
