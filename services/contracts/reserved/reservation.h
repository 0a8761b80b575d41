/* reservation.h: whether a contract may be reserved, on which article, and what to mend. Pure; the figures and articles
 * are those of deploy/rules/reservations.json. Called by ReservationCheck and by whatever shows a reserved contract.
 * It decides nothing: an unlawful reservation that exists is recorded with its findings. */
#ifndef SERVICES_CONTRACTS_RESERVED_RESERVATION_H
#define SERVICES_CONTRACTS_RESERVED_RESERVATION_H

#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/codec/dated.h"
#include "contracts/reserved.pb-c.h"

/* At start: every version has its share, notice, ESS limits and the four grounds. 0 or ERR_CONFIG. */
int reservation_rules_check(const struct dated *dated, struct err_info *info) ATTR_MUST_CHECK;

/* All that there is to say, the grave first to be mended; in the arena. `on` where the reservation has no date. */
Contracts__ReservationCheckReply *reservation_check(const Contracts__Reservation *reservation,
                                                    const Contracts__ReservationRulesVersion *rules, struct day on,
                                                    struct arena *arena);

/* The verdict alone, without a text: for sums over thousands. Allocates nothing. */
Contracts__ReservationVerdict reservation_verdict(const Contracts__Reservation *reservation,
                                                  const Contracts__ReservationRulesVersion *rules, struct day on);

#endif
