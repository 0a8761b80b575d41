#include "accounts/calls.h"

#include "common/codec/pb.h"
#include "services/accounts/exports/exports_rows.h"

void apply_export_noted(const struct change *change, const Accounts__ExportNoted *noted)
{
        const Accounts__Unpublished *unpublished =
                pb_decode(&accounts__unpublished__descriptor, change->event->sealed, change->arena);
        Accounts__ExportRow row = ACCOUNTS__EXPORT_ROW__INIT;
        row.noted = (Accounts__ExportNoted *)(uintptr_t)noted;
        row.at = instant_to(change->arena, change->event->at_ms);
        row.user = (char *)(uintptr_t)change->event->user;
        if (unpublished != NULL)
                row.place = unpublished->place;
        noted_put(change->txn, &exports_noted, change->event->number, &row, change->arena);
}

void apply_exports_forgotten(const struct change *change, const Accounts__ExportsForgotten *forgotten)
{
        noted_drop(change->txn, &exports_noted, forgotten->up_to, change->arena);
}
