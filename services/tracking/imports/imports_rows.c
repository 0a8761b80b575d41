#include "services/tracking/imports/imports_rows.h"

#include <string.h>

#include "services/tracking/placements/scope.h"

struct batch_tables tracking_batches(void)
{
        return (struct batch_tables){T_IMPORT_BATCH, T_IMPORT_ROW, T_IMPORT_SENDER, T_IMPORT_FILE};
}

static bool is_sender(const Wire__Passport *actor, const Types__ImportBatch *batch)
{
        struct id sender;
        bool is_of_persons = strcmp(batch->list, PERSONS_LIST) == 0;
        bool may_send = is_of_persons ? actor->role == TYPES__ROLE__PRESCRIBER
                                      : actor->role == TYPES__ROLE__COMPANY || actor->role == TYPES__ROLE__STRUCTURE;
        return may_send && id_parse(batch->sender, &sender) == 0 && passport_is_organisation(actor, sender);
}

enum standing import_standing(const struct work *work, const Types__ImportBatch *batch)
{
        if (is_sender(work->actor, batch))
                return STANDING_CHANGE;
        if (!scope_is_watcher(work->actor) || !passport_covers(work->actor, batch->territory))
                return STANDING_UNKNOWN;
        return work->actor->role == TYPES__ROLE__FACILITATOR ? STANDING_CHANGE : STANDING_READ;
}
