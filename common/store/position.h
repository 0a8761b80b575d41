/* position.h: how far this daemon has taken in another one's events. Written in the transaction of their effect. */
#ifndef COMMON_STORE_POSITION_H
#define COMMON_STORE_POSITION_H

#include "common/store/store.h"

uint64_t position_get(struct txn *txn, const char *source_instance); /* 0: nothing yet */
void position_put(struct txn *txn, const char *source_instance, uint64_t number);

#endif
