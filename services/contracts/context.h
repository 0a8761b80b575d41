/* context.h: what start() reads once and every handler borrows: the dated rules and texts, files of deploy/rules.
 * Unchanged while the daemon runs. */
#ifndef SERVICES_CONTRACTS_CONTEXT_H
#define SERVICES_CONTRACTS_CONTEXT_H

#include "common/codec/dated.h"
#include "common/service/spec.h"
#include "services/contracts/texts/publics.h"

struct config {
        const char *rules; /* directory; "": $GUICHET_RULES, else deploy/rules below the working directory */
};

/* One file of dated data, SUBJECT.json: see the table in context.c and common/codec/dated.h. */
enum dated_subject {
        /* agreements */
        DATED_AGREEMENTS,
        DATED_AGREEMENT_TEXTS,
        /* programming */
        DATED_SOCIAL_DUTY,
        DATED_EU_THRESHOLDS,
        DATED_PROGRAMME_WORDS,
        DATED_LEVERS,
        DATED_PROGRAMMING_TEXTS,
        /* clauses */
        DATED_CALIBRATION,
        /* drafting */
        DATED_CLAUSE_TEXTS,
        /* association */
        DATED_ASSOCIATION_TEXTS,
        /* consultation */
        DATED_CONSULTATION,
        DATED_CONSULTATION_TEXTS,
        /* reserved */
        DATED_RESERVATIONS,
        /* obligations */
        /* needs */
        /* control */
        DATED_CONTROL,
        DATED_CONTROL_TEXTS,
        /* publication */
        DATED_PUBLICATION,
        /* referrals */
        DATED_REFERRALS,
        DATED_COUNT
};

struct context {
        struct publics publics;
        struct dated dated[DATED_COUNT + 1]; /* and one that stays empty */
};

static inline const struct context *context_of(const struct work *work)
{
        return work->context;
}

/* The version of the subject in force on that day, to be cast to its message; most ask for work->today. */
const void *rules_on(const struct work *work, enum dated_subject subject, struct day day);

/* Hooks of the service. */
int contracts_start(struct engine *engine, const void *config, void **ret_context, struct err_info *info);
void contracts_stop(void *context);

#endif
