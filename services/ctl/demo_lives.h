/* demo_lives.h: what happens to the persons of the demo region between referral and work, and while they work:
 * proposals with their steps, contacts, months that are sent back. As demo_phase.make and .took. */
#ifndef SERVICES_CTL_DEMO_LIVES_H
#define SERVICES_CTL_DEMO_LIVES_H

#include <protobuf-c/protobuf-c.h>

#include "common/base/arena.h"
#include "services/ctl/demo_plan.h"

const ProtobufCMessage *demo_make_proposal(const struct demo_plan *plan, size_t n, struct arena *arena);
void demo_took_proposal(struct demo_plan *plan, size_t n, const ProtobufCMessage *body);
const ProtobufCMessage *demo_make_sending(const struct demo_plan *plan, size_t n, struct arena *arena);
const ProtobufCMessage *demo_make_answer(const struct demo_plan *plan, size_t n, struct arena *arena);
const ProtobufCMessage *demo_make_postponement(const struct demo_plan *plan, size_t n, struct arena *arena);
const ProtobufCMessage *demo_make_withdrawal(const struct demo_plan *plan, size_t n, struct arena *arena);
const ProtobufCMessage *demo_make_contact(const struct demo_plan *plan, size_t n, struct arena *arena);
const ProtobufCMessage *demo_make_return(const struct demo_plan *plan, size_t n, struct arena *arena);

#endif
