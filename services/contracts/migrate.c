#include "services/contracts/migrate.h"

#include "common/service/verify.h"
#include "common/store/eventlog.h"
#include "services/contracts/events.h"
#include "services/contracts/store/store.h"

static void clear_tables(struct txn *txn)
{
        for (size_t i = 0; i < CONTRACTS_TABLE_COUNT; i++)
                if (contracts_tables[i].kind == TABLE_STATE)
                        txn_clear_table(txn, RUNTIME_TABLES + i);
}

int contracts_migrate_by_replay(struct txn *txn, struct err_info *info)
{
        scoped(arena_fini) struct arena arena = {0};
        struct log_entry entry;
        struct log_walk walk;
        struct event event;
        int err = 0;

        clear_tables(txn);
        log_walk_begin(txn, 1, &walk);
        while (err == 0 && log_walk_next(&walk, &entry)) {
                if (event_of_entry(&contracts__event__descriptor, "", entry.record, entry.sealed, &arena, &event))
                        contracts_apply(txn, &arena, &event);
                else
                        err = err_set(info, ERR_STORE, "event %llu of the log cannot be read",
                                      (unsigned long long)entry.number);
                arena_reset(&arena);
        }
        log_walk_end(&walk);
        return err;
}
