/* link.h: a tool's connection to the network: guichetctl, tests, benches. Blocking, one thread, not for daemons.
 * Partitioned services are routed by id or territory (route.h). */
#ifndef COMMON_CLIENTS_LINK_H
#define COMMON_CLIENTS_LINK_H

#include "common/base/arena.h"
#include "common/codec/catalogue.h"
#include "common/service/topology.h"

struct link;

struct link_options {
        const char *peer;    /* whose keys to use: "ctl" */
        uint32_t timeout_ms; /* of one call, resending inside it; 0 = 10,000 */
};

int link_open(const struct topology *topology, const struct link_options *options, struct link **ret,
              struct err_info *info) ATTR_MUST_CHECK;
void link_close(struct link *link);
const struct topology *link_topology(const struct link *link);

const char *link_peer(const struct link *link); /* whose keys it has, and who signs */
/* Who acts from now on; signed with the peer's key, renewed before it expires (its signer and its end are filled in
 * here). Copied. Until the first call nobody acts. */
void link_act_as(struct link *link, const Wire__Passport *passport);

struct answer {
        const ProtobufCMessage *body; /* of the method's output type; NULL: refused */
        const Types__Refusal *refusal;
        uint64_t position;
        bool repeated_key;
        bool also_elsewhere; /* wire.Reply */
};

/* 0 with *ret filled in (in `arena`), ERR_TIMEOUT, ERR_CONFIG (no such method)… A command gets a fresh idempotency key
 * unless `key` is given; it is sent again with the same key until it is answered or the time is over. Where no instance
 * is responsible the answer is a refusal, made here. Answers to posts that come meanwhile are lost: resend those. */
int link_call(struct link *link, const char *method, const ProtobufCMessage *request, const struct id *key,
              struct arena *arena, struct answer *ret, struct err_info *info) ATTR_MUST_CHECK;
/* The same, to one given instance. */
int link_call_instance(struct link *link, const struct instance *instance, const char *method,
                       const ProtobufCMessage *request, const struct id *key, struct arena *arena, struct answer *ret,
                       struct err_info *info) ATTR_MUST_CHECK;

/* Many in flight. link_post() sends (0 or err); link_collect() waits for any answer, at most timeout_ms (0: does not
 * wait): 1 one came, 0 none, negative err. The reply's id is the key that was posted, its body is to be decoded as the
 * posted method's output. Resending is the caller's. */
int link_post(struct link *link, const struct instance *instance, const char *method, const ProtobufCMessage *request,
              struct id key, struct err_info *info) ATTR_MUST_CHECK;
/* The same with the request as it goes over the wire. */
int link_post_bytes(struct link *link, const struct instance *instance, const char *method, struct slice request,
                    struct id key, struct err_info *info) ATTR_MUST_CHECK;
int link_collect(struct link *link, uint32_t timeout_ms, struct arena *arena, Wire__Reply **ret,
                 struct err_info *info) ATTR_MUST_CHECK;

#endif
