/* deadline.h: the dates of a consultation: until when additional information goes to all (article R2132-6: six days
 * before the offers are due, four where the time was shortened for urgency), until when the buyer needs an answer to
 * publish it in time, and what is to be told of it. Pure; the figures are dated rules (deploy/rules/consultation.json).
 */
#ifndef SERVICES_CONTRACTS_CONSULTATION_DEADLINE_H
#define SERVICES_CONTRACTS_CONSULTATION_DEADLINE_H

#include "common/base/arena.h"
#include "common/base/day.h"
#include "common/codec/refusal.h"
#include "contracts/consultation.pb-c.h"
#include "contracts/record.pb-c.h"

/* The dates of a consultation, as a command gives them. */
struct consultation_dates {
        Contracts__ContractKind kind; /* markets, concessions and private contracts have rules of their own */
        const Types__Day *published_on;
        const Types__Day *offers_due_on;
        const Types__Day *information_due_on; /* NULL: that of the rules */
        bool urgent;
};

/* False with *ret_refusal where they do not follow each other; else the last day for additional information. */
bool deadline_information(const struct consultation_dates *dates, const Contracts__ConsultationVersion *rules,
                          struct day *ret, struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* The day when the buyer needs the answer to a question received on that day. */
struct day deadline_answer(const Contracts__ConsultationRow *row, const Contracts__ConsultationVersion *rules,
                           struct day received_on);

Contracts__DeadlineState deadline_state(const Contracts__ConsultationVersion *rules, struct day due, struct day today,
                                        bool kept);

/* "article R2132-6 …", or that the documents of the consultation set it. */
char *deadline_source(const Contracts__ConsultationRow *row, Contracts__ContractKind kind,
                      const Contracts__ConsultationVersion *rules, struct arena *arena);

/* The warnings of the view, from its dates, state and counts: French sentences, none while all is well. */
void deadline_warn(Contracts__ConsultationView *view, struct arena *arena);

#endif
