/* rooms.h: the rooms of the daemon put together: their tables in one store. Called by dispatch.c. */
#ifndef SERVICES_ACCOUNTS_ROOMS_H
#define SERVICES_ACCOUNTS_ROOMS_H

#include "common/store/tables.h"
#include "services/accounts/exports/exports_rows.h"
#include "services/accounts/journal/journal_rows.h"
#include "services/accounts/keys/keys_rows.h"
#include "services/accounts/links/links_rows.h"
#include "services/accounts/mail/mail_rows.h"
#include "services/accounts/people/people_rows.h"
#include "services/accounts/sign_in/binding_rows.h"
#include "services/accounts/sign_in/sign_in_rows.h"

#define ROOM_TABLES(TABLE)                                                                                             \
        PEOPLE_TABLES(TABLE)                                                                                           \
        KEYS_TABLES(TABLE)                                                                                             \
        SIGN_IN_TABLES(TABLE)                                                                                          \
        BINDING_TABLES(TABLE)                                                                                          \
        LINKS_TABLES(TABLE)                                                                                            \
        EXPORTS_TABLES(TABLE)                                                                                          \
        MAIL_TABLES(TABLE)                                                                                             \
        JOURNAL_TABLES(TABLE)
enum { PLACES_BEGIN = RUNTIME_TABLES - 1, ROOM_TABLES(TABLE_PLACE) PLACES_END };

enum { ACCOUNTS_STORE_VERSION = 3, ACCOUNTS_TABLE_COUNT = PLACES_END - RUNTIME_TABLES };
extern const struct table_spec accounts_tables[ACCOUNTS_TABLE_COUNT];

#endif
