/* made.h: that an instance's store was made, remembered beside its key (keys/NAME.made): a store is made once, when the
 * instance first starts after `guichetctl init`. Whoever finds none later has lost it, and must not begin a new one in
 * silence: its followers would take nothing more in, and what it held would look as if it had never been. */
#ifndef COMMON_SERVICE_MADE_H
#define COMMON_SERVICE_MADE_H

#include "common/service/topology.h"

/* What was made; a file for each, so that a later program can add one. */
enum made_part { MADE_STORE, MADE_KEYS };

bool made_before(const struct topology *topology, const char *instance, enum made_part part);
/* Remembers it; nothing where it is remembered already. */
int made_remember(const struct topology *topology, const char *instance, enum made_part part,
                  struct err_info *info) ATTR_MUST_CHECK;

#endif
