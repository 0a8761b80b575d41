/* loaded_control.h: what a command or a query of control works on: an obligation with its contract, plan, dates and
 * rules, and the case where there is one; found and checked. Called by handlers first of all. */
#ifndef SERVICES_CONTRACTS_CONTROL_LOADED_CONTROL_H
#define SERVICES_CONTRACTS_CONTROL_LOADED_CONTROL_H

#include "services/contracts/control/control_rows.h"
#include "services/contracts/control/pace.h"
#include "services/contracts/record/loaded_contract.h"

struct loaded_control {
        struct loaded_contract contract;
        const Contracts__ObligationRecorded *obligation;
        const Contracts__ControlPlan *plan; /* NULL: none was put */
        Contracts__ControlCase *record;     /* NULL: not about a case */
        const Contracts__ControlRulesVersion *rules;
        struct span span;
        bool has_span; /* the dates of execution are known */
        struct pace pace;
        bool is_quit; /* attested: the company owes nothing more, so nothing of it is late */
};

/* Whose it is has been asked before the handler (rights.h): these only find it. False with NOT_FOUND. */
bool loaded_control_of_obligation(const struct work *work, const Types__Id *obligation_id, struct loaded_control *ret,
                                  struct refusal *ret_refusal) ATTR_MUST_CHECK;
bool loaded_control_of_case(const struct work *work, const Types__Id *case_id, struct loaded_control *ret,
                            struct refusal *ret_refusal) ATTR_MUST_CHECK;
/* Of an obligation that was found by a walk: without a check, without refusal. False: a row is gone with a failed
 * transaction. */
bool loaded_control_read(const struct work *work, const Contracts__ObligationRecorded *obligation,
                         struct loaded_control *ret);

/* Has a plan and dates. WRONG_STATE with what is missing. */
bool loaded_control_is_planned(const struct loaded_control *loaded, struct refusal *ret_refusal) ATTR_MUST_CHECK;
/* The period of the calendar that ends on that day (NULL: absent). INVALID_FIELD, naming the next one that does. */
bool loaded_control_period(const struct loaded_control *loaded, const Types__Day *period_end, struct period *ret,
                           struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* What is wanted for a period; of that, what has not come (row NULL: nothing has). In the arena. */
size_t loaded_control_wanted(const struct loaded_control *loaded, const struct period *period, char *const **ret);
size_t loaded_control_missing(const struct loaded_control *loaded, const struct period *period,
                              const Contracts__StatementRow *row, struct arena *arena, char ***ret);

/* Sums over the cases of the obligation, without that one (the zero id: over all). */
struct case_sums {
        struct money decided; /* penalties */
        struct hours settled; /* hours that a decision was about: they are not counted again */
        struct hours waived;  /* of these, without penalty, at the end */
        bool has_open;        /* a case that is not closed */
        bool has_open_of_hours;
};
struct case_sums loaded_control_sums(const struct work *work, const struct loaded_control *loaded, struct id without);

/* The hours that a case of this ground is about today: late, or not done at the end; never negative. */
struct hours loaded_control_hours(const struct loaded_control *loaded, Contracts__CaseGround ground,
                                  const struct case_sums *sums);

/* Until when the company may answer the first reminder of the case; the day of opening where none was sent. */
struct day case_answer_by(const struct loaded_control *loaded);

/* The day of the case's last step: what follows does not come before. */
struct day case_reached_on(const Contracts__ControlCase *record);
/* This step is taken on the day that the command says (NULL: today), from which all else is reckoned. */
bool case_step_on(struct work *work, const Types__Id *case_id, const Types__Day *day, const char *field,
                  struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* A day that somebody says something happened does not come before that of the step before. */
bool day_follows(const Types__Day *day, struct day step, const char *field,
                 struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* Whoever writes for the buyer gives the reference of its document and who signed it. True for the buyer's account. */
bool signed_by_buyer(const struct work *work, const char *reference, const char *signatory,
                     struct refusal *ret_refusal) ATTR_MUST_CHECK;
bool acts_as_buyer(const struct work *work);
struct slice sealed_signature(const struct work *work, char *signatory);

#endif
