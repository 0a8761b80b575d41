/* rights.h: the table of rights of contracts, and the kinds of things in it. Called by the engine, before any handler:
 * what a handler then finds is the actor's to read, or to change. Who reads what: access.h. */
#ifndef SERVICES_CONTRACTS_RIGHTS_H
#define SERVICES_CONTRACTS_RIGHTS_H

#include "common/service/rights.h"

extern const struct rights contracts_rights;

extern const struct named_thing thing_contract, thing_clause, thing_obligation, thing_ordering, thing_control_case,
        thing_need, thing_transfer, thing_question, thing_offer, thing_draft, thing_referral, thing_subcontract,
        thing_line, thing_agreement, thing_import;
/* Where a clause may be put: on a contract of one's territories; on one that nobody follows; in the place of another
 * clause only where that one was of one's territories. */
extern const struct named_thing thing_clause_place;
/* A consultation that the public may follow by its published answers. */
extern const struct named_thing thing_consultation;
/* The offer that wins the lot which the same command names. */
extern const struct named_thing thing_awarded_offer;
/* The two sides of a transfer to propose: a company gives its own hours, to a member of its group or to itself; a
 * facilitator acts where one of the two is in her territories. */
extern const struct named_thing thing_transfer_giver, thing_transfer_taker;

#endif
