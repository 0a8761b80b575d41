/* context.h: what start() reads once and every handler finds in work->context: the dated rules, the departments of this
 * partition. Made by start(), freed by stop(). */
#ifndef SERVICES_TRACKING_RULES_CONTEXT_H
#define SERVICES_TRACKING_RULES_CONTEXT_H

#include "common/codec/codes.h"
#include "common/codec/dated.h"
#include "common/service/work.h"
#include "services/tracking/rules/eligibility.h"

struct tracking_config {
        const char *territories;   /* "31,32": those of this partition; "": any */
        const char *rules;         /* directory of the dated rules; "": see config_rules_directory() */
        int64_t documents_mib_max; /* of the store's */
};

struct service;
struct digest_maker; /* persons/known.h */
struct topology;
struct parts_coming; /* parts/coming.h */
struct movers;       /* parts/mover.h */

struct tracking {
        const char *territories;
        uint64_t documents_bytes_max;
        struct eligibility_rules rules;
        struct code_lists codes;    /* of fields of requests */
        struct dated readings;      /* Tracking__ReadingRules */
        struct dated privacy;       /* Tracking__PrivacyRules */
        struct dated eligibility;   /* Tracking__EligibilityRules: beside `rules` */
        struct dated rome;          /* Tracking__RomeRules */
        struct dated proposals;     /* Tracking__ProposalRules */
        struct dated hours;         /* Tracking__HoursRules */
        struct dated hours_words;   /* Types__ListWords: of lists of hours */
        struct dated persons_words; /* the same: of lists of persons */
        struct dated outcomes;      /* Tracking__OutcomesRules */
        struct dated followup;      /* Tracking__FollowUpRules */
        struct dated controls;      /* Tracking__ControlRules */
        struct dated amounts;       /* Contracts__AmountRules: of the contracts that it copies */
        struct id *erase_again;     /* who was erased since the backup that this store was made from */
        size_t erase_again_count;
        struct digest_maker *digests;
        bool knows_alone;          /* no key that the partitions share */
        struct service *service;   /* of serve() */
        struct id keyed, keyed_to; /* up to whom digests were looked at: by batches done, by the one under way */
        bool all_keyed;
        char *erase_again_path;            /* where they are named, until they are erased; NULL: nowhere */
        const struct topology *topology;   /* of serve() */
        struct parts_coming *parts_coming; /* writer thread */
        struct movers *movers;             /* loop thread */
        bool holds;                        /* loop thread: something is on its way to another partition */
        bool reclassified;                 /* loop thread: asked once, when the copies are whole after the start */
        struct arena arena;                /* owns the rules */
};

static inline const struct tracking *tracking_of(const struct work *work)
{
        return work->context;
}

/* As job_kind.ready: what is on its way to another partition is left alone by whatever looks at it by itself. */
static inline bool jobs_may_run(void *context)
{
        return !((const struct tracking *)context)->holds;
}

#endif
