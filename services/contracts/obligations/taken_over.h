/* taken_over.h: hours that were done before we followed their contract, told month by month by whoever followed it
 * (TakeOverHours, ImportRunning). Pure.
 *
 * One source a month, obligation and account (DONE, CONVERTED): what tracking tells of it holds. Hours of a month of
 * which tracking has told are not taken over; what was taken over of a month counts no more once tracking tells of it
 * (TakenOverReplaced). A person is an id, made of her employer's SIRET and of her reference, which is not kept. */
#ifndef SERVICES_CONTRACTS_OBLIGATIONS_TAKEN_OVER_H
#define SERVICES_CONTRACTS_OBLIGATIONS_TAKEN_OVER_H

#include "common/base/arena.h"
#include "common/base/day.h"
#include "common/base/id.h"
#include "common/codec/refusal.h"
#include "contracts/record.pb-c.h"
#include "contracts/takeover.pb-c.h"
#include "services/contracts/ledger/ledger.h"
#include "tracking/hours.pb-c.h"

/* Where hours of that modality go. */
enum account taken_over_account(Types__Modality modality);

/* A payroll number or initials. False, of `field`, for what looks like a name, a number of the social security, an
 * address or a telephone number. "": not told. */
bool taken_over_reference(const char *reference, const char *field, struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* The id of a person, under the key of the daemon; zero: not told. Accents, case and signs of the reference aside. */
enum { PERSON_KEY_SIZE = 32 };
struct id taken_over_person(const uint8_t key[PERSON_KEY_SIZE], const char *employer_siret, const char *reference);
/* Of what one line is about; told again, it is the same. */
struct id taken_over_line_id(struct id obligation, const Contracts__TakenOverLine *line);

/* The days of the contract as far as they are known, and whether the month is one of them. A month behind its last day
 * is a warning's matter (a prolongation that was not told), not a refusal's. */
struct contract_months {
        struct month first, last; /* last: of today where it ends later, or is not known */
        bool has_first;
};
struct contract_months contract_months_of(const Contracts__ContractRecord *record, const Types__Day *ended_on,
                                          struct day today);
bool taken_over_month(const struct contract_months *months, struct month month, const char *field,
                      struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* Hours of one person in one month, over all that is taken over: more than any month holds is refused, more than the
 * law allows is told (NULL: nothing to tell). deploy/rules/hours.json. */
struct person_month {
        struct month month;
        int64_t hundredths;
};
bool taken_over_may_work(const Tracking__HoursVersion *rules, const struct person_month *worked, const char *field,
                         struct refusal *ret_refusal) ATTR_MUST_CHECK;
char *taken_over_warn(const Tracking__HoursVersion *rules, const struct person_month *worked, struct arena *arena);

#endif
