/* parts.h: parts of a contract that come later, or never: optional tranches and renewals. When each begins, and what it
 * adds to the hours of an obligation, in whatever order contract and decisions were told. Pure. Called by terms.h, by
 * the calendar of control and by the commands of the room.
 *
 *   optional tranche    on the day of the buyer's affirmation (order of service), or on its first day, if that is later
 *   express renewal     on its first day, once the buyer decided it
 *   tacit renewal       on its first day, unless the buyer gave it up
 *
 * A renewal comes only where those before it come; nothing begins once the contract has ended. */
#ifndef SERVICES_CONTRACTS_OBLIGATIONS_PARTS_H
#define SERVICES_CONTRACTS_OBLIGATIONS_PARTS_H

#include "common/base/arena.h"
#include "common/base/day.h"
#include "common/base/id.h"
#include "common/base/quantity.h"
#include "common/codec/refusal.h"
#include "common/codec/statement_calendar.h"
#include "contracts/events.pb-c.h"
#include "contracts/file.pb-c.h"

enum {
        PARTS_MAX = 24, /* of one contract: its file is read and written whole */
        PARTS_RENEWALS_MAX = SPAN_RENEWALS_MAX,
};

/* `file` may be NULL in all of them: nothing was told. */
const Contracts__ContractPart *parts_find(const Contracts__ContractFile *file, Contracts__PartKind kind, uint32_t rank);
const Contracts__PartDecision *parts_decision(const Contracts__ContractFile *file, const Contracts__ContractPart *part);
/* The day on which it begins, as far as is known; false: it waits for the buyer, or does not come. */
bool parts_begins(const Contracts__ContractFile *file, const Contracts__ContractPart *part, struct day *ret_on);
Contracts__PartState parts_state(const Contracts__ContractFile *file, const Contracts__ContractPart *part,
                                 struct day today);
/* What all parts add to the obligation that begin after the one day and until the other: its own, unless it had left
 * its group by then, and those of members that left and whose hours it took over. */
struct hours parts_hours(const Contracts__ContractFile *file, struct id obligation, int32_t after, struct day until);
/* The first day after that one on which a part begins. */
bool parts_next(const Contracts__ContractFile *file, struct day after, struct day *ret);
bool parts_is_renewal(Contracts__PartKind kind);

/* Told of the file; the lists grow in the arena. */
void parts_add(Contracts__ContractFile *file, Contracts__ContractPart *part, struct arena *arena);
void parts_add_decision(Contracts__ContractFile *file, Contracts__PartDecision *decision, struct arena *arena);
void parts_add_departure(Contracts__ContractFile *file, Contracts__PartDeparture *departure, struct arena *arena);
/* The event's decision as the file keeps it. */
Contracts__PartDecision *parts_decision_of(const Contracts__ContractPartDecided *body, struct arena *arena);

/* The file without what event `number` told of parts. In the arena. */
const Contracts__ContractFile *parts_without(const Contracts__ContractFile *file, uint64_t number, struct arena *arena);

/* Whether the contract may say so. The obligations' own are the handler's to ask. */
bool parts_check(const Contracts__ContractFile *file, const Contracts__ContractPart *part,
                 struct refusal *ret_refusal) ATTR_MUST_CHECK;
/* Whether the buyer may have decided so on that day. */
bool parts_check_decision(const Contracts__ContractFile *file, const Contracts__PartDecision *decision,
                          struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* "tranche optionnelle n° 2", "reconduction tacite n° 1 (année 2)". In the arena. */
char *parts_name(struct arena *arena, const Contracts__ContractPart *part);

#endif
