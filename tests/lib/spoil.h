/* spoil.h: one field of a request is spoilt: absent, at the ends of what it may hold and over them, of a wrong form, an
 * id of another thing, a list of too many. Which field and how follows from two numbers, so that a fuzzer chooses. */
#ifndef TESTS_LIB_SPOIL_H
#define TESTS_LIB_SPOIL_H

#include "tests/lib/plausible.h"

/* `which` picks the field, and the one within it where it is a message; `how` what stands there then. In the arena. */
void spoil(struct plausible *pool, ProtobufCMessage *message, uint16_t which, uint8_t how, struct arena *arena);

#endif
