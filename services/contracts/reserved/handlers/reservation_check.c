/* reservation_check: whether a contract may be reserved, on which article, and what to mend. Nothing is stored.
 * Caller: facilitator, coordinator, auditor, buyer.  Refuses: INVALID_FIELD (kind, grounds). */
#include "contracts/calls.h"
#include "services/contracts/reserved/reserved.h"

#include "services/contracts/record/context.h"
#include "services/contracts/reserved/reserved_entry.h"

struct reply handle_reservation_check(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__ReservationCheckRequest *query = (const Contracts__ReservationCheckRequest *)message;
        const Contracts__Reservation *reservation = query->reservation;
        Contracts__ReservedEntry entry = CONTRACTS__RESERVED_ENTRY__INIT;
        struct refusal refusal;

        if (reservation == NULL || (reservation->kind != CONTRACTS__CONTRACT_KIND__MARKET &&
                                    reservation->kind != CONTRACTS__CONTRACT_KIND__CONCESSION))
                return reply_refuse(
                        work, TYPES__REFUSAL_CODE__INVALID_FIELD, "reservation.kind",
                        "Dites s'il s'agit d'un marché (MARKET) ou d'une concession (CONCESSION) : les règles "
                        "diffèrent.");
        entry.grounds = reservation->grounds;
        entry.n_grounds = reservation->n_grounds;
        if (!reserved_entry_check(&entry, "reservation.", &refusal))
                return reply_refusal(work, &refusal);
        struct day on = reservation->on == NULL ? work->today : day_of(reservation->on);
        return reply_ok(work, reservation_check(reservation, rules_on(work, DATED_RESERVATIONS, on), on, work->arena));
}
