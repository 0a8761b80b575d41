#include "services/contracts/context.h"

#include <stdlib.h>

#include "common/base/require.h"
#include "common/service/config.h"
#include "contracts/events.pb-c.h"
#include "contracts/texts.pb-c.h"
#include "services/contracts/agreements/agreement.h"
#include "services/contracts/association/association_texts.h"
#include "services/contracts/clauses/calibration_rules.h"
#include "services/contracts/consultation/consultation_rules.h"
#include "services/contracts/control/rules_check.h"
#include "services/contracts/drafting/wording.h"
#include "services/contracts/programming/programming_rules.h"
#include "services/contracts/referrals/referral.h"
#include "services/contracts/reserved/reservation.h"

/* File name without ".json", and the message that it holds. */
static const struct {
        const char *name;
        const ProtobufCMessageDescriptor *type;
} subjects[DATED_COUNT + 1] = {
        /* agreements */
        [DATED_AGREEMENTS] = {"agreements", &contracts__agreement_rules__descriptor},
        [DATED_AGREEMENT_TEXTS] = {"agreement_texts", &contracts__text_library__descriptor},
        /* programming */
        [DATED_SOCIAL_DUTY] = {"social_duty", &contracts__social_duty__descriptor},
        [DATED_EU_THRESHOLDS] = {"eu_thresholds", &contracts__eu_thresholds__descriptor},
        [DATED_PROGRAMME_WORDS] = {"programme_words", &contracts__programme_words__descriptor},
        [DATED_LEVERS] = {"levers", &contracts__lever_rules__descriptor},
        [DATED_PROGRAMMING_TEXTS] = {"programming_texts", &contracts__text_library__descriptor},
        /* clauses */
        [DATED_CALIBRATION] = {"calibration", &contracts__calibration_rules__descriptor},
        /* drafting */
        [DATED_CLAUSE_TEXTS] = {"clause_texts", &contracts__clause_library__descriptor},
        /* association */
        [DATED_ASSOCIATION_TEXTS] = {"association_texts", &contracts__text_library__descriptor},
        /* consultation */
        [DATED_CONSULTATION] = {"consultation", &contracts__consultation_rules__descriptor},
        [DATED_CONSULTATION_TEXTS] = {"consultation_texts", &contracts__text_library__descriptor},
        /* reserved */
        [DATED_RESERVATIONS] = {"reservations", &contracts__reservation_rules__descriptor},
        /* obligations */
        /* needs */
        /* control */
        [DATED_CONTROL] = {"control", &contracts__control_rules__descriptor},
        [DATED_CONTROL_TEXTS] = {"control_texts", &contracts__text_library__descriptor},
        /* publication */
        [DATED_PUBLICATION] = {"publication", &contracts__publication_rules__descriptor},
        /* referrals */
        [DATED_REFERRALS] = {"referrals", &contracts__referral_rules__descriptor},
        [DATED_COUNT] = {NULL, NULL},
};

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
        for (size_t i = 0; i != DATED_COUNT && err == 0; i++)
                err = dated_load(rules, subjects[i].name, subjects[i].type, &context->dated[i], info);
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
        (void)engine;
        const struct config *config = settings;
        struct context *context = calloc(1, sizeof(*context));
        require(context != NULL);
        int err = load(config_rules_directory(config != NULL ? config->rules : NULL), context, info);
        if (err != 0) {
                contracts_stop(context);
                return err;
        }
        *ret_context = context;
        return 0;
}

void contracts_stop(void *stopped)
{
        struct context *context = stopped;
        if (context == NULL)
                return;
        for (size_t i = 0; i != DATED_COUNT; i++)
                dated_fini(&context->dated[i]);
        publics_close(&context->publics);
        free(context);
}

const void *rules_on(const struct work *work, enum dated_subject subject, struct day day)
{
        return dated_on(&context_of(work)->dated[subject], day);
}
