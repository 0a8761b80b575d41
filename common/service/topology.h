/* topology.h: the whole network on one screen: instances, endpoints, public keys, stores, partitions, and who may talk.
 * Read from topology.json (made by `guichetctl init` from deploy/topology.json); secrets are in keys/<name>.key beside
 * it, readable by their owner only. Everything returned is owned by the topology. A partition's territories are told
 * to its daemon as the setting "territories": "09,12,31". */
#ifndef COMMON_SERVICE_TOPOLOGY_H
#define COMMON_SERVICE_TOPOLOGY_H

#include <jansson.h>
#include <stdbool.h>

#include "common/base/err.h"
#include "common/codec/passport.h"

enum { CURVE_TEXT_SIZE = 41 }; /* Z85, with its end */

struct instance {
        const char *name;         /* "tracking-1" */
        const char *service;      /* "tracking" */
        const char *endpoint;     /* ROUTER: commands and queries */
        const char *events;       /* PUB; NULL: tells nothing */
        const char *store;        /* absolute path of its store's directory */
        const char *http;         /* gateways: "127.0.0.1:8080" */
        const char *public_key;   /* CURVE, Z85 */
        uint32_t partition;       /* 0: not partitioned */
        const char **territories; /* of the partition, ended by NULL; empty: any */
        const json_t *settings;   /* object or NULL */
};

struct peer { /* tools that may connect without being a daemon: guichetctl, benches */
        const char *name;
        const char *public_key;
};

struct topology {
        const char *network;
        const char *directory; /* where the file is: run directory */
        struct instance *instances;
        size_t instance_count;
        struct peer *peers;
        size_t peer_count;
        struct signer *signers;
        size_t signer_count;
        json_t *json;
        struct arena arena;
};

int topology_load(const char *path, struct topology **ret, struct err_info *info) ATTR_MUST_CHECK;
void topology_free(struct topology *topology);
const struct instance *topology_instance(const struct topology *topology, const char *name);
/* The n-th instance of a service; NULL past the last. */
const struct instance *topology_of_service(const struct topology *topology, const char *service, size_t n);
/* The first territory that a partition names; NULL where none does. Borrowed. */
const char *topology_home(const struct topology *topology);
/* The tracking instance (or any partitioned service's) that has this partition, this territory. NULL: none. */
const struct instance *topology_of_partition(const struct topology *topology, const char *service, uint32_t partition);
const struct instance *topology_of_territory(const struct topology *topology, const char *service,
                                             const char *territory);

/* keys/<name>.key */
struct secrets {
        char curve_public[CURVE_TEXT_SIZE];
        char curve_secret[CURVE_TEXT_SIZE];
        uint8_t signing_secret[SIGNING_SECRET_SIZE];
        uint8_t master_key[32]; /* wraps the keys of persons (tracking) */
        uint8_t shared_key[32]; /* secrets_load_shared() */
        bool has_shared_key;
};
int secrets_load(const struct topology *topology, const char *name, struct secrets *ret,
                 struct err_info *info) ATTR_MUST_CHECK;
/* Never overwrites: ERR_CONFIG where the file exists. */
int secrets_create(const char *directory, const char *name, struct secrets *ret, struct err_info *info) ATTR_MUST_CHECK;

/* keys/<name>.key with one key in it, the same for all instances of a service, on every machine. 0 with
 * has_shared_key false: there is no such file (yet). */
int secrets_load_shared(const char *directory, const char *name, struct secrets *ret,
                        struct err_info *info) ATTR_MUST_CHECK;
/* Makes it where it is missing; one that is there stays. */
int secrets_create_shared(const char *directory, const char *name, struct err_info *info) ATTR_MUST_CHECK;

#endif
