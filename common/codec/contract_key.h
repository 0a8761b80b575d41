/* contract_key.h: the identity of a published contract. Called by guichetctl (import) and by the contracts daemon,
 * which must agree on it.
 *
 * The buyer's number is not a key: lots of one consultation often share it, and a contract is published again each time
 * a modification or a subcontract is added. The id is made of what a republication leaves alone and what tells lots
 * apart: kind, buyer, number, object, CPV, place, original amount, original contractors, day of notification. It is not
 * made of: modifications, subcontracts, day of publication, duration, offers received, advance, names of companies,
 * format.
 *
 * So that a contract is known again when it is published with small differences of form:
 *      object       only its ASCII letters and digits count, lowercased: "marché", "march\uFFFD" and "MARCHÉ" are one
 *      contractors  their identifiers only (the name where there is none), in any order
 *      CPV          its first eight characters, without the check digit
 * A publisher who rewrites the object, corrects the amount or the day of notification makes another contract of it:
 * what was published says nothing that would tell such a correction from another lot.
 *
 * The first 48 bits of the id are the day of notification in milliseconds (0 where it is not told), so that rows of one
 * period stand together. */
#ifndef COMMON_CODEC_CONTRACT_KEY_H
#define COMMON_CODEC_CONTRACT_KEY_H

#include "common/base/arena.h"
#include "common/base/id.h"
#include "contracts/record.pb-c.h"

/* `scratch` is used for the canonical text and may be reset afterwards. */
struct id contract_key(const Contracts__ContractRecord *record, struct arena *scratch);

/* What publications of one contract share that came under two numbers: buyer, object, contractors, day of notification,
 * in the form that the identity has them. Publications that share it are probable doubles, no more. Never changes with
 * a republication. Of a record without its day it says nothing. */
struct id contract_alike_key(const Contracts__ContractRecord *record, struct arena *scratch);
/* Whether two numbers differ by nothing but signs and case, or by their two last digits: "2026/12 A" and "2026_12_A",
 * "2026T0100" and "2026T0101". */
bool contract_numbers_alike(const char *a, const char *b);

#endif
