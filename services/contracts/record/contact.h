/* contact.h: the professionals whom contracts names (a company's responsible, the buyer's contact of a consultation):
 * persons too, so sealed, each record with a key of its own that can be destroyed, and destroyed when another takes its
 * place. Called by handlers and by the queries that may show them. */
#ifndef SERVICES_CONTRACTS_RECORD_CONTACT_H
#define SERVICES_CONTRACTS_RECORD_CONTACT_H

#include "common/service/work.h"
#include "contracts/control.pb-c.h"

/* Seals with a new key; *ret_id is the key's. False with *ret_refusal: UNAVAILABLE. */
bool contact_seal(struct work *work, const Contracts__SealedPerson *person, Types__Id **ret_id,
                  struct slice *ret_sealed, struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* NULL: there is none (`id` NULL), or its key is destroyed or does not hold. */
const Contracts__SealedPerson *contact_open(const struct work *work, const Types__Id *id, ProtobufCBinaryData sealed);

#endif
