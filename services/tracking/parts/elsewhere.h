/* elsewhere.h: what the engine asks before and beside each request (common/service/spec.h): is what it names here, and
 * may it change now? */
#ifndef SERVICES_TRACKING_PARTS_ELSEWHERE_H
#define SERVICES_TRACKING_PARTS_ELSEWHERE_H

#include "common/service/work.h"

bool tracking_is_here(const struct work *work, const ProtobufCMessage *request, struct refusal *ret_refusal);
bool tracking_is_held(const struct work *work, const void *event);
bool tracking_is_elsewhere_too(const struct work *work, const ProtobufCMessage *request);

/* As service_spec.each_erased: who was erased, and who has gone; neither has a key here. */
void tracking_each_without_key(struct txn *txn, bool (*see)(void *argument, struct id id), void *argument);

#endif
