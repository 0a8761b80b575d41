/* eligibility.h: who may do the hours of a clause, by which proof, and for how long. Pure: the rules are data
 * (deploy/rules/publics.json, read by rules/publics.c) and the question holds all that the answer depends on.
 * Called by the handlers of DecideEligibility and OpenPlacement. Everything is borrowed; nothing fails. */
#ifndef SERVICES_TRACKING_RULES_ELIGIBILITY_H
#define SERVICES_TRACKING_RULES_ELIGIBILITY_H

#include "common/base/day.h"
#include "common/codec/refusal.h"

struct proof_rule {
        const char *code;
        const char *label;
        int age_max_months; /* of the proof on the first day of eligibility; -1: it does not age */
};

/* Where somebody lives is judged on a day, by the list that is in force on that day. */
struct perimeter_rule {
        const char *code;        /* "QPV_2024" */
        const char *territories; /* departments, "971,972"; "": all others */
        struct day valid_from, valid_to;
};

enum public_family {
        FAMILY_STRUCTURE, /* by who employs or accompanies her */
        FAMILY_PERSON,
        FAMILY_AGENCY, /* with a temporary-work agency alone */
        FAMILY_TARGET, /* a filter of clauses: nobody is eligible by it */
};

struct public_rule {
        const char *code;
        const char *label;
        enum public_family family;
        int sex; /* tracking.Sex of a target; 0: any */
        const struct perimeter_rule *perimeters;
        size_t perimeter_count;          /* 0: it does not depend on where she lives */
        struct day valid_from, valid_to; /* both included: when this rule is law */
        bool reason_demanded;
        bool until_proof;                 /* she is eligible no longer than her proof is good */
        int age_min_years, age_max_years; /* completed years on the first day of eligibility; -1: any */
        const struct proof_rule *proofs;
        size_t proof_count;
};

/* How long hours count, by the kind of work contract. */
struct contract_rule {
        const char *code;
        int months;          /* from the first day of eligibility */
        bool whole_contract; /* until the contract's end, if that is later */
};

/* Whom temporary-work agencies may place: their own definition of persons. */
struct agency_rule {
        const char *publics; /* codes, separated by commas */
        struct day valid_from, valid_to;
};

/* A buyer's or a territory's own policy: stricter than the rules for all, never wider. */
struct policy_rule {
        const char *code;
        const char *label;
        const char *buyer;       /* SIRET, or the SIREN of all its establishments; "": any */
        const char *territories; /* departments, "31,09"; "": any */
        const char *publics;     /* codes that it admits, separated by commas; "": all */
        const char *contracts;   /* kinds of work contracts that `months` is for; "": all */
        int months;              /* as long as anybody counts; -1: as the rules for all */
        struct day valid_from, valid_to;
};

struct eligibility_rules {
        const char *version;
        int default_months; /* while the work contract is not known */
        const struct public_rule *publics;
        size_t public_count;
        const struct contract_rule *contracts;
        size_t contract_count;
        const struct agency_rule *agencies;
        size_t agency_count;
        const struct policy_rule *policies;
        size_t policy_count;
};

struct eligibility_question {
        const char *public_code;
        const char *proof_code;
        const char *reason;
        const struct day *proof_dated; /* NULL: not told */
        const struct day *proof_until; /* NULL: it does not say until when it is good */
        struct day valid_from;
        struct day born_on, born_by; /* the first and the last day that it may have been; the same where it is known */
        bool eligible;
};

/* May the facilitator decide so? True, with the last day of eligibility where it is positive. */
bool eligibility_decide(const struct eligibility_rules *rules, const struct eligibility_question *question,
                        struct day *ret_until, struct refusal *ret);

/* Of a public that depends on where she lives: the list by which that was judged. False with *ret. */
struct place_question {
        const char *public_code;
        const char *territory;
        const struct day *judged_on; /* NULL: not told */
        struct day valid_from, decided_on;
};
bool eligibility_perimeter(const struct eligibility_rules *rules, const struct place_question *question,
                           const char **ret_perimeter, struct refusal *ret);

/* NULL: there is none of that code on that day. */
const struct public_rule *eligibility_public(const struct eligibility_rules *rules, const char *code, struct day at);

/* May a temporary-work agency place her by this public? Everybody may where no rule is in force. */
bool eligibility_agency_admits(const struct eligibility_rules *rules, const char *public_code, struct day at);

/* Which policy decides: the buyer's in that territory, else the buyer's, else the territory's. NULL: none has one. */
struct policy_question {
        const char *buyer; /* SIRET; "": of no contract */
        const char *territory;
        struct day at;
};
const struct policy_rule *eligibility_policy(const struct eligibility_rules *rules,
                                             const struct policy_question *question);
bool policy_admits(const struct policy_rule *policy, const char *public_code);
/* The last day that counts by it, from the first one on, under such a work contract ("": any). False: it says none. */
bool policy_last_day(const struct policy_rule *policy, const char *work_contract, struct day from, struct day *ret);

/* NULL: no such kind of work contract. */
const struct contract_rule *eligibility_contract(const struct eligibility_rules *rules, const char *code);

/* The last day that counts under this contract for a person eligible from `from` to `until`; `ends_on` may be NULL. */
struct day eligibility_granted_until(const struct contract_rule *contract, struct day from, struct day until,
                                     const struct day *ends_on);

/* Completed years of age. */
int age_years(struct day born_on, struct day at);

#endif
