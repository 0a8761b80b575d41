/* context.h: what start() reads once and every handler borrows: the dated rules and texts, files of deploy/rules.
 * Unchanged while the daemon runs. */
#ifndef SERVICES_CONTRACTS_RECORD_CONTEXT_H
#define SERVICES_CONTRACTS_RECORD_CONTEXT_H

#include "common/codec/codes.h"
#include "common/codec/dated.h"
#include "common/service/engine.h"
#include "common/service/spec.h"
#include "common/texts/publics.h"

struct config {
        const char *rules; /* directory; "": $GUICHET_RULES, else deploy/rules below the working directory */
};

/* Files of dated data, SUBJECT.json (common/codec/dated.h). Each room lists those that it reads,
 *
 *     #define REFERRALS_DATED(DATED) DATED(REFERRALS, "referrals", contracts__referral_rules__descriptor)
 *     REFERRALS_DATED(DATED_NUMBER)
 *
 * and has their numbers by that (DATED_REFERRALS); what checks them at start stands in rooms.c. */
#define DATED_NUMBER(NAME, file, message) extern const size_t DATED_##NAME;
enum { DATED_MAX = 32 };

struct context {
        struct code_lists codes; /* of fields of requests */
        struct publics publics;
        uint8_t person_key[SHARED_KEY_SIZE]; /* of what references of persons make (obligations/taken_over.h) */
        struct dated dated[DATED_MAX];
};

static inline const struct context *context_of(const struct work *work)
{
        return work->context;
}

/* The version of the subject in force on that day, to be cast to its message; most ask for work->today. */
static inline const void *rules_on(const struct work *work, size_t subject, struct day day)
{
        return dated_on(&context_of(work)->dated[subject], day);
}

#endif
