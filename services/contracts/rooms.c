#include "services/contracts/rooms.h"

#include <stdlib.h>

#include "common/base/require.h"
#include "common/service/config.h"
#include "common/texts/texts.h"
#include "services/contracts/agreements/agreement.h"
#include "services/contracts/agreements/agreements.h"
#include "services/contracts/association/association.h"
#include "services/contracts/association/association_texts.h"
#include "services/contracts/clauses/calibration_rules.h"
#include "services/contracts/clauses/clauses.h"
#include "services/contracts/consultation/consultation.h"
#include "services/contracts/consultation/consultation_rules.h"
#include "services/contracts/control/control.h"
#include "services/contracts/control/rules_check.h"
#include "services/contracts/drafting/drafting.h"
#include "services/contracts/drafting/wording.h"
#include "services/contracts/obligations/obligations.h"
#include "services/contracts/obligations/parts_job.h"
#include "services/contracts/programming/programming.h"
#include "services/contracts/programming/programming_rules.h"
#include "services/contracts/publication/publication.h"
#include "services/contracts/record/amounts.h"
#include "services/contracts/record/context.h"
#include "services/contracts/record/short_rows.h"
#include "services/contracts/referrals/referral.h"
#include "services/contracts/referrals/referrals.h"
#include "services/contracts/reserved/reservation.h"
#include "services/contracts/reserved/reserved.h"
#include "services/contracts/running/running.h"

/* ---- tables */

#define CONSTANT_DESCRIBED(NAME, text, kind) [T_##NAME - RUNTIME_TABLES] = {text, kind},

ROOM_TABLES(TABLE_DEFINED)
const struct table_spec contracts_tables[CONTRACTS_TABLE_COUNT] = {RECORD_TABLES(CONSTANT_DESCRIBED)
                                                                           ROOM_TABLES(TABLE_DESCRIBED)};

const struct due_tables obligations_due = {PLACE_PART_DUE, PLACE_PART_DUE_BY_NAME, PLACE_PART_PARKED};

/* ---- short rows, in the order in which they are written */

const struct short_rows contracts_short_rows[] = {
        {.change_buyer = obligations_change_buyer, .of_contract = obligations_list_for_members},
        {.of_contract = pace_rows_of_contract, .of_ledger = pace_rows_of_ledger, .without = pace_row_remove},
        {.has = association_rows_has, .rows_of = association_rows_of},
        {.has = reserved_rows_has, .rows_of = reserved_rows_of},
        {.has = followed_rows_has, .rows_of = followed_rows_of},
};
const size_t contracts_short_rows_count = ARRAY_SIZE(contracts_short_rows);

/* ---- sealed names */

void contracts_each_key(struct txn *txn, bool (*see)(void *argument, struct id id), void *argument)
{
        if (control_each_key(txn, see, argument) && consultation_each_key(txn, see, argument))
                (void)programming_each_key(txn, see, argument);
}

/* ---- dated rules */

#define ROOM_DATED(DATED)                                                                                              \
        RECORD_DATED(DATED)                                                                                            \
        AGREEMENTS_DATED(DATED)                                                                                        \
        PROGRAMMING_DATED(DATED)                                                                                       \
        CLAUSES_DATED(DATED)                                                                                           \
        OBLIGATIONS_DATED(DATED)                                                                                       \
        DRAFTING_DATED(DATED)                                                                                          \
        ASSOCIATION_DATED(DATED)                                                                                       \
        CONSULTATION_DATED(DATED)                                                                                      \
        RESERVED_DATED(DATED)                                                                                          \
        CONTROL_DATED(DATED)                                                                                           \
        PUBLICATION_DATED(DATED)                                                                                       \
        REFERRALS_DATED(DATED)                                                                                         \
        RUNNING_DATED(DATED)

#define DATED_PLACE(NAME, file, message)     RANK_##NAME,
#define DATED_DEFINED(NAME, file, message)   const size_t DATED_##NAME = RANK_##NAME;
#define DATED_DESCRIBED(NAME, file, message) [RANK_##NAME] = {file, &message},

enum { ROOM_DATED(DATED_PLACE) DATED_COUNT };
_Static_assert((size_t)DATED_COUNT <= (size_t)DATED_MAX, "context.h has room for all of them");
ROOM_DATED(DATED_DEFINED)

/* File name without ".json", and the message that it holds. */
static const struct {
        const char *name;
        const ProtobufCMessageDescriptor *type;
} subjects[DATED_COUNT] = {ROOM_DATED(DATED_DESCRIBED)};

static int check_programming(const struct context *context, struct err_info *info)
{
        const struct programming_rules rules = {
                .duty = &context->dated[DATED_SOCIAL_DUTY],
                .thresholds = &context->dated[DATED_EU_THRESHOLDS],
                .levers = &context->dated[DATED_LEVERS],
                .words = &context->dated[DATED_PROGRAMME_WORDS],
                .texts = &context->dated[DATED_PROGRAMMING_TEXTS],
        };
        return programming_rules_check(&rules, info);
}

static int load(const char *rules, struct context *context, struct err_info *info)
{
        int err = publics_open(rules, &context->publics, info);
        if (err == 0)
                err = codes_load(rules, "contracts", &context->codes, info);
        for (size_t i = 0; i != DATED_COUNT && err == 0; i++) {
                err = dated_load(rules, subjects[i].name, subjects[i].type, &context->dated[i], info);
                if (err == 0 && subjects[i].type == &texts__text_library__descriptor)
                        err = texts_check_sections(&context->dated[i], info);
        }
        if (err == 0)
                err = check_programming(context, info);
        if (err == 0)
                err = association_texts_check(&context->dated[DATED_ASSOCIATION_TEXTS], info);
        if (err == 0)
                err = consultation_rules_check(&context->dated[DATED_CONSULTATION],
                                               &context->dated[DATED_CONSULTATION_TEXTS], info);
        if (err == 0)
                err = calibration_rules_check(&context->dated[DATED_CALIBRATION], info);
        if (err == 0)
                err = reservation_rules_check(&context->dated[DATED_RESERVATIONS], info);
        if (err == 0)
                err = agreement_rules_check(&context->dated[DATED_AGREEMENTS], info);
        if (err == 0)
                err = referral_rules_check(&context->dated[DATED_REFERRALS], info);
        if (err == 0)
                err = wording_check(&context->dated[DATED_CLAUSE_TEXTS], info);
        if (err == 0)
                err = control_rules_check(&context->dated[DATED_CONTROL], info);
        return err;
}

int contracts_start(struct engine *engine, const void *settings, void **ret_context, struct err_info *info)
{
        const struct config *config = settings;
        struct context *context = calloc(1, sizeof(*context));
        require(context != NULL);
        if (engine != NULL)
                (void)engine_shared_key(engine, context->person_key);
        int err = load(config_rules_directory(config != NULL ? config->rules : NULL), context, info);
        if (err != 0) {
                contracts_stop(context);
                return err;
        }
        *ret_context = context;
        return 0;
}

const struct code_lists *contracts_codes(const void *context)
{
        return &((const struct context *)context)->codes;
}

void contracts_stop(void *stopped)
{
        struct context *context = stopped;
        if (context == NULL)
                return;
        for (size_t i = 0; i != DATED_COUNT; i++)
                dated_fini(&context->dated[i]);
        codes_free(&context->codes);
        publics_close(&context->publics);
        free(context);
}
