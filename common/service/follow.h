/* follow.h: the events of others, taken in each once: which daemons are followed, and how far. */
#ifndef COMMON_SERVICE_FOLLOW_H
#define COMMON_SERVICE_FOLLOW_H

#include "common/service/item.h"

/* Says whom the daemon follows: loop side, before the first batch. From which number on it takes in, as does
 * engine_source_position(): where its copies are filled again, that is less than was taken in. */
uint64_t engine_follow(struct engine *engine, const struct subscription *subscription, const char *source);
uint64_t engine_source_position(struct engine *engine, const char *source);
/* Whether record `number` of the source, whose hash this is, is the one that was taken in. True where it cannot be
 * told. */
bool engine_took_in(struct engine *engine, const char *source, uint64_t number, struct slice hash);
bool engine_is_filling(const struct engine *engine); /* nothing that rests on copies is answered meanwhile */

#endif
