/* company.h: a company that a message names twice, by its organisation of the directory and by its SIRET: whether both
 * are one. Called by the rooms whose commands and views name companies. */
#ifndef SERVICES_CONTRACTS_RECORD_COMPANY_H
#define SERVICES_CONTRACTS_RECORD_COMPANY_H

#include "common/service/work.h"
#include "contracts/consultation.pb-c.h"
#include "services/contracts/record/record_rows.h"

/* Two names of one company in one message: where the directory has told of `organisation` (may be absent), its SIRET is
 * the one beside it. INVALID_FIELD, `field` naming the organisation. */
bool company_is_one(const struct work *work, const Types__Id *organisation, const char *siret, const char *field,
                    struct refusal *ret_refusal) ATTR_MUST_CHECK;
/* For views: the directory does not say (any more) that the organisation beside the SIRET is of that company. */
bool company_is_unverified(const struct work *work, const Types__Id *organisation, const char *siret);
/* The company that a SIRET names: the organisation beside it, else the only one of the directory that has it, also
 * where the directory told of it later. Zero: nobody. Security: of a SIRET that two organisations claim, neither. */
struct id company_of(const struct work *work, const Types__Id *organisation, const char *siret);
/* The SIRET under which company_of() finds this organisation; "": none. */
void company_siret(const struct work *work, struct id organisation, char ret_siret[SIRET_TEXT_SIZE]);
/* As a sentence names it beside others: its name in the directory, if it has one, and its SIRET. */
char *company_told(const struct work *work, const char *siret);
/* The same of all who make an offer: they will owe hours, each under one name. */
bool company_is_one_each(const struct work *work, const Contracts__Offer *offer, const char *field,
                         struct refusal *ret_refusal) ATTR_MUST_CHECK;

#endif
